// Prose, markup, style sheets and templates. Their text has no strings of its own, and code stands in islands in it.

import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { hashBrace } from '../forms/stringForms.js';
import type { Embeds, Language } from '../types.js';

const double = stringForm('"', '"');
const single = stringForm("'", "'");
const htmlComment = [['<!--', '-->']] as const;

const prose = lexicon({ base: 'text' });
const markdown = lexicon({ base: 'text', block: htmlComment });
const latex = lexicon({ base: 'text', line: [/(?<!\\)%/] });
const html = lexicon({ base: 'text', block: htmlComment });
const moustaches = lexicon({
  base: 'text',
  islands: [
    ['{{{', '}}}'],
    ['{{', '}}'],
    ['{%', '%}'],
  ],
  block: [...htmlComment, ['{#', '#}']],
  strings: [double, single],
});
const template = stringForm('`', '`', { severalLines: true, codes: [['${', '}']] });
const vue = lexicon({
  base: 'text',
  islands: [['{{', '}}']],
  block: htmlComment,
  strings: [double, single, template],
});
const svelte = lexicon({ base: 'text', block: htmlComment, strings: [double, single, template] });
const ejs = lexicon({
  base: 'text',
  islands: [['<%', '%>']],
  block: htmlComment,
  strings: [double, single, template],
});
const ruby = [stringForm('"', '"', { codes: [['#{', '}']] }), single];
const erb = lexicon({ base: 'text', islands: [['<%', '%>']], block: htmlComment, strings: ruby });

const css = lexicon({ block: [['/*', '*/']], strings: [double, single] });
const scss = {
  lexicon: lexicon({
    line: [/(?<!:)\/\//],
    block: [['/*', '*/']],
    strings: [stringForm('"', '"', { codes: hashBrace }), stringForm("'", "'", { codes: hashBrace })],
  }),
  mergeLexicon: mergeLexicon({
    line: [/(?<!:)\/\//y],
    block: [['/*', '*/']],
    signs: '/',
    quotes: [merge.double, merge.single],
  }),
};

/** Only a value of an attribute is a string: elsewhere a quote is text. */
const elements = {
  lexicon: html,
  mergeLexicon: mergeLexicon({
    ...merge.htmlComment,
    quotes: [
      mergeQuote(/(?<==\s{0,4})"/y, { close: '"', ...merge.longRaw }),
      mergeQuote(/(?<==\s{0,4})'/y, { close: "'", ...merge.longRaw }),
    ],
  }),
};

const fences: Embeds = { within: 'fences', frontMatter: 'yaml' };
const elementsOnly: Embeds = { within: 'elements' };
/** Signs beside the marks say what becomes of white space and of the value; what is said in `<%# %>` is no program. */
const tags = /<%(?:#[^]*?|[-=_|]*(?<program>[^]*?)(?:[-_](?=%>))?)(?:%>|(?<open>$))/dg;
const templates = (languageId: string): Embeds => ({ ...elementsOnly, tags: { pattern: tags, languageId } });

export const markup: readonly Language[] = [
  { id: 'plaintext', otherNames: ['text'], lexicon: prose },
  ...['git-commit', 'restructuredtext', 'asciidoc', 'csv', 'log', 'diff'].map((id) => ({ id, lexicon: prose })),
  {
    id: 'markdown',
    extensions: ['.md'],
    embeds: fences,
    lexicon: markdown,
    mergeLexicon: mergeLexicon(merge.htmlComment),
    conflicts: { scope: 'text.html.markdown', isCode: false },
  },
  { id: 'mdx', embeds: fences, lexicon: markdown },
  { id: 'quarto', embeds: fences, lexicon: markdown },
  { id: 'latex', extensions: ['.tex'], otherNames: ['tex'], lexicon: latex },
  { id: 'tex', lexicon: latex },
  { id: 'bibtex', lexicon: latex },
  {
    id: 'html',
    extensions: ['.html', '.htm'],
    embeds: elementsOnly,
    ...elements,
    grammar: { package: 'tree-sitter-html', file: 'tree-sitter-html.wasm' },
    conflicts: { scope: 'text.html.basic', within: 'text.html.derivative', isCode: false },
  },
  {
    id: 'xml',
    extensions: ['.xml', '.xsd', '.svg', '.csproj'],
    ...elements,
    conflicts: { scope: 'text.xml', isCode: false },
  },
  { id: 'xsl', extensions: ['.xsl'], ...elements },
  { id: 'svg', ...elements },
  { id: 'aspnetcorerazor', embeds: elementsOnly, lexicon: html },
  { id: 'razor', embeds: elementsOnly, lexicon: html },
  {
    id: 'css',
    extensions: ['.css'],
    lexicon: css,
    mergeLexicon: mergeLexicon({ block: [['/*', '*/']], quotes: [merge.double, merge.single] }),
    grammar: { package: 'tree-sitter-css', file: 'tree-sitter-css.wasm' },
    conflicts: { scope: 'source.css', isCode: false },
  },
  { id: 'scss', extensions: ['.scss'], ...scss, conflicts: { scope: 'source.css.scss', isCode: false } },
  { id: 'less', extensions: ['.less'], ...scss, conflicts: { scope: 'source.css.less', isCode: false } },
  { id: 'sass', lexicon: scss.lexicon },
  { id: 'handlebars', extensions: ['.hbs'], embeds: elementsOnly, lexicon: moustaches },
  ...['jinja', 'jinja-html', 'django-html', 'twig', 'liquid', 'blade', 'mustache'].map((id) => ({
    id,
    lexicon: moustaches,
  })),
  { id: 'vue', extensions: ['.vue'], embeds: elementsOnly, lexicon: vue },
  { id: 'svelte', extensions: ['.svelte'], embeds: elementsOnly, lexicon: svelte },
  { id: 'astro', extensions: ['.astro'], embeds: { ...elementsOnly, frontMatter: 'typescript' }, lexicon: svelte },
  { id: 'ejs', extensions: ['.ejs'], embeds: templates('javascript'), lexicon: ejs },
  { id: 'erb', extensions: ['.erb'], otherNames: ['eruby'], embeds: templates('ruby'), lexicon: erb },
  { id: 'html.erb', embeds: templates('ruby'), lexicon: erb },
];
