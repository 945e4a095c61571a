import { HOLE, types } from '../forms/nodeTypes.js';
import type { Language, Program } from '../types.js';
import { program as javascript, strings } from './javascript.js';

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
