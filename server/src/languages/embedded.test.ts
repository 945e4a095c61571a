import { describe, expect, it } from 'vitest';
import { embeddedAt, languageOf, only } from './index.js';

/** What stands at the sign ˇ: the language, and the text that is its. */
function at(languageId: string, marked: string): readonly [string, string] | undefined {
  const offset = marked.indexOf('ˇ');
  const text = marked.replace('ˇ', '');
  const embedded = embeddedAt(languageOf(languageId)!, text, offset);
  if (embedded === undefined) return undefined;
  const shown = only(text, embedded.ranges);
  expect(shown).toHaveLength(text.length);
  expect(shown.split('\n')).toHaveLength(text.split('\n').length);
  return [embedded.languageId, shown.replace(/\s+/g, ' ').trim()];
}

describe('the language at a place', () => {
  it.each([
    ['html', '<p>a</p><script>\nlet a = ˇ1;\n</script><p>b</p>', ['javascript', 'let a = 1;']],
    ['html', '<script type="module">\nlet a = ˇ1;\n</script>', ['javascript', 'let a = 1;']],
    ['html', '<script type="application/ld+json">\n{ˇ}\n</script>', ['json', '{}']],
    ['html', "<style media='a>b'>\na {ˇ}\n</style>", ['css', 'a {}']],
    ['html', '<SCRIPT>\nˇ\n</SCRIPT>', ['javascript', '']],
    ['html', '<script>\nlet a = "</p>ˇ";\n</script>', ['javascript', 'let a = "</p>";']],
    ['html', '<!-- <script>\n --> ˇ\n', undefined],
    ['html', '<!-- ˇ <script>\n -->\n</script>', undefined],
    ['html', '<script>let a = ˇ1;</script>', undefined],
    ['html', '<script src="a">\n</script>\n<p>ˇ</p>\n', undefined],
    ['html', '<script type="text/x-template">\n<p>ˇ</p>\n</script>', undefined],
    ['html', '<scripted>\nˇ\n</scripted>', undefined],
    ['html', '<script>\nlet a = ˇ1;\n', ['javascript', 'let a = 1;']],
    ['vue', '<template>\n<p/>\n</template>\n<script setup lang="ts">\na ˇ\n</script>', ['typescript', 'a']],
    ['vue', '<script lang="tsx">\na ˇ\n</script>', ['typescriptreact', 'a']],
    ['vue', '<style scoped lang="scss">\na ˇ\n</style>', ['scss', 'a']],
    ['vue', '<style lang="unheardOf">\na ˇ\n</style>', undefined],
    ['vue', '<template>\n<p>{{ ˇ }}</p>\n</template>\n<script>\n</script>', undefined],
    ['vue', '<script src="./a.ts" lang="ts" />\n<template>\nˇ\n</template>\n', undefined],
    ['astro', '<script src="a" />\n<style>\np {ˇ}\n</style>\n', ['css', 'p {}']],
    ['html', '<script data-path=/a/>\nˇ\n</script>', ['javascript', '']],
    ['svelte', '<script lang=ts>\r\na ˇ\r\n</script>\r\n', ['typescript', 'a']],
    ['markdown', 'a\n```python\nb = ˇ1\n```\nc\n', ['python', 'b = 1']],
    ['markdown', 'a\n~~~~ C#\n~~~\nb ˇ\n~~~~\n', ['csharp', '~~~ b']],
    ['markdown', '- a\n  ```sh\n  b ˇ\n  ```\n', ['shellscript', 'b']],
    ['markdown', '```{r echo=FALSE}\nb ˇ\n```\n', ['r', 'b']],
    ['markdown', '```js\na\n```\nb ˇ\n```ts\nc\n```\n', undefined],
    ['markdown', '```js\na\n```\nb\n```ts\nc ˇ\n```\n', ['typescript', 'c']],
    ['markdown', '```unheardOf\nb ˇ\n```\n', undefined],
    ['markdown', '```\nb ˇ\n```\n', undefined],
    ['markdown', '```js ˇ\nb\n```\n', undefined],
    ['markdown', '```js\nb\nˇ```\n', undefined],
    ['markdown', 'a ```js``` b\nc ˇ\n', undefined],
    ['markdown', '```rust\nfn a() {ˇ', ['rust', 'fn a() {']],
    ['markdown', '---\ntitle: ˇ\n---\n# a\n', ['yaml', 'title:']],
    ['markdown', '---\ntitle: a\n---\n# ˇ\n', undefined],
    [
      'php',
      '<script>\nlet a = <?= $a ?>;\nlet b = ˇ1;\n</script>\n<?php $c = 1;',
      ['javascript', 'let a = ; let b = 1;'],
    ],
    ['php', '<?php $a = "<script>";\n$b = ˇ1;\n', undefined],
    ['php', '<p>ˇ</p>\n<?php $b = 1;\n', undefined],
    ['astro', '---\nconst a = ˇ1;\n---\n<p>{a}</p>\n', ['typescript', 'const a = 1;']],
    ['astro', '---\nconst a = 1;\n---\n<p>{aˇ}</p>\n', undefined],
    ['astro', '---\nconst a = 1;\n---\n<style>\np {ˇ}\n</style>\n', ['css', 'p {}']],
    ['ejs', '<% if (a) { %>\n<p>\n<%\nlet b = ˇ1;\n%></p>\n<% } %>', ['javascript', 'if (a) { let b = 1; }']],
    ['ejs', '<p><%= a.ˇ %></p>\n', undefined],
    ['ejs', '<script>\nlet a = <%- b %>;\nlet c = ˇ1;\n</script>', ['javascript', 'let a = ; let c = 1;']],
    ['ejs', '<%#\nnone ˇ\n%>', undefined],
    ['ejs', '<%#\nnone\nˇ', undefined],
    ['ejs', '<%>\nˇ\n%>', ['javascript', '>']],
    ['erb', '<%\nb -\na -ˇ', ['ruby', 'b - a -']],
    ['php', '<script>\nlet a = <?>;\nˇ ?>\n</script>\n', undefined],
    ['php', '<script>\nlet a = 1;\n<?ˇ', undefined],
    ['erb', '<%- all.each do |one|\n  put(ˇ)\n-%>\n<%# not this %><% end %>', ['ruby', 'all.each do |one| put() end']],
    ['erb', '<p>ˇ</p>\n<%\na = 1\n%>', undefined],
    ['erb', '<%\na = ˇ', ['ruby', 'a =']],
    ['typescript', 'const a = "<script>";\nˇ\n', undefined],
  ] as const)('%s: %j', (languageId, marked, expected) => expect(at(languageId, marked)).toEqual(expected));

  it('is found in no time, whatever the text', () => {
    for (const part of ['<script ', '<!--', '```js\n', '<?', '"', '<style>"', '---\n', '~~~\n', '<%', '<%#']) {
      const text = part.repeat(100_000 / part.length);
      for (const id of ['html', 'markdown', 'php', 'astro', 'erb'])
        expect(() => embeddedAt(languageOf(id)!, text, text.length)).not.toThrow();
    }
  });
});
