import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { brace, character, double, slashes } from '../forms/stringForms.js';
import type { Language } from '../types.js';

const verbatim = { escape: undefined, doubles: true, severalLines: true } as const;

export const csharp: Language = {
  id: 'csharp',
  extensions: ['.cs'],
  ownsExtensions: true,
  otherNames: ['cs', 'c#', 'c-sharp', 'c_sharp'],
  lexicon: lexicon({
    ...slashes,
    strings: [
      stringForm(/\$+(?<end>"{3,})/, '$', { escape: undefined, severalLines: true, codes: [['{', '}']] }),
      stringForm(/(?<end>"{3,})/, '$', { escape: undefined, severalLines: true }),
      stringForm(/(?:\$@|@\$)"/, '"', { ...verbatim, codes: brace }),
      stringForm(/@"/, '"', verbatim),
      stringForm(/\$"/, '"', { codes: brace }),
      double,
      character,
    ],
    generics: true,
  }),
  mergeLexicon: mergeLexicon({
    ...merge.slashes,
    quotes: [
      mergeQuote('"""', merge.longRaw),
      mergeQuote('@"', { close: '"', ...merge.longRaw }),
      merge.double,
      merge.single,
    ],
  }),
  grammar: { package: 'tree-sitter-c-sharp', file: 'tree-sitter-c_sharp.wasm' },
  program: {
    ...slashComments,
    blockStyle: 'braces',
    blocks: types('block declaration_list accessor_list switch_body enum_member_declaration_list'),
    strings: types(
      'string_literal verbatim_string_literal raw_string_literal interpolated_string_expression character_literal',
    ),
    comments: types('comment'),
    declarations: {
      types: types('class_declaration interface_declaration struct_declaration record_declaration enum_declaration'),
      others: types('method_declaration constructor_declaration local_function_statement'),
      bodies: types('declaration_list enum_member_declaration_list block'),
      wrappers: types('type_declaration'),
      lists: types('namespace_declaration file_scoped_namespace_declaration declaration_list'),
      names: types('identifier'),
      namedWithin: types('variable_declarator'),
    },
    placeholders: {
      parameter_list: `(${HOLE} ${HOLE})`,
      parameter: `${HOLE} ${HOLE}`,
      comment: `/*${HOLE}*/`,
      modifier: 'public',
      block: '{}',
    },
  },
  conflicts: { scope: 'source.cs', isCode: true },
};
