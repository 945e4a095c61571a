import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, types } from '../forms/nodeTypes.js';
import { double, single } from '../forms/stringForms.js';
import type { Language } from '../types.js';

export const lua: Language = {
  id: 'lua',
  extensions: ['.lua'],
  ownsExtensions: true,
  lexicon: lexicon({
    line: [/--(?!\[=*\[)/],
    block: [['--[[', ']]']],
    strings: [stringForm(/\[(?<end>=*)\[/, ']$]', { escape: undefined, severalLines: true }), double, single],
  }),
  mergeLexicon: mergeLexicon({
    line: [/--(?!\[=*\[)/y],
    block: [['--[[', ']]']],
    signs: '-',
    quotes: [mergeQuote(/\[(?<end>=*)\[/y, { close: ']$]', ...merge.longRaw }), merge.double, merge.single],
  }),
  grammar: { package: '@tree-sitter-grammars/tree-sitter-lua', file: 'tree-sitter-lua.wasm' },
  program: {
    lineComment: '--',
    blockComment: ['--[[', ']]'],
    blockStyle: 'words',
    blockHead: /(?<![.:\w])(?:then|do|else|repeat|function\b[^()]*\([^()]*\))$/,
    blocks: types('block function_declaration function_definition do_statement while_statement repeat_statement'),
    strings: types('string'),
    comments: types('comment'),
    declarations: {
      types: types(''),
      others: types('function_declaration variable_declaration'),
      bodies: types('block'),
      wrappers: types(''),
      lists: types(''),
      names: types('identifier'),
      namedWithin: types('assignment_statement variable_list method_index_expression dot_index_expression'),
      namedLast: types('method_index_expression dot_index_expression'),
      commentsRun: true,
    },
    placeholders: {
      parameters: `(${HOLE})`,
      comment: `--[[${HOLE}]]`,
      table_constructor: `{${HOLE}}`,
    },
  },
  conflicts: { scope: 'source.lua', isCode: true },
};
