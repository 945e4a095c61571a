import { lexicon } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { character, double, rawBacktick, slashes } from '../forms/stringForms.js';
import type { Language } from '../types.js';

export const go: Language = {
  id: 'go',
  extensions: ['.go'],
  ownsExtensions: true,
  otherNames: ['golang'],
  lexicon: lexicon({ ...slashes, strings: [rawBacktick, double, character] }),
  mergeLexicon: mergeLexicon({
    ...merge.slashes,
    quotes: [mergeQuote('`', merge.longRaw), merge.double, merge.single],
  }),
  grammar: { package: 'tree-sitter-go', file: 'tree-sitter-go.wasm' },
  program: {
    ...slashComments,
    blockStyle: 'braces',
    blocks: types('block field_declaration_list'),
    strings: types('interpreted_string_literal raw_string_literal rune_literal'),
    comments: types('comment'),
    declarations: {
      types: types('type_spec'),
      others: types('function_declaration method_declaration const_declaration var_declaration'),
      bodies: types('struct_type interface_type field_declaration_list block'),
      bodyWithin: types('struct_type'),
      wrappers: types('type_declaration'),
      lists: types(''),
      names: types('identifier type_identifier field_identifier'),
      namedWithin: types('const_spec var_spec'),
    },
    placeholders: {
      parameter_list: `(${HOLE})`,
      comment: `/*${HOLE}*/`,
      block: '{}',
      keyed_element: `${HOLE}: ${HOLE}`,
    },
  },
  conflicts: { scope: 'source.go', isCode: true },
};
