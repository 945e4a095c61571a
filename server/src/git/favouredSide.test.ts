import { expect, it } from 'vitest';
import { favouredByArguments } from './favouredSide.js';

it.each([
  ['merge -X ours topic', 'ours'],
  ['merge -Xtheirs topic', 'theirs'],
  ['merge -qXtheirs topic', 'theirs'],
  ['rebase -iX theirs main', 'theirs'],
  ['merge --strategy-option=ours topic', 'ours'],
  ['merge --strategy-option theirs topic', 'theirs'],
  ['merge --strategy-opt theirs topic', 'theirs'],
  ['merge -Xours --strategy-o=theirs topic', 'theirs'],
  ['merge -X patience topic', undefined],
  ['merge --strategy ours topic', undefined],
  ['merge -mXours topic', undefined],
  ['merge topic -- -Xours', undefined],
])('git %s', (command, side) => {
  expect(favouredByArguments(['/usr/bin/git', ...command.split(' ')])).toBe(side);
});
