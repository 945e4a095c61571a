// Languages of words rather than signs, and SQL, that have no tree here.

import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { brace, doubledDouble, doubledSingle } from '../forms/stringForms.js';
import type { Language } from '../types.js';

const ada = lexicon({
  line: ['--'],
  strings: [doubledDouble, stringForm(/(?<![\w)])'(?=[^\n]'|')/, "'", { escape: undefined })],
});
const pascal = lexicon({
  line: ['//'],
  block: [
    ['{', '}'],
    ['(*', '*)'],
  ],
  strings: [doubledSingle],
});
const fortran = lexicon({ line: [/!/], strings: [doubledDouble, doubledSingle] });
const visualBasic = lexicon({
  line: [/'/, /(?<=^|\s)REM\b/im],
  strings: [stringForm(/\$"/, '"', { escape: undefined, doubles: true, codes: brace }), doubledDouble],
});
const vhdl = lexicon({
  line: ['--'],
  strings: [doubledDouble, stringForm(/(?<![\w)])'(?=[^\n]'|')/, "'", { escape: undefined })],
});

const sql = lexicon({
  line: ['--', /(?<=^|\s)#/m],
  block: [['/*', '*/']],
  strings: [
    stringForm(/\$(?<end>\w*)\$/, '$$$', { escape: undefined, severalLines: true }),
    stringForm("'", "'", { escape: undefined, doubles: true, severalLines: true }),
    doubledDouble,
    stringForm('`', '`', { escape: undefined }),
  ],
});

export const wordy: readonly Language[] = [
  { id: 'ada', extensions: ['.adb', '.ads'], lexicon: ada },
  { id: 'pascal', extensions: ['.pas'], lexicon: pascal },
  { id: 'objectpascal', lexicon: pascal },
  { id: 'fortran', lexicon: fortran },
  { id: 'fortran-modern', lexicon: fortran },
  { id: 'FortranFreeForm', extensions: ['.f90'], lexicon: fortran },
  { id: 'vb', extensions: ['.vb'], lexicon: visualBasic },
  { id: 'vhdl', extensions: ['.vhd'], lexicon: vhdl },
  {
    id: 'sql',
    extensions: ['.sql'],
    lexicon: sql,
    mergeLexicon: mergeLexicon({
      line: ['--'],
      block: [['/*', '*/']],
      quotes: [mergeQuote("'", merge.longRaw), mergeQuote('"', merge.raw), mergeQuote('`', merge.raw)],
    }),
    conflicts: { scope: 'source.sql', isCode: false },
  },
  { id: 'plsql', lexicon: sql },
];
