// What stands in place of a hole when the rest is parsed again: a text that the grammar takes for the same kind of thing,
// so that the tree around the hole stays as it was. What a name alone is not enough for stands with each language.

import { HOLE, languageOf } from '../../languages/index.js';

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
  const special = languageOf(languageId)?.program?.placeholders ?? {};
  const known = Object.hasOwn(special, type) ? special[type] : undefined;
  if (known !== undefined) return known;
  if (types.length === 1) {
    for (const [pattern, open, close] of bracketed) {
      if (pattern.test(type) && taken.startsWith(open) && taken.endsWith(close)) return `${open}${HOLE}${close}`;
    }
  }
  return taken.endsWith(';') ? `${HOLE};` : HOLE;
}
