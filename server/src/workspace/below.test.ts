import { expect, it } from 'vitest';
import { deepestHolder, namesBelow } from './below.js';

it.each([
  ['/home/a/b.ts', ['/home', '/home/a', '/home/ab'], '/', '/home/a', ['b.ts']],
  ['/home/ab/b.ts', ['/home/a'], '/', undefined, []],
  ['/home/b.ts', ['/'], '/', '/', ['home', 'b.ts']],
  ['c:\\code\\src\\b.ts', ['c:\\', 'c:\\code'], '\\', 'c:\\code', ['src', 'b.ts']],
  ['c:\\code\\b.ts', ['c:\\'], '\\', 'c:\\', ['code', 'b.ts']],
  ['\\\\host\\share\\b.ts', ['\\\\host\\share'], '\\', '\\\\host\\share', ['b.ts']],
  ['\\\\host\\share\\b.ts', ['\\\\host\\share\\'], '\\', '\\\\host\\share\\', ['b.ts']],
  ['d:\\b.ts', ['c:\\'], '\\', undefined, []],
])('%s in one of %j', (file, folders, separator, holder, names) => {
  expect(deepestHolder(file, folders, separator)).toBe(holder);
  if (holder !== undefined) expect(namesBelow(holder, file, separator)).toEqual(names);
});
