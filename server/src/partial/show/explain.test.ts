import { expect, it } from 'vitest';
import { asIs, inEnglish } from '../../common/words.js';
import { explainHole } from './explain.js';

const token = (probability: number) => ({ start: 0, end: 1, logProbability: Math.log(probability), entropy: 0 });

it.each<[string, readonly number[], string]>([
  ['likely', [0.5, 0.5], '25 %'],
  ['unlikely', [0.025], '2.5 %'],
  ['of many tokens', Array.from({ length: 30 }, () => 0.5), '< 0.01 %'],
])('a hole is as likely as its tokens together: %s', (_name, probabilities, expected) => {
  const said = inEnglish(explainHole(asIs('name'), probabilities.map(token), 'a'));
  expect(said).toBe(`The name is left to you: the model would write “a” and gives it ${expected}.`);
});

it('a long content is cut between two signs', () => {
  const said = inEnglish(explainHole(asIs('text'), [token(0.5)], '🍵'.repeat(40)));
  expect(said).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
});
