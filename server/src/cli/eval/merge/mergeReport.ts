// The figures of `eval merge`, and how they are shown.

import { groupBy } from '../../../common/groupBy.js';
import { CERTAIN } from '../../../merge/index.js';
import type { MergeEvaluation } from './evaluateMerge.js';
import type { FileEvaluation } from './evaluateMergedFile.js';
import { milliseconds, percent, table } from '../../terminal/output.js';
import { binsOfEqualWidth, calibrationError, calibrationErrorByChance, share } from '../../../measure/statistics.js';

export type MergeReport = ReturnType<typeof reportMerge>;

export function reportMerge(results: readonly MergeEvaluation[]) {
  const by = (key: (of: MergeEvaluation) => string) =>
    Object.fromEntries([...groupBy(results, key)].map(([name, of]) => [name, scores(of)]));
  const answered = results.filter((result) => result.answered);
  const clean = results.filter(({ diff3 }) => diff3 !== 'conflict');
  const parsing = results.filter(({ parses }) => parses !== undefined);
  return {
    ...scores(results),
    precision1: share(answered, isFirst),
    answered: share(results, (result) => result.answered),
    certain: certain(results),
    settled: settled(results),
    gate: gate(results),
    spaceAlone: certainOfSpaceAlone(results),
    parses: { n: parsing.length, share: share(parsing, ({ parses }) => parses === true) },
    withoutWholeFiles: {
      ...scores(results.filter(({ wholeFile }) => !wholeFile)),
      certain: certain(results.filter(({ wholeFile }) => !wholeFile)),
    },
    byLanguage: by(({ language }) => language),
    byLabel: by(({ label }) => label),
    byLines: by(({ lines }) => linesGroup(lines)),
    msPerConflict: percentilesOf(results.map(({ ms }) => ms)),
    baseline: {
      diff3: {
        answered: share(results, ({ diff3 }) => diff3 !== 'conflict'),
        precision: share(clean, ({ diff3 }) => diff3 === 'right'),
        accuracy: share(results, ({ diff3 }) => diff3 === 'right'),
      },
      ours: share(results, ({ oursRight }) => oursRight),
      theirs: share(results, ({ theirsRight }) => theirsRight),
    },
  };
}

const isFirst = ({ place }: MergeEvaluation): boolean => place === 0;

function scores(of: readonly MergeEvaluation[]) {
  const bins = binsOfEqualWidth(of.map((one) => ({ score: one.confidence, right: isFirst(one) })));
  return {
    n: of.length,
    accuracy1: share(of, isFirst),
    accuracy1ToTheByte: share(of, ({ rightToTheByte }) => rightToTheByte),
    accuracy3: share(of, ({ place }) => place !== undefined && place < 3),
    ece: calibrationError(bins),
    eceByChance: calibrationErrorByChance(bins),
  };
}

/** Answers that may be applied without asking. */
function certain(of: readonly MergeEvaluation[]) {
  const sure = of.filter(isCertain);
  return {
    confidence: CERTAIN,
    share: share(of, isCertain),
    right: share(sure, isFirst),
    rightToTheByte: share(sure, ({ rightToTheByte }) => rightToTheByte),
  };
}

const isCertain = ({ confidence, refusal, parses }: MergeEvaluation): boolean =>
  confidence >= CERTAIN && refusal === undefined && parses !== false;

/** What structure alone settles, whatever the ranker says of it. */
function settled(results: readonly MergeEvaluation[]) {
  const of = results.flatMap(({ settled: one, wholeFile }) => (one === undefined ? [] : [{ ...one, wholeFile }]));
  const alone = of.filter(({ wholeFile }) => !wholeFile);
  return {
    share: of.length / Math.max(1, results.length),
    right: share(of, ({ right }) => right),
    rightToTheByte: share(of, ({ toTheByte }) => toTheByte),
    rightWithoutWholeFiles: share(alone, ({ right }) => right),
  };
}

/** What the gate in front of certainty costs, and what it is good for, by its reasons. */
function gate(results: readonly MergeEvaluation[]) {
  const refused = results.filter(
    ({ rankerConfidence, refusal }) => rankerConfidence >= CERTAIN && refusal !== undefined,
  );
  const counts = (of: readonly MergeEvaluation[]) => ({
    right: of.filter(isFirst).length,
    wrong: of.filter((one) => !isFirst(one)).length,
    wrongToTheByte: of.filter(({ rightToTheByte }) => !rightToTheByte).length,
  });
  return {
    ...counts(refused),
    byReason: Object.fromEntries(
      [...groupBy(refused, ({ refusal }) => refusal!)].map(([reason, of]) => [reason, counts(of)]),
    ),
  };
}

