// What stands in place of a hole when the rest is parsed again: a text that the grammar takes for the same kind of thing,
// so that the tree around the hole stays as it was.

/** The name that fills a hole for the parser. No program uses it. */
const NAME = 'lacunaHole';

/** Types that a hole never stands for: what is broken, and what is not a thing of its own. */
const notRemovable = /^(ERROR|escape_sequence|interpolation_.*|string_start|string_end|.*_quote|empty_statement)$/;

/** Bracketed types by their opener; the hole's name goes between the brackets. */
const bracketed: readonly (readonly [types: RegExp, open: string, close: string])[] = [
  [
    /^(arguments|argument_list|parenthesized_expression|tuple_pattern|attribute_argument_list|annotation_argument_list)$/,
    '(',
    ')',
  ],
  [/^(type_arguments|type_argument_list|type_parameters|type_parameter_list)$/, '<', '>'],
  [/^(bracketed_argument_list)$/, '[', ']'],
  [/^(template_substitution)$/, '${', '}'],
  [/^(interpolation)$/, '{', '}'],
  [/^(statement_block|block|object|dictionary|literal_value|named_imports|export_clause)$/, '{', '}'],
];

/** What a name alone is not enough for, by language and type. */
const particular: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  typescript: {
    formal_parameters: `(${NAME})`,
    type_annotation: `: ${NAME}`,
    comment: `/*${NAME}*/`,
    accessibility_modifier: 'public',
    decorator: `@${NAME}`,
    statement_block: '{}',
    class_body: '{}',
  },
  python: {
    parameters: `(${NAME})`,
    pair: `${NAME}: ${NAME}`,
    comment: `# ${NAME}`,
    decorator: `@${NAME}`,
    keyword_argument: `${NAME}=${NAME}`,
  },
  java: {
    formal_parameters: `(${NAME} ${NAME})`,
    formal_parameter: `${NAME} ${NAME}`,
    line_comment: `/*${NAME}*/`,
    block_comment: `/*${NAME}*/`,
    modifiers: 'public',
    block: '{}',
    constructor_body: '{}',
    class_body: '{}',
    variable_declarator: NAME,
  },
  csharp: {
    parameter_list: `(${NAME} ${NAME})`,
    parameter: `${NAME} ${NAME}`,
    comment: `/*${NAME}*/`,
    modifier: 'public',
    block: '{}',
    equals_value_clause: `= ${NAME}`,
  },
  go: {
    parameter_list: `(${NAME})`,
    comment: `/*${NAME}*/`,
    block: '{}',
    keyed_element: `${NAME}: ${NAME}`,
  },
};

const family: Readonly<Record<string, string>> = {
  typescriptreact: 'typescript',
  javascript: 'typescript',
  javascriptreact: 'typescript',
};

/** Whether a hole may stand for a node of this type, as far as the type alone tells; parsing decides in the end. */
export function isRemovableType(type: string): boolean {
  return !notRemovable.test(type);
}

/**
 * The text that fills a hole for the parser.
 * @param types of the siblings that the hole takes; one for a single subtree
 * @param taken the text that it takes
 */
export function placeholderFor(languageId: string, types: readonly string[], taken: string): string {
  const [type = ''] = types;
  const special = particular[family[languageId] ?? languageId] ?? {};
  const known = Object.hasOwn(special, type) ? special[type] : undefined;
  if (known !== undefined) return known;
  if (types.length === 1) {
    for (const [pattern, open, close] of bracketed) {
      if (pattern.test(type) && taken.startsWith(open) && taken.endsWith(close)) return `${open}${NAME}${close}`;
    }
  }
  return taken.endsWith(';') ? `${NAME};` : NAME;
}
