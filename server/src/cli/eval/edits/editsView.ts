// The report of `eval edits` as people read it.

import { milliseconds, percent, table } from '../../terminal/output.js';
import type { EditsReport } from './editsReport.js';
import type { PairedReport } from './pairedReport.js';

export function describe(report: EditsReport): string {
  const row = (name: string, scores: Pick<EditsReport, 'n' | 'exactLine' | 'shown' | 'precisionShown'>): string[] => [
    name,
    String(scores.n),
    percent(scores.exactLine),
    percent(scores.shown),
    percent(scores.precisionShown),
  ];
  const rows = (title: string, groups: EditsReport['byLanguage']): string[][] => [
    [''],
    [title, 'items', 'exact line', 'shown', 'right of shown'],
    ...Object.entries(groups).map(([name, scores]) => row(name, scores)),
  ];
  const { stop, msPerItem } = report;
  return [
    table([
      ['', 'items', 'exact line', 'shown', 'right of shown'],
      row('all', report),
      ...rows('language', report.byLanguage),
      ...rows('kind', report.byKind),
      ...rows('repository', report.byRepository),
    ]),
    '',
    `Right above wrong lines (AUC): ${stop.auc?.toFixed(3) ?? '-'} (by the sum of log-probabilities alone: ` +
      `${stop.plain.auc?.toFixed(3) ?? '-'}).`,
    `The threshold that keeps 95 % of the right lines (from ${stop.threshold.from}) keeps ${percent(stop.keptRight)} of them ` +
      `and drops ${percent(stop.droppedWrong)} of the wrong ones (the sum alone: ${percent(stop.plain.droppedWrong)}).`,
    ...Object.entries(report.certainties).map(
      ([word, { shown, precisionShown, keptRight, spared }]) =>
        `${word}: ${percent(shown)} shown, ${percent(precisionShown)} of them right, ${percent(keptRight)} of the right ones ` +
        `kept, ${percent(spared)} of the decoding spared.`,
    ),
    `Calibration error of the probability: ${percent(report.ece)} (by chance alone ${percent(report.eceByChance)}).`,
    ...Object.entries(report.modes).map(
      ([mode, { same, decodeMs, fasterThanOff, layersPerToken, passesPerToken, draftedShare }]) =>
        `${mode}: ${milliseconds(decodeMs)} of decoding a line (${fasterThanOff?.toFixed(2) ?? '-'} x as fast as off), ` +
        `${layersPerToken?.toFixed(2) ?? '-'} layers and ${passesPerToken?.toFixed(2) ?? '-'} passes a token, ` +
        `${percent(draftedShare)} drafted, ${percent(same)} of the lines the same.`,
    ),
    `Prompt ${milliseconds(report.promptMs)}, decoding ${milliseconds(report.decodeMs)} an item on average; ` +
      `${milliseconds(msPerItem.p50)} (half of them) to ${milliseconds(msPerItem.p90)} (nine in ten) in all.`,
  ].join('\n');
}

export function describePaired(paired: PairedReport): string {
  const { n, repositories, exactLine, baseline, won, lost, difference, interval, shown } = paired;
  const points = (value: number | undefined): string => (value === undefined ? '-' : (100 * value).toFixed(1));
  return (
    `Against the baseline, ${n} items of ${repositories} repositories: ${percent(exactLine)} after ${percent(baseline)}, ` +
    `${points(difference)} points (95 %: ${points(interval.from)} to ${points(interval.to)}); ${won} won, ${lost} lost.\n` +
    `Suggested and right ${percent(shown.exactLine.shownAndRight)} after ${percent(shown.baseline.shownAndRight)}; ` +
    `right of what is suggested ${percent(shown.exactLine.precision)} after ${percent(shown.baseline.precision)}.`
  );
}
