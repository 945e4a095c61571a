// What the rooms must know of a language, as one table; adding a language adds a row here and a grammar to
// syntaxes/treeSitterGrammars.mjs.

/** How a language opens a block: with a brace, with a colon and deeper indentation, or with words that `end` closes. */
export type BlockStyle = 'braces' | 'colon' | 'words';

export interface LanguageTraits {
  /** The grammar's file, without the folder. */
  readonly grammar: string;
  readonly lineComment: string;
  readonly blockComment: readonly [open: string, close: string] | undefined;
  readonly blockStyle: BlockStyle;
  /** A line that words make the head of a block; its comment and its white space at the end are taken away. */
  readonly blockHead?: RegExp;
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

const c: LanguageTraits = {
  ...slashes,
  grammar: 'tree-sitter-c.wasm',
  blocks: set('compound_statement field_declaration_list enumerator_list declaration_list'),
  strings: set('string_literal char_literal system_lib_string concatenated_string'),
  comments: set('comment'),
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
  rust: {
    ...slashes,
    grammar: 'tree-sitter-rust.wasm',
    blocks: set('block declaration_list field_declaration_list enum_variant_list match_block'),
    strings: set('string_literal raw_string_literal char_literal'),
    comments: set('line_comment block_comment'),
  },
  c,
  cpp: {
    ...c,
    grammar: 'tree-sitter-cpp.wasm',
    blocks: set('compound_statement field_declaration_list enumerator_list declaration_list requirement_seq'),
    strings: set('string_literal raw_string_literal char_literal system_lib_string concatenated_string'),
  },
  php: {
    ...slashes,
    grammar: 'tree-sitter-php.wasm',
    blocks: set(
      'compound_statement declaration_list enum_declaration_list switch_block match_block colon_block property_hook_list',
    ),
    // What stands around the code is text.
    strings: set('string encapsed_string heredoc nowdoc shell_command_expression text'),
    comments: set('comment'),
  },
  ruby: {
    grammar: 'tree-sitter-ruby.wasm',
    lineComment: '#',
    blockComment: undefined,
    blockStyle: 'words',
    blockHead:
      /^\s*(?:(?:(?:private|protected|public|module_function)\s+)?def(?!\s+\S+(?:\(.*\))?\s+=\s)|class|module|if|unless|while|until|for|case|when|in|begin|else|elsif|rescue|ensure)\b(?!.*\b(?:end|then\s+\S.*)$)|(?<![.:\w])do(?:\s*\|[^|]*\|)?$|=\s*(?:if|unless|case|begin|while)\b(?!.*\bend$)/,
    blocks: set('body_statement block_body do_block block then begin do else class module method singleton_method'),
    strings: set('string heredoc_body regex string_array symbol_array subshell delimited_symbol character'),
    comments: set('comment'),
  },
  kotlin: {
    ...slashes,
    grammar: 'tree-sitter-kotlin.wasm',
    blocks: set('block class_body enum_class_body lambda_literal when_expression'),
    strings: set('string_literal multiline_string_literal character_literal'),
    comments: set('line_comment block_comment'),
  },
};

/**
 * Grammars of files that are no programs. A merge asks whether its answer parses; completions go without the tree, since
 * these files have no blocks of statements and their lines nothing that a hole could stand for.
 */
const dataGrammars: Readonly<Record<string, string>> = {
  json: 'tree-sitter-json.wasm',
  jsonc: 'tree-sitter-json.wasm',
  yaml: 'tree-sitter-yaml.wasm',
  dockercompose: 'tree-sitter-yaml.wasm',
  toml: 'tree-sitter-toml.wasm',
  css: 'tree-sitter-css.wasm',
  html: 'tree-sitter-html.wasm',
  shellscript: 'tree-sitter-bash.wasm',
};

/** The traits of a language by VS Code's identifier; undefined for languages without a row. */
export function languageTraits(languageId: string): LanguageTraits | undefined {
  return Object.hasOwn(traitsOfLanguages, languageId) ? traitsOfLanguages[languageId] : undefined;
}

/** The file of a language's grammar, of a program or of data. */
export function grammarOf(languageId: string): string | undefined {
  if (Object.hasOwn(dataGrammars, languageId)) return dataGrammars[languageId];
  return languageTraits(languageId)?.grammar;
}

/** VS Code's identifiers of the files of data that have a grammar. */
export const dataLanguages: readonly string[] = Object.keys(dataGrammars);

/** VS Code's identifiers of the programming languages that have a grammar. */
export const supportedLanguages: readonly string[] = Object.keys(traitsOfLanguages);
