// What a hole is called: by what it stands in, then by what stood in it. A name is what a person would say is missing.

import { words, type Words } from '../../common/words.js';
import type { Hole } from '../types.js';

/** By the type of the parent: names for what its children are, the first that fits. */
const byParent: readonly (readonly [parent: RegExp, child: RegExp, name: Words, names: Words])[] = [
  [/^(if_statement|while_statement|elif_clause|do_statement)$/, /./, words('condition'), words('condition')],
  [/^(conditional_expression|ternary_expression)$/, /./, words('value'), words('values')],
  [/^(arguments|argument_list)$/, /keyword_argument/, words('named argument'), words('arguments')],
  [/^(arguments|argument_list|bracketed_argument_list|argument)$/, /./, words('argument'), words('arguments')],
  [/^(type_arguments|type_argument_list)$/, /./, words('type'), words('types')],
  [/parameter/, /type|annotation/, words('type'), words('types')],
  [
    /^(formal_parameters|parameters|parameter_list|lambda_parameters|inferred_parameters)$/,
    /./,
    words('parameter'),
    words('parameters'),
  ],
  [/^return_statement$/, /./, words('result'), words('result')],
  [/^(throw_statement|raise_statement)$/, /./, words('error'), words('error')],
  [
    /^(import_statement|import_clause|named_imports|import_specifier|import_from_statement)$/,
    /string/,
    words('module'),
    words('module'),
  ],
  [
    /^(import_statement|import_clause|named_imports|import_from_statement|import_declaration|using_directive|import_spec)$/,
    /./,
    words('import'),
    words('imports'),
  ],
  [
    /^(type_annotation|generic_type|type_declaration|array_type|pointer_type|nullable_type|implicit_type)$/,
    /./,
    words('type'),
    words('types'),
  ],
  [/^(object|dictionary|object_pattern|literal_value|initializer_expression)$/, /./, words('entry'), words('entries')],
  [/^(array|list|tuple|set|array_initializer|array_creation_expression)$/, /./, words('element'), words('elements')],
  [/^(pair|keyed_element)$/, /property_identifier/, words('key'), words('key')],
  [
    /^(for_statement|for_in_statement|foreach_statement|enhanced_for_statement|range_clause|for_in_clause)$/,
    /identifier/,
    words('name'),
    words('names'),
  ],
  [/^(template_substitution|interpolation)$/, /./, words('value'), words('values')],
  [/^(string|template_string|string_literal|interpreted_string_literal)$/, /./, words('text'), words('text')],
  [/^jsx_(attribute)$/, /property_identifier/, words('attribute'), words('attribute')],
  [
    /^jsx_(opening_element|self_closing_element|closing_element)$/,
    /identifier|member/,
    words('element'),
    words('element'),
  ],
  [/^jsx_/, /attribute/, words('attribute'), words('attributes')],
  [/(declaration|definition|declarator|spec)$/, /identifier$/, words('name'), words('names')],
  [
    /(block|body|program|module|source_file|compilation_unit|declaration_list)$/,
    /./,
    words('statement'),
    words('statements'),
  ],
];

/** By the type of what stood there. */
const byType: readonly (readonly [type: RegExp, name: Words, names: Words])[] = [
  [/comment/, words('comment'), words('comments')],
  [/type_identifier|predefined_type|primitive_type|_type$|^type$|type_annotation/, words('type'), words('types')],
  [/property_identifier|field_identifier/, words('member'), words('members')],
  [/identifier$/, words('name'), words('names')],
  [/string|template|fragment|content|chars/, words('text'), words('texts')],
  [/number|integer|float|literal.*(int|real)/, words('number'), words('numbers')],
  [/call|invocation/, words('call'), words('calls')],
  [/^(arguments|argument_list)$/, words('arguments'), words('arguments')],
  [/parameters?(_list)?$/, words('parameters'), words('parameters')],
  [/arrow_function|lambda|func_literal|function_expression|anonymous/, words('function'), words('functions')],
  [/member|attribute|field_access|selector|element_access/, words('value'), words('values')],
  [/comparison|boolean|not_operator|is_pattern/, words('condition'), words('conditions')],
  [/statement|declaration|definition/, words('statement'), words('statements')],
  [/./, words('expression'), words('expressions')],
];

/**
 * The readable name of what a hole leaves out.
 * @param before the text in front of it, on its line
 */
export function kindOfHole({ parent, first, last, isRest }: Hole, before: string): Words {
  if (isRest) return words('rest of the line');
  if (/\b(if|elif|while|until)\s*\(?\s*$/.test(before)) return words('condition');
  const children = parent.children.slice(first, last + 1).filter(({ kind }) => kind === 'node');
  const isOne = children.length <= 1;
  const type = children[0]?.type ?? '';
  for (const [parentType, childType, name, names] of byParent) {
    if (parentType.test(parent.type) && childType.test(type)) return isOne ? name : names;
  }
  for (const [pattern, name, names] of byType) if (pattern.test(type)) return isOne ? name : names;
  return words('expression');
}
