import { expect, it } from 'vitest';
import { plain } from './plainText.js';

it.each([
  ['a name as it is', 'src/list.ts', 'src/list.ts'],
  ['a name with a line end', 'a\nb\r\nc.ts', 'a b c.ts'],
  [
    'a name that would be a link',
    '[click](command:workbench.action.quit).ts',
    '[click]\u200b(command:workbench.action.quit).ts',
  ],
  ['a name that would be an icon', '$(error).ts', '$\u200b(error).ts'],
  ['a name that turns the reading around', 'photo\u202egpj.exe', 'photo gpj.exe'],
  ['HTML, which no such place reads', '<img src=x onerror=alert(1)>.ts', '<img src=x onerror=alert(1)>.ts'],
])('%s', (_name, text, expected) => {
  expect(plain(text)).toBe(expected);
});

it('cuts a long name in the middle', () => {
  const short = plain(`${'a'.repeat(400)}.ts`);
  expect(short.length).toBeLessThan(130);
  expect(short).toMatch(/^a+…a+\.ts$/);
});
