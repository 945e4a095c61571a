// Prose, markup and templates: their text has no strings of its own, and code stands in islands in it.

import { lexicon, stringForm, type Lexicon } from './lexicon.js';

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

export const markupLexicons: Readonly<Record<string, Lexicon>> = {
  plaintext: prose,
  'git-commit': prose,
  restructuredtext: prose,
  asciidoc: prose,
  csv: prose,
  log: prose,
  diff: prose,
  markdown,
  mdx: markdown,
  quarto: markdown,
  latex,
  tex: latex,
  bibtex: latex,
  html,
  xml: html,
  xsl: html,
  svg: html,
  handlebars: moustaches,
  jinja: moustaches,
  'jinja-html': moustaches,
  'django-html': moustaches,
  twig: moustaches,
  liquid: moustaches,
  blade: moustaches,
  mustache: moustaches,
  vue,
  svelte,
  astro: svelte,
  ejs,
  aspnetcorerazor: html,
  razor: html,
  erb,
  'html.erb': erb,
};
