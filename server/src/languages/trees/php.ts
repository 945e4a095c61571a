import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { hereDocument, longSingle } from '../forms/stringForms.js';
import type { Language } from '../types.js';

const block = [
  ['/*', '*/'],
  ['<!--', '-->'],
] as const;

export const php: Language = {
  id: 'php',
  extensions: ['.php', '.phtml'],
  ownsExtensions: true,
  embeds: 'islands',
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
  },
  conflicts: { scope: 'source.php', within: 'text.html.php', isCode: true },
};
