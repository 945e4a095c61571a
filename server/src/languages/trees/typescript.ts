import { HOLE, types } from '../forms/nodeTypes.js';
import type { Language, Program } from '../types.js';
import { names, program as javascript, strings } from './javascript.js';

const program: Program = {
  ...javascript,
  strings: types('string template_string regex'),
  blocks: types('statement_block class_body switch_body class_static_block enum_body interface_body object_type'),
  declarations: {
    ...javascript.declarations,
    types: types('class_declaration abstract_class_declaration interface_declaration enum_declaration'),
    others: types(
      'function_declaration generator_function_declaration function_signature method_definition method_signature lexical_declaration type_alias_declaration',
    ),
    bodies: types('class_body interface_body enum_body'),
    lists: types('internal_module'),
    names: types('identifier type_identifier property_identifier'),
  },
  placeholders: { ...javascript.placeholders, type_annotation: `: ${HOLE}`, accessibility_modifier: 'public' },
  names: {
    ...names,
    definitions: `${names.definitions}
      (class_declaration name: (type_identifier) @type) @outer
      (abstract_class_declaration name: (type_identifier) @type) @outer
      (interface_declaration name: (type_identifier) @type) @outer
      (type_alias_declaration name: (type_identifier) @type) @outer
      (enum_declaration name: (identifier) @type) @outer
      (function_signature name: (identifier) @function parameters: (_) @parameters) @outer
      (method_signature name: (property_identifier) @member parameters: (_) @parameters) @outer
      (abstract_method_signature name: (property_identifier) @member parameters: (_) @parameters) @outer
      (public_field_definition name: (property_identifier) @member)
      (property_signature name: (property_identifier) @member)
      (type_parameter name: (type_identifier) @parameter)
      (required_parameter pattern: (identifier) @parameter)
      (optional_parameter pattern: (identifier) @parameter)`,
    scopes: types([...names.scopes, 'interface_body', 'internal_module', 'object_type'].join(' ')),
    typeScopes: types('class_body interface_body object_type'),
  },
};

export const typescript: readonly Language[] = [
  {
    id: 'typescript',
    extensions: ['.ts', '.mts', '.cts'],
    ownsExtensions: true,
    otherNames: ['ts'],
    ...strings,
    grammar: { package: 'tree-sitter-typescript', file: 'tree-sitter-typescript.wasm' },
    program,
    conflicts: { scope: 'source.ts', isCode: true },
  },
  {
    id: 'typescriptreact',
    extensions: ['.tsx'],
    ownsExtensions: true,
    otherNames: ['tsx', 'typescript-tsx', 'typescript.tsx'],
    ...strings,
    grammar: { package: 'tree-sitter-typescript', file: 'tree-sitter-tsx.wasm' },
    program: { ...program, strings: javascript.strings },
    conflicts: { scope: 'source.tsx', isCode: true },
  },
];
