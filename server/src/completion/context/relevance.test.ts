// Okapi BM25 against a library that has it.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { scoreTexts } from './relevance.js';

interface Golden {
  readonly texts: readonly (readonly string[])[];
  readonly question: readonly string[];
  readonly scores: readonly number[];
}

const file = new URL('../../../test/fixtures/golden/relevance.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
const texts = golden.texts.map((words) => words.join(' '));

it('gives the scores of bm25s', () => {
  const scores = scoreTexts(new Map(golden.question.map((word) => [word, 1])), texts);
  expect(scores.map((score) => score.toFixed(9))).toEqual(golden.scores.map((score) => score.toFixed(9)));
});

it('counts each term by its weight', () => {
  const half = scoreTexts(new Map([['qa', 0.5]]), texts);
  const whole = scoreTexts(new Map([['qa', 1]]), texts);
  expect(half).toEqual(whole.map((score) => score / 2));
});

it('gives nothing to a text that shares nothing', () => {
  expect(scoreTexts(new Map([['zz', 1]]), texts)).toEqual(texts.map(() => 0));
});
