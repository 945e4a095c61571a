// What a hole is called: by what it stands in, then by what stood in it. A name is what a person would say is missing.

import type { Hole } from '../types.js';

/** By the type of the parent: names for what its children are, the first that fits. */
const byParent: readonly (readonly [parent: RegExp, child: RegExp, name: string, names: string])[] = [
  [/^(if_statement|while_statement|elif_clause|do_statement)$/, /./, 'condition', 'condition'],
  [/^(conditional_expression|ternary_expression)$/, /./, 'value', 'values'],
  [/^(arguments|argument_list)$/, /keyword_argument/, 'named argument', 'arguments'],
  [/^(arguments|argument_list|bracketed_argument_list|argument)$/, /./, 'argument', 'arguments'],
  [/^(type_arguments|type_argument_list)$/, /./, 'type', 'types'],
  [/parameter/, /type|annotation/, 'type', 'types'],
  [
    /^(formal_parameters|parameters|parameter_list|lambda_parameters|inferred_parameters)$/,
    /./,
    'parameter',
    'parameters',
  ],
  [/^return_statement$/, /./, 'result', 'result'],
  [/^(throw_statement|raise_statement)$/, /./, 'error', 'error'],
  [
    /^(import_statement|import_clause|named_imports|import_specifier|import_from_statement)$/,
    /string/,
    'module',
    'module',
  ],
  [
    /^(import_statement|import_clause|named_imports|import_from_statement|import_declaration|using_directive|import_spec)$/,
    /./,
    'import',
    'imports',
  ],
  [
    /^(type_annotation|generic_type|type_declaration|array_type|pointer_type|nullable_type|implicit_type)$/,
    /./,
    'type',
    'types',
  ],
  [/^(object|dictionary|object_pattern|literal_value|initializer_expression)$/, /./, 'entry', 'entries'],
  [/^(array|list|tuple|set|array_initializer|array_creation_expression)$/, /./, 'element', 'elements'],
  [/^(pair|keyed_element)$/, /property_identifier/, 'key', 'key'],
  [
    /^(for_statement|for_in_statement|foreach_statement|enhanced_for_statement|range_clause|for_in_clause)$/,
    /identifier/,
    'name',
    'names',
  ],
  [/^(template_substitution|interpolation)$/, /./, 'value', 'values'],
  [/^(string|template_string|string_literal|interpreted_string_literal)$/, /./, 'text', 'text'],
  [/^jsx_(attribute)$/, /property_identifier/, 'attribute', 'attribute'],
  [/^jsx_(opening_element|self_closing_element|closing_element)$/, /identifier|member/, 'element', 'element'],
  [/^jsx_/, /attribute/, 'attribute', 'attributes'],
  [/(declaration|definition|declarator|spec)$/, /identifier$/, 'name', 'names'],
  [/(block|body|program|module|source_file|compilation_unit|declaration_list)$/, /./, 'statement', 'statements'],
];

/** By the type of what stood there. */
const byType: readonly (readonly [type: RegExp, name: string, names: string])[] = [
  [/comment/, 'comment', 'comments'],
  [/type_identifier|predefined_type|primitive_type|_type$|^type$|type_annotation/, 'type', 'types'],
  [/property_identifier|field_identifier/, 'member', 'members'],
  [/identifier$/, 'name', 'names'],
  [/string|template|fragment|content|chars/, 'text', 'texts'],
  [/number|integer|float|literal.*(int|real)/, 'number', 'numbers'],
  [/call|invocation/, 'call', 'calls'],
  [/^(arguments|argument_list)$/, 'arguments', 'arguments'],
  [/parameters?(_list)?$/, 'parameters', 'parameters'],
  [/arrow_function|lambda|func_literal|function_expression|anonymous/, 'function', 'functions'],
  [/member|attribute|field_access|selector|element_access/, 'value', 'values'],
  [/comparison|boolean|not_operator|is_pattern/, 'condition', 'conditions'],
  [/statement|declaration|definition/, 'statement', 'statements'],
  [/./, 'expression', 'expressions'],
];

/**
 * The readable name of what a hole leaves out.
 * @param before the text in front of it, on its line
 */
export function kindOfHole({ parent, first, last, isRest }: Hole, before: string): string {
  if (isRest) return 'rest of the line';
  if (/\b(if|elif|while|until)\s*\(?\s*$/.test(before)) return 'condition';
  const children = parent.children.slice(first, last + 1).filter(({ kind }) => kind === 'node');
  const isOne = children.length <= 1;
  const type = children[0]?.type ?? '';
  for (const [parentType, childType, name, names] of byParent) {
    if (parentType.test(parent.type) && childType.test(type)) return isOne ? name : names;
  }
  for (const [pattern, name, names] of byType) if (pattern.test(type)) return isOne ? name : names;
  return 'expression';
}
