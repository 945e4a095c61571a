import { lexicon } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { character, double, slashes, tripleDouble } from '../forms/stringForms.js';
import type { Language, NameNodes } from '../types.js';

const names: NameNodes = {
  definitions: `
    (class_declaration name: (identifier) @type) @outer
    (interface_declaration name: (identifier) @type) @outer
    (enum_declaration name: (identifier) @type) @outer
    (record_declaration name: (identifier) @type) @outer
    (method_declaration name: (identifier) @function parameters: (formal_parameters) @parameters) @outer
    (variable_declarator name: (identifier) @variable)
    (enum_constant name: (identifier) @variable)
    (formal_parameter name: (identifier) @parameter)
    (catch_formal_parameter name: (identifier) @parameter)
    (enhanced_for_statement name: (identifier) @variable)
    (resource name: (identifier) @variable)
    (inferred_parameters (identifier) @parameter)
    (lambda_expression parameters: (identifier) @parameter)
    (import_declaration (scoped_identifier name: (identifier) @import))`,
  calls: `
    (method_invocation !object name: (identifier) @callee arguments: (argument_list) @arguments)
    (method_invocation object: (_) @receiver name: (identifier) @callee arguments: (argument_list) @arguments)`,
  scopes: types(
    'class_body interface_body enum_body enum_body_declarations record_declaration block method_declaration constructor_declaration lambda_expression for_statement enhanced_for_statement catch_clause try_with_resources_statement',
  ),
  typeScopes: types('class_body interface_body enum_body enum_body_declarations'),
  bareMembers: true,
};

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
    names,
  },
  conflicts: { scope: 'source.java', isCode: true },
};
