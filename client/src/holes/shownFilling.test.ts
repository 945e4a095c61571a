import { expect, it } from 'vitest';
import { asCode, onOneLine } from './shownFilling.js';

it.each([
  ['a name', 'count', '`count`'],
  ['a bracket, which would end a link', 'a[0]', '`a[0]`'],
  ['grave accents', '`a`', '`` `a` ``'],
  ['statements with a blank line between them', 'a();\r\n\r\n    b();', '`a(); b();`'],
])('%s is shown as code on one line', (_name, filling, expected) => expect(asCode(filling)).toBe(expected));

it('a long filling is cut in the middle', () => {
  expect(onOneLine(`f(${'a, '.repeat(200)});`)).toMatch(/^f\(a, .*….*\);$/);
});
