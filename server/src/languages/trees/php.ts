import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { hereDocument, longSingle } from '../forms/stringForms.js';
import type { Language, NameNodes } from '../types.js';

const block = [
  ['/*', '*/'],
  ['<!--', '-->'],
] as const;

const names: NameNodes = {
  definitions: `
    (function_definition name: (name) @function parameters: (formal_parameters) @parameters) @outer
    (method_declaration name: (name) @function parameters: (formal_parameters) @parameters) @outer
    (class_declaration name: (name) @type) @outer
    (interface_declaration name: (name) @type) @outer
    (trait_declaration name: (name) @type) @outer
    (enum_declaration name: (name) @type) @outer
    (const_element (name) @variable)
    (assignment_expression left: (variable_name) @variable)
    (static_variable_declaration name: (variable_name) @variable)
    (foreach_statement (variable_name) @variable)
    (pair (variable_name) @variable)
    (catch_clause name: (variable_name) @parameter)
    (simple_parameter name: (variable_name) @parameter)
    (variadic_parameter name: (variable_name) @parameter)
    (namespace_use_clause alias: (name) @import)
    (namespace_use_clause (qualified_name (name) @import) !alias)`,
  calls: `
    (function_call_expression function: (name) @callee arguments: (arguments) @arguments)
    (member_call_expression object: (_) @receiver name: (name) @callee arguments: (arguments) @arguments)
    (nullsafe_member_call_expression object: (_) @receiver name: (name) @callee arguments: (arguments) @arguments)
    (scoped_call_expression scope: (_) @path name: (name) @callee arguments: (arguments) @arguments)`,
  scopes: types(
    'function_definition method_declaration anonymous_function arrow_function class_declaration interface_declaration trait_declaration enum_declaration',
  ),
  typeScopes: types('class_declaration interface_declaration trait_declaration enum_declaration'),
};

export const php: Language = {
  id: 'php',
  extensions: ['.php', '.phtml'],
  ownsExtensions: true,
  embeds: { within: 'elements', tags: { pattern: /<\?[^]*?(?:\?>|(?<open>$))/dg } },
  lexicon: lexicon({
    base: 'text',
    islands: [
      ['<?php', '?>'],
      ['<?=', '?>'],
      ['<?', '?>'],
    ],
    line: ['//', /#(?!\[)/],
    block,
    strings: [
      hereDocument(/<<<[ \t]*'(?<end>\w+)'/, []),
      hereDocument(/<<<[ \t]*"?(?<end>\w+)"?/, [['{$', '}']]),
      stringForm('"', '"', {
        severalLines: true,
        codes: [
          ['{$', '}'],
          ['${', '}'],
        ],
      }),
      longSingle,
      stringForm('`', '`'),
    ],
  }),
  mergeLexicon: mergeLexicon({
    line: ['//', /#(?!\[)/y],
    block,
    signs: '#',
    quotes: [merge.double, merge.single],
    here: [
      {
        open: /<<<[ \t]*(["']?)(?<name>[A-Za-z_]\w*)\1/y,
        endOf: (name) => new RegExp(`^[ \\t]*${name}\\b`, 'gm'),
      },
    ],
  }),
  grammar: { package: 'tree-sitter-php', file: 'tree-sitter-php.wasm' },
  program: {
    ...slashComments,
    blockStyle: 'braces',
    blocks: types(
      'compound_statement declaration_list enum_declaration_list switch_block match_block colon_block property_hook_list',
    ),
    // What stands around the code is text.
    strings: types('string encapsed_string heredoc nowdoc shell_command_expression text'),
    comments: types('comment'),
    declarations: {
      types: types('class_declaration interface_declaration trait_declaration enum_declaration'),
      others: types('function_definition method_declaration const_declaration'),
      bodies: types('declaration_list enum_declaration_list'),
      wrappers: types(''),
      lists: types('namespace_definition compound_statement'),
      names: types('name'),
      namedWithin: types('const_element'),
    },
    placeholders: {
      formal_parameters: `($${HOLE})`,
      simple_parameter: `$${HOLE}`,
      variable_name: `$${HOLE}`,
      comment: `/*${HOLE}*/`,
      compound_statement: '{}',
      visibility_modifier: 'public',
      static_modifier: 'static',
      string: `'${HOLE}'`,
      cast_type: 'int',
      relative_scope: 'self',
    },
    names,
  },
  conflicts: { scope: 'source.php', within: 'text.html.php', isCode: true },
};
