import { expect, it } from 'vitest';
import { seededRandom } from '../../common/random.js';
import { tokenize } from '../diff/tokenize.js';
import type { Rename } from '../types.js';
import { withRenames } from './rename.js';

const rename: Rename = { old: 'load', renamed: 'readAll', alone: true, members: 'none' };

it.each([
  ['stands alone', 'load(load);', rename, 'readAll(readAll);'],
  ['is a part of another', 'loads(preload, load_, $load);', rename, 'loads(preload, load_, $load);'],
  ['is a member', 'a.load + b?.load + c::load', rename, 'a.load + b?.load + c::load'],
  ['is text', '"load" + `load ${load}` // load\n/* load */', rename, '"load" + `load ${load}` // load\n/* load */'],
  ['is a member of the object at hand', 'this.load + a.load', { ...rename, members: 'self' }, 'this.readAll + a.load'],
  ['is a member of anything', 'a.load', { ...rename, alone: false, members: 'any' }, 'a.readAll'],
] as const)('a name that %s', (_how, text, one, expected) => {
  expect(withRenames(text, 'typescript', [one])).toBe(expected);
});

it('renames touch no string, no comment and no other word of any text, and lose no line', () => {
  const { below } = seededRandom(23);
  const parts = [
    'load',
    ' load',
    'load(',
    ')',
    '.load',
    '"load"',
    "'",
    '"',
    '`',
    '// load',
    '/*',
    '*/',
    '#',
    '\n',
    '\r\n',
    ' ',
    'x',
    '😀',
  ];
  for (const languageId of ['typescript', 'python', 'java', 'rust', 'go', 'ruby', 'php']) {
    for (let round = 0; round < 100; round++) {
      const text = Array.from({ length: below(30) }, () => parts[below(parts.length)]!).join('');
      const before = tokenize(text, languageId);
      const after = tokenize(withRenames(text, languageId, [rename]), languageId);
      expect(after.length).toBe(before.length);
      for (const [index, token] of before.entries()) {
        const isRenamed = token.kind === 'word' && token.text === 'load' && after[index]!.text === 'readAll';
        if (!isRenamed) expect(after[index]).toEqual(token);
      }
    }
  }
});
