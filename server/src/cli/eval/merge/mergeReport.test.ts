import { expect, test } from 'vitest';
import type { MergeJudgement } from './judgeMerge.js';
import type { FileJudgement } from './judgeMergedFile.js';
import { calibrationError, describeMerge, describeMergedFiles, reportMerge, reportMergedFiles } from './mergeReport.js';

const judged = (of: Partial<MergeJudgement>): MergeJudgement => ({
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
  parses: true,
  ms: 10,
  diff3: 'conflict',
  oursRight: false,
  theirsRight: false,
  ...of,
});

test('shares are over all conflicts, precision over those that are answered', () => {
  const report = reportMerge([
    judged({}),
    judged({ place: 2 }),
    judged({ place: 5 }),
    judged({ place: undefined, answered: false, confidence: 0 }),
  ]);
  expect(report).toMatchObject({ n: 4, accuracy1: 0.25, accuracy3: 0.5, answered: 0.75 });
  expect(report.precision1).toBeCloseTo(1 / 3);
});

test('baselines: clean merges on tokens, and always one side', () => {
  const { baseline } = reportMerge([
    judged({ diff3: 'right', oursRight: true }),
    judged({ diff3: 'wrong' }),
    judged({ theirsRight: true }),
    judged({}),
  ]);
  expect(baseline).toEqual({ diff3: { answered: 0.5, precision: 0.5, accuracy: 0.25 }, ours: 0.25, theirs: 0.25 });
});

test('what is certain, what parses, and groups', () => {
  const report = reportMerge([
    judged({ confidence: 0.95, lines: 1 }),
    judged({ confidence: 0.9, place: 1, parses: false, wholeFile: true, language: 'java' }),
    judged({ confidence: 0.5, parses: undefined, lines: 80 }),
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
    judged({ confidence: 0.89, rankerConfidence: 0.95, refusal: 'droppedEdit' }),
    judged({ confidence: 0.89, rankerConfidence: 0.92, refusal: 'droppedEdit', place: 1, rightToTheByte: false }),
    judged({ confidence: 0.6, rankerConfidence: 0.6, refusal: 'markers' }),
    judged({ confidence: 0.95, rankerConfidence: 0.95, spaceAlone: true, rightToTheByte: false }),
  ]);
  const counts = { right: 1, wrong: 1, wrongToTheByte: 1 };
  expect(report.gate).toEqual({ ...counts, byReason: { droppedEdit: counts } });
  expect(report.spaceAlone).toEqual({ n: 1, firstToTheByte: 0, certain: 1, certainAndWrongToTheByte: 1 });
  expect(report.accuracy1ToTheByte).toBe(0.5);
});

test('the calibration error is the mean distance of confidence and what came of it', () => {
  const four = [0, 0, 0, 3].map((place) => judged({ place, confidence: 0.75 }));
  expect(calibrationError(four)).toBeCloseTo(0);
  expect(calibrationError(four.map((one) => ({ ...one, confidence: 0.95 })))).toBeCloseTo(0.2);
  expect(calibrationError([])).toBeUndefined();
});

test('times: the half and nineteen in twenty', () => {
  const { msPerConflict } = reportMerge(Array.from({ length: 100 }, (_, ms) => judged({ ms })));
  expect(msPerConflict).toEqual({ p50: 50, p95: 95, most: 99 });
});

test('whole files: git alone, every conflict answered, and what is left to a person', () => {
  const file = (of: Partial<FileJudgement>): FileJudgement => ({
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
