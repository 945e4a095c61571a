// Functional and logic languages that have no tree here.

import { lexicon, stringForm } from '../forms/lexicon.js';
import {
  brace,
  character,
  double,
  hashBrace,
  longDouble,
  rawTripleDouble,
  single,
  tripleDouble,
} from '../forms/stringForms.js';
import type { Language } from '../types.js';

const lisp = lexicon({
  line: [/;/],
  block: [['#|', '|#']],
  strings: [longDouble],
  plain: [/#?\\[()[\]{}"';\\](?!\w)/],
});
const clojure = lexicon({ line: [/;/], strings: [longDouble], plain: [/\\[()[\]{}"';\\](?!\w)/] });

const haskell = lexicon({
  line: [/--(?![!#$%&*+./<=>?@\\^|~:-])/],
  block: [['{-', '-}']],
  nestsComments: true,
  strings: [double, character],
});
const ocaml = lexicon({
  block: [['(*', '*)']],
  nestsComments: true,
  strings: [stringForm(/\{(?<end>[a-z_]*)\|/, '|$}', { escape: undefined, severalLines: true }), longDouble, character],
});
const fsharp = lexicon({
  line: ['//'],
  block: [['(*', '*)']],
  strings: [
    stringForm(/\$+"""/, '"""', { escape: undefined, severalLines: true, codes: [['{', '}']] }),
    rawTripleDouble,
    stringForm(/(?:\$@|@\$)"/, '"', { escape: undefined, doubles: true, severalLines: true, codes: brace }),
    stringForm(/@"/, '"', { escape: undefined, doubles: true, severalLines: true }),
    stringForm(/\$"/, '"', { codes: brace }),
    longDouble,
    character,
  ],
});
const elm = lexicon({
  line: ['--'],
  block: [['{-', '-}']],
  nestsComments: true,
  strings: [tripleDouble, double, character],
});

const elixir = lexicon({
  line: [/(?<![\w?])#(?!\{)/],
  strings: [
    stringForm('"""', '"""', { severalLines: true, codes: hashBrace }),
    stringForm("'''", "'''", { severalLines: true, codes: hashBrace }),
    stringForm(/~[a-z]"""/, '"""', { severalLines: true, codes: hashBrace }),
    stringForm(/~[a-z]\(/, ')', { codes: hashBrace }),
    stringForm(/~[a-z]\[/, ']', { codes: hashBrace }),
    stringForm(/~[a-z]\{/, '}', { codes: hashBrace }),
    stringForm(/~[a-z]"/, '"', { codes: hashBrace }),
    stringForm(/~[a-z]\//, '/', { codes: hashBrace }),
    stringForm('"', '"', { severalLines: true, codes: hashBrace }),
    stringForm(/(?<!\w)'/, "'", { codes: hashBrace }),
  ],
  plain: [/\?\\?["'()[\]{}#]/],
});
const erlang = lexicon({ line: ['%'], strings: [longDouble, single], plain: [/\$\\?["'()[\]{}%]/] });
const prolog = lexicon({ line: ['%'], block: [['/*', '*/']], strings: [double, single], plain: [/0'./] });

export const functional: readonly Language[] = [
  { id: 'lisp', extensions: ['.lisp'], lexicon: lisp },
  { id: 'scheme', extensions: ['.scm'], lexicon: lisp },
  { id: 'racket', extensions: ['.rkt'], lexicon: lisp },
  { id: 'elisp', extensions: ['.el'], lexicon: lisp },
  { id: 'emacs-lisp', lexicon: lisp },
  { id: 'clojure', extensions: ['.clj', '.cljs'], lexicon: clojure },
  { id: 'haskell', extensions: ['.hs'], lexicon: haskell },
  { id: 'purescript', lexicon: haskell },
  { id: 'ocaml', extensions: ['.ml'], lexicon: ocaml },
  { id: 'fsharp', extensions: ['.fs'], lexicon: fsharp },
  { id: 'elm', extensions: ['.elm'], lexicon: elm },
  { id: 'elixir', extensions: ['.ex', '.exs'], lexicon: elixir },
  { id: 'erlang', extensions: ['.erl'], lexicon: erlang },
  { id: 'prolog', lexicon: prolog },
];
