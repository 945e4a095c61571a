import { expect, test } from 'vitest';
import type { MergeEvaluation } from './evaluateMerge.js';
import type { FileEvaluation } from './evaluateMergedFile.js';
import { describeMerge, describeMergedFiles, reportMerge, reportMergedFiles } from './mergeReport.js';

const evaluated = (of: Partial<MergeEvaluation>): MergeEvaluation => ({
  id: '',
  repository: 'one',
  siblings: 0,
  language: 'python',
  label: 'ours',
  wholeFile: false,
  lines: 3,
  place: 0,
  answered: true,
  confidence: 0.8,
  rankerConfidence: 0.8,
  refusal: undefined,
  rightToTheByte: true,
  text: '',
  spaceAlone: false,
  settled: undefined,
  parses: true,
  ms: 10,
  diff3: 'conflict',
  oursRight: false,
  theirsRight: false,
  ...of,
});

test('shares are over all conflicts, precision over those that are answered', () => {
  const report = reportMerge([
    evaluated({}),
    evaluated({ place: 2 }),
    evaluated({ place: 5 }),
    evaluated({ place: undefined, answered: false, confidence: 0 }),
  ]);
  expect(report).toMatchObject({ n: 4, accuracy1: 0.25, accuracy3: 0.5, answered: 0.75 });
  expect(report.precision1).toBeCloseTo(1 / 3);
});

test('baselines: clean merges on tokens, and always one side', () => {
  const { baseline } = reportMerge([
    evaluated({ diff3: 'right', oursRight: true }),
    evaluated({ diff3: 'wrong' }),
    evaluated({ theirsRight: true }),
    evaluated({}),
  ]);
  expect(baseline).toEqual({ diff3: { answered: 0.5, precision: 0.5, accuracy: 0.25 }, ours: 0.25, theirs: 0.25 });
});

test('what is certain, what parses, and groups', () => {
  const report = reportMerge([
    evaluated({ confidence: 0.95, lines: 1 }),
    evaluated({ confidence: 0.9, place: 1, parses: false, wholeFile: true, language: 'java' }),
    evaluated({ confidence: 0.5, parses: undefined, lines: 80 }),
  ]);
  // What breaks the syntax is not certain, however likely it is.
  expect(report.certain).toEqual({ confidence: 0.9, share: 1 / 3, right: 1, rightToTheByte: 1 });
  expect(report.parses).toEqual({ n: 2, share: 0.5 });
  expect(report.withoutWholeFiles).toMatchObject({ n: 2, accuracy1: 1, certain: { share: 0.5, right: 1 } });
  expect(Object.keys(report.byLines)).toEqual(['0-1', '2-5', 'over 50']);
  expect(report.byLanguage['java']).toMatchObject({ n: 1, accuracy1: 0 });
  expect(describeMerge(report)).toContain('without merges that took a whole file');
});

test('what the gate costs and what it stops, and conflicts of white space alone', () => {
  const report = reportMerge([
    evaluated({ confidence: 0.89, rankerConfidence: 0.95, refusal: 'droppedEdit' }),
    evaluated({ confidence: 0.89, rankerConfidence: 0.92, refusal: 'droppedEdit', place: 1, rightToTheByte: false }),
    evaluated({ confidence: 0.6, rankerConfidence: 0.6, refusal: 'markers' }),
    evaluated({ confidence: 0.95, rankerConfidence: 0.95, spaceAlone: true, rightToTheByte: false }),
  ]);
  const counts = { right: 1, wrong: 1, wrongToTheByte: 1 };
  expect(report.gate).toEqual({ ...counts, byReason: { droppedEdit: counts } });
  expect(report.spaceAlone).toEqual({ n: 1, firstToTheByte: 0, certain: 1, certainAndWrongToTheByte: 1 });
  expect(report.accuracy1ToTheByte).toBe(0.5);
});

test('the calibration error is the mean distance of confidence and what came of it', () => {
  const four = [0, 0, 0, 3].map((place) => evaluated({ place, confidence: 0.75 }));
  expect(reportMerge(four).ece).toBeCloseTo(0);
  expect(reportMerge(four).eceByChance).toBeCloseTo(Math.sqrt((2 / Math.PI) * 4 * 0.75 * 0.25) / 4);
  expect(reportMerge(four.map((one) => ({ ...one, confidence: 0.95 }))).ece).toBeCloseTo(0.2);
  expect(reportMerge([]).ece).toBeUndefined();
});

test('times: the half and nineteen in twenty', () => {
  const { msPerConflict } = reportMerge(Array.from({ length: 100 }, (_, ms) => evaluated({ ms })));
  expect(msPerConflict).toEqual({ p50: 50, p95: 95, most: 99 });
});

test('whole files: git alone, every conflict answered, and what is left to a person', () => {
  const file = (of: Partial<FileEvaluation>): FileEvaluation => ({
    language: 'go',
    wholeFile: false,
    conflicts: 2,
    certain: 1,
    gitRight: false,
    right: true,
    allCertain: false,
    ...of,
  });
  const report = reportMergedFiles([
    file({}),
    file({ conflicts: 0, certain: 0, gitRight: true, allCertain: true }),
    file({ certain: 2, allCertain: true, right: false }),
  ]);
  expect(report).toMatchObject({ n: 3, conflicts: 4, leftToPerson: 0.25, certainRight: 0.5 });
  expect(report.right).toBeCloseTo(2 / 3);
  expect(report.gitRight).toBeCloseTo(1 / 3);
  expect(describeMergedFiles(report)).toContain('25.0 % are left to a person');
});