/** Conflicts in which a side changed nothing but white space. */
function certainOfSpaceAlone(results: readonly MergeEvaluation[]) {
  const of = results.filter(({ spaceAlone }) => spaceAlone);
  const sure = of.filter(isCertain);
  return {
    n: of.length,
    firstToTheByte: share(of, ({ rightToTheByte }) => rightToTheByte),
    certain: sure.length,
    certainAndWrongToTheByte: sure.filter(({ rightToTheByte }) => !rightToTheByte).length,
  };
}

function linesGroup(lines: number): string {
  if (lines <= 1) return '0-1';
  if (lines <= 5) return '2-5';
  if (lines <= 15) return '6-15';
  return lines <= 50 ? '16-50' : 'over 50';
}

function percentilesOf(times: readonly number[]) {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (part: number): number | undefined =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return { p50: at(0.5), p95: at(0.95), most: sorted.at(-1) };
}

export type FilesReport = ReturnType<typeof reportMergedFiles>;

export function reportMergedFiles(results: readonly FileEvaluation[]) {
  const conflicts = results.reduce((sum, result) => sum + result.conflicts, 0);
  const left = results.reduce((sum, result) => sum + result.conflicts - result.certain, 0);
  const scoresOf = (of: readonly FileEvaluation[]) => ({
    n: of.length,
    right: share(of, ({ right }) => right),
    gitRight: share(of, ({ gitRight }) => gitRight),
    certain: share(of, ({ allCertain }) => allCertain),
    certainRight: share(
      of.filter(({ allCertain }) => allCertain),
      ({ right }) => right,
    ),
  });
  return {
    ...scoresOf(results),
    conflicts,
    leftToPerson: conflicts === 0 ? undefined : left / conflicts,
    withoutWholeFiles: scoresOf(results.filter(({ wholeFile }) => !wholeFile)),
    byLanguage: Object.fromEntries(
      [...groupBy(results, ({ language }) => language)].map(([language, of]) => [language, scoresOf(of)]),
    ),
  };
}

export function describeMerge(report: MergeReport): string {
  const row = (name: string, of: ReturnType<typeof scores>): string[] => [
    name,
    String(of.n),
    percent(of.accuracy1),
    percent(of.accuracy1ToTheByte),
    percent(of.accuracy3),
    percent(of.ece),
    percent(of.eceByChance),
  ];
  const groups = (of: Readonly<Record<string, ReturnType<typeof scores>>>): string[][] =>
    Object.entries(of).map(([name, one]) => row(name, one));
  const { baseline, certain: sure, settled: bySettling, gate: stopped, spaceAlone, parses, msPerConflict } = report;
  return [
    table([
      ['', 'conflicts', 'first', 'to the byte', 'first three', 'ECE', 'by chance'],
      ...groups(report.byLanguage),
      row('all', report),
      row('without merges that took a whole file', report.withoutWholeFiles),
      ...groups(report.byLines).map(([name, ...rest]) => [`${name} lines`, ...rest]),
      ...groups(report.byLabel),
    ]),
    '',
    `Certain (${percent(sure.confidence)}): ${percent(sure.share)} of the conflicts, ${percent(sure.right)} of these right, ${percent(sure.rightToTheByte)} to the byte.`,
    `Settled by structure: ${percent(bySettling.share)} of the conflicts, ${percent(bySettling.right)} of these right, ${percent(bySettling.rightToTheByte)} to the byte.`,
    `The gate refused ${stopped.right + stopped.wrong} answers that the ranker was sure of: ${stopped.right} right, ${stopped.wrong} wrong (${stopped.wrongToTheByte} to the byte).`,
    `A side changed white space alone in ${spaceAlone.n}: ${spaceAlone.certain} certain, ${spaceAlone.certainAndWrongToTheByte} of these wrong to the byte.`,
    `Where both sides parse, the first answer parses in ${percent(parses.share)} of ${parses.n}.`,
    `Merged on tokens alone: ${percent(baseline.diff3.answered)} clean, ${percent(baseline.diff3.precision)} of these right; always ours ${percent(baseline.ours)}, always theirs ${percent(baseline.theirs)}.`,
    `A conflict took ${milliseconds(msPerConflict.p50)} (half of them), ${milliseconds(msPerConflict.p95)} (19 in 20).`,
  ].join('\n');
}

export function describeMergedFiles(report: FilesReport): string {
  const row = (name: string, of: ReturnType<typeof reportMergedFiles>['withoutWholeFiles']): string[] => [
    name,
    String(of.n),
    percent(of.gitRight),
    percent(of.right),
    percent(of.certain),
    percent(of.certainRight),
  ];
  return [
    table([
      ['', 'files', 'git right', 'right', 'all certain', 'of these right'],
      ...Object.entries(report.byLanguage).map(([name, of]) => row(name, of)),
      row('all', report),
      row('without merges that took a whole file', report.withoutWholeFiles),
    ]),
    '',
    `Of ${report.conflicts} conflicts, ${percent(report.leftToPerson)} are left to a person.`,
  ].join('\n');
}
