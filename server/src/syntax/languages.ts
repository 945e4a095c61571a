// What the rooms must know of a language, as one table; adding a language adds a row here and a grammar to
// syntaxes/treeSitterGrammars.mjs.

/** How a language opens a block: with a brace, or with a colon and deeper indentation. */
export type BlockStyle = 'braces' | 'colon';

export interface LanguageTraits {
  /** The grammar's file, without the folder. */
  readonly grammar: string;
  readonly lineComment: string;
  readonly blockComment: readonly [open: string, close: string] | undefined;
  readonly blockStyle: BlockStyle;
  /** Node types that hold statements or members between an opener and its end. */
  readonly blocks: ReadonlySet<string>;
  /** Node types of a string, the quotes included. */
  readonly strings: ReadonlySet<string>;
  readonly comments: ReadonlySet<string>;
}

const set = (types: string): ReadonlySet<string> => new Set(types.split(' '));

const slashes = { lineComment: '//', blockComment: ['/*', '*/'], blockStyle: 'braces' } as const;

const javascript: LanguageTraits = {
  ...slashes,
  grammar: 'tree-sitter-javascript.wasm',
  blocks: set('statement_block class_body switch_body class_static_block'),
  strings: set('string template_string regex jsx_text'),
  comments: set('comment html_comment'),
};

const typescript: LanguageTraits = {
  ...javascript,
  grammar: 'tree-sitter-typescript.wasm',
  blocks: set('statement_block class_body switch_body class_static_block enum_body interface_body object_type'),
};

const traitsOfLanguages: Readonly<Record<string, LanguageTraits>> = {
  typescript,
  typescriptreact: { ...typescript, grammar: 'tree-sitter-tsx.wasm' },
  javascript,
  javascriptreact: javascript,
  python: {
    grammar: 'tree-sitter-python.wasm',
    lineComment: '#',
    blockComment: undefined,
    blockStyle: 'colon',
    blocks: set('block'),
    strings: set('string concatenated_string'),
    comments: set('comment'),
  },
  java: {
    ...slashes,
    grammar: 'tree-sitter-java.wasm',
    blocks: set(
      'block class_body constructor_body enum_body enum_body_declarations interface_body annotation_type_body switch_block module_body',
    ),
    strings: set('string_literal character_literal'),
    comments: set('line_comment block_comment'),
  },
  csharp: {
    ...slashes,
    grammar: 'tree-sitter-c_sharp.wasm',
    blocks: set('block declaration_list accessor_list switch_body enum_member_declaration_list'),
    strings: set(
      'string_literal verbatim_string_literal raw_string_literal interpolated_string_expression character_literal',
    ),
    comments: set('comment'),
  },
  go: {
    ...slashes,
    grammar: 'tree-sitter-go.wasm',
    blocks: set('block field_declaration_list'),
    strings: set('interpreted_string_literal raw_string_literal rune_literal'),
    comments: set('comment'),
  },
};

/** The traits of a language by VS Code's identifier; undefined for languages without a row. */
export function languageTraits(languageId: string): LanguageTraits | undefined {
  return Object.hasOwn(traitsOfLanguages, languageId) ? traitsOfLanguages[languageId] : undefined;
}

/** VS Code's identifiers of the languages that have a grammar. */
export const supportedLanguages: readonly string[] = Object.keys(traitsOfLanguages);
