// The grammars' many types, sorted into the few kinds that the trained score tells apart. The order is part of the trained
// score: append, never insert.

import { LINE_END } from './alignTokens.js';
import type { AlignedNode } from '../types.js';

const pieceKinds: readonly (readonly [name: string, text: RegExp])[] = [
  ['lineEnd', new RegExp(`^${LINE_END}$`)],
  ['opener', /^([([{<]|\$\{|#\{|f"|"""|\{\{)$/],
  ['closer', /^([)\]}>]|\/>|"""|\}\})$/],
  ['comma', /^,$/],
  ['semicolon', /^;$/],
  ['colon', /^:$/],
  ['dot', /^(\.|\?\.|::|->)$/],
  ['assignment', /^([-+*/%&|^]?=|:=|=>)$/],
  ['quote', /^["'`]+$/],
  ['word', /^[A-Za-z_ ]+$/],
  ['sign', /^[^\w\s]+$/],
  ['otherPiece', /^/],
];

const nodeKinds: readonly (readonly [name: string, type: RegExp])[] = [
  ['error', /^ERROR$/],
  ['typeName', /type_identifier|predefined_type|primitive|integral_type|void_type|boolean_type/],
  ['propertyName', /property_identifier|field_identifier|shorthand_property/],
  ['name', /identifier$|^name$/],
  ['stringContent', /fragment|string_content|string_literal_content|escape|chars/],
  ['string', /string|template|char_literal|character/],
  ['number', /number|integer|float|int_literal|real_literal|decimal/],
  ['constant', /^(true|false|null|none|nil|undefined|this|self|super|boolean_literal|null_literal|this_expression)$/i],
  ['comment', /comment/],
  ['arguments', /^(arguments|argument_list|type_arguments|type_argument_list|bracketed_argument_list)$/],
  ['argument', /^(argument|keyword_argument|pair|keyed_element|literal_element|property_signature)$/],
  ['parameters', /parameter/],
  ['call', /call|invocation|creation|new_expression|await|method_reference/],
  ['member', /member|attribute|field_access|selector|subscript|element_access|scoped|qualified|index_expression/],
  [
    'operation',
    /binary|unary|comparison|boolean_operator|not_operator|ternary|conditional_e|update|is_pattern|augmented/,
  ],
  ['assigned', /assignment|declarator|initializer|equals_value|var_spec|short_var/],
  ['collection', /object|array|list|tuple|dictionary|set|composite|literal_value/],
  ['function', /arrow_function|lambda|function_expression|func_literal|anonymous/],
  ['type', /type|generic|annotation/],
  ['parenthesized', /parenthesized/],
  ['declaration', /declaration|definition|specifier|import|export|package|using/],
  ['statement', /statement|clause|block|body|case/],
  ['markup', /jsx/],
  ['otherNode', /^/],
];

const kindOf = { piece: new Map<string, number>(), node: new Map<string, number>() };

/** The number of a part's kind. */
export function kindNumber({ kind, type }: Pick<AlignedNode, 'kind' | 'type'>): number {
  const known = kindOf[kind];
  let number = known.get(type);
  if (number === undefined) {
    number =
      kind === 'piece'
        ? pieceKinds.findIndex(([, text]) => text.test(type))
        : pieceKinds.length + nodeKinds.findIndex(([, pattern]) => pattern.test(type));
    if (known.size < 5_000) known.set(type, number);
  }
  return number;
}
