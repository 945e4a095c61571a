// The words of the setting: how often what stands outside the holes may be wrong.

export type RiskLevel = 'bold' | 'balanced' | 'careful';

/** ε, a share (0-1) of the completions with holes that are offered. */
export const riskLevels: Readonly<Record<RiskLevel, number>> = { bold: 0.4, balanced: 0.25, careful: 0.2 };

/** δ, how likely a guarantee itself may fail: the measured lines may have been lucky ones. */
export const DELTA = 0.1;
