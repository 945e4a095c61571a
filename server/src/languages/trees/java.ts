import { lexicon } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { character, double, slashes, tripleDouble } from '../forms/stringForms.js';
import type { Language } from '../types.js';

export const java: Language = {
  id: 'java',
  extensions: ['.java'],
  ownsExtensions: true,
  lexicon: lexicon({ ...slashes, strings: [tripleDouble, double, character], generics: true }),
  mergeLexicon: mergeLexicon({ ...merge.slashes, quotes: [merge.tripleDouble, merge.double, merge.single] }),
  grammar: { package: 'tree-sitter-java', file: 'tree-sitter-java.wasm' },
  program: {
    ...slashComments,
    blockStyle: 'braces',
    blocks: types(
      'block class_body constructor_body enum_body enum_body_declarations interface_body annotation_type_body switch_block module_body',
    ),
    strings: types('string_literal character_literal'),
    comments: types('line_comment block_comment'),
    declarations: {
      types: types(
        'class_declaration interface_declaration enum_declaration record_declaration annotation_type_declaration',
      ),
      others: types('method_declaration constructor_declaration'),
      bodies: types('class_body interface_body enum_body enum_body_declarations annotation_type_body block'),
      wrappers: types(''),
      lists: types(''),
      names: types('identifier type_identifier'),
      namedWithin: types('variable_declarator'),
    },
    placeholders: {
      formal_parameters: `(${HOLE} ${HOLE})`,
      formal_parameter: `${HOLE} ${HOLE}`,
      line_comment: `/*${HOLE}*/`,
      block_comment: `/*${HOLE}*/`,
      modifiers: 'public',
      block: '{}',
      constructor_body: '{}',
      class_body: '{}',
      variable_declarator: HOLE,
    },
  },
  conflicts: { scope: 'source.java', isCode: true },
};
