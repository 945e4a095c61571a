import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { brace, character, double, slashes } from '../forms/stringForms.js';
import type { Language, NameNodes } from '../types.js';

const verbatim = { escape: undefined, doubles: true, severalLines: true } as const;

const names: NameNodes = {
  definitions: `
    (class_declaration name: (identifier) @type) @outer
    (interface_declaration name: (identifier) @type) @outer
    (struct_declaration name: (identifier) @type) @outer
    (record_declaration name: (identifier) @type) @outer
    (enum_declaration name: (identifier) @type) @outer
    (method_declaration name: (identifier) @function parameters: (parameter_list) @parameters) @outer
    (local_function_statement name: (identifier) @function parameters: (parameter_list) @parameters) @outer
    (property_declaration name: (identifier) @variable) @outer
    (variable_declarator name: (identifier) @variable)
    (declaration_expression name: (identifier) @variable)
    (enum_member_declaration name: (identifier) @variable)
    (parameter name: (identifier) @parameter)
    (implicit_parameter) @parameter
    (catch_declaration name: (identifier) @parameter)
    (foreach_statement left: (identifier) @variable)
    (using_directive name: (identifier) @import)`,
  calls: `
    (invocation_expression function: (identifier) @callee arguments: (argument_list) @arguments)
    (invocation_expression
      function: (member_access_expression expression: (_) @receiver name: (identifier) @callee)
      arguments: (argument_list) @arguments)`,
  scopes: types(
    'class_declaration interface_declaration struct_declaration record_declaration enum_declaration block method_declaration constructor_declaration local_function_statement lambda_expression for_statement foreach_statement using_statement catch_clause',
  ),
  typeScopes: types('class_declaration interface_declaration struct_declaration record_declaration enum_declaration'),
  bareMembers: true,
};

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
    names,
  },
  conflicts: { scope: 'source.cs', isCode: true },
};
