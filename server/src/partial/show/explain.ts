// Plain words for a person: what is missing, why it is unsure, and what is guaranteed.

import type { GuaranteeOrReason } from '../guarantee/calibration.js';
import type { OfferGuarantee } from '../guarantee/offerGuarantee.js';
import type { PartialToken } from '../types.js';

/** One honest sentence: what, how likely, measured on what. */
export function explainGuarantee(
  guarantee: GuaranteeOrReason,
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
  source: string,
): string {
  if (guarantee.kind === 'tooFew') {
    return (
      `No promise can be made: at most ${percent(epsilon)} wrong needs at least ${guarantee.needed} measured lines, ` +
      `and there are ${guarantee.n}, which can show ${percent(guarantee.epsilonAchievable)} at best.`
    );
  }
  const { group, misses } = guarantee;
  const language = group.language === '*' ? '' : ` in ${group.language}`;
  return (
    `What stands outside the holes is what the author wrote in at least ${percent(1 - epsilon)} of as many other lines like ` +
    `those measured, with ${percent(1 - delta)} confidence (${source}; ${misses} of ${group.n}${language} were wrong).`
  );
}

/** The same for what the editor offers, where what is not offered does not count. */
export function explainOfferGuarantee(
  { offered, missed, source }: OfferGuarantee,
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
): string {
  return (
    `Of suggestions with holes at least ${percent(1 - epsilon)} are right outside of them, with ${percent(1 - delta)} ` +
    `confidence, for lines like those measured: of ${offered} that would have been offered, ${missed} were wrong (${source}).`
  );
}

/** Why a hole was left: how sure the model was of what it would have written there. */
export function explainHole(name: string, tokens: readonly PartialToken[], wouldBe: string): string {
  const probability = Math.exp(tokens.reduce((sum, { logProbability }) => sum + logProbability, 0));
  const shown = wouldBe.length > 60 ? `${wouldBe.slice(0, 57)}…` : wouldBe;
  if (tokens.length === 0) return `The ${name} is left to you.`;
  return `The ${name} is left to you: the model would write “${shown}” and holds it ${percent(probability)} likely.`;
}

function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 10 || value === 0 ? Math.round(value) : Number(value.toPrecision(2))} %`;
}
