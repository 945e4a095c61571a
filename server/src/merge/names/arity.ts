// How many arguments a function takes, and with how many it is called, by the nodes of all grammars together. What cannot be
// counted for certain is undefined: a decorator may take any arguments, and a spread argument stands for any number.

import type { SyntaxNode, SyntaxTree } from '../../syntax/index.js';

export interface Arity {
  readonly required: number;
  /** Infinity where it takes any number. */
  readonly total: number;
  /** Whether the object itself is a first parameter that calls by a path name as well, as in Rust. */
  readonly takesSelf: boolean;
}

const ignored = nodes(
  'keyword_separator positional_separator block_parameter attribute_list attribute_item parameter_modifiers annotation marker_annotation receiver_parameter hash_splat_nil decorator',
);

const rest = nodes(
  'rest_pattern list_splat_pattern dictionary_splat_pattern splat_parameter hash_splat_parameter forward_parameter variadic_parameter spread_parameter variadic_parameter_declaration variadic_declarator ...',
);

/** Arguments that stand for any number of them, or that may be parts of one. */
const spread = nodes(
  'spread_element list_splat dictionary_splat variadic_argument variadic_unpacking variadic_placeholder splat_argument hash_splat_argument forward_argument parameter_pack_expansion pair ERROR ...',
);

export function arityOf(
  { text, languageId }: SyntaxTree,
  list: SyntaxNode | undefined,
  { outer, isMember }: { readonly outer: SyntaxNode; readonly isMember: boolean },
): Arity | undefined {
  if (list === undefined) return { required: 0, total: 0, takesSelf: false };
  if (list.hasError) return undefined;
  const written = text.slice(list.range.start, list.range.end);
  const isC = languageId === 'c' || languageId === 'cpp';
  if (isC && /^\(\s*void\s*\)$/.test(written)) return { required: 0, total: 0, takesSelf: false };
  // In C, nothing between the brackets says nothing.
  if (languageId === 'c' && /^\(\s*\)$/.test(written)) return undefined;
  if (languageId === 'csharp' && /\b(?:params|this)\b/.test(written)) return undefined;
  const decorators = decoratorsOf(outer, text);
  if (decorators.some((each) => !/^@(?:static|class)method$/.test(each))) return undefined;

  let [required, optional, takesSelf, isAny, isValue] = [0, 0, false, false, false];
  let isFirstBound = languageId === 'python' && isMember && !decorators.includes('@staticmethod');
  let wasRest = false;
  for (const node of list.children) {
    if (node.type === '...') isAny = true;
    // In Kotlin the value of a parameter stands beside it.
    if (node.type === '=') [required, optional, isValue] = [required - 1, optional + 1, true];
    if (/^parameter_modifiers$/.test(node.type) && /\bvararg\b/.test(textOf(node, text))) wasRest = true;
    if (!node.named || /comment/.test(node.type) || ignored.has(node.type)) continue;
    if (isValue) {
      isValue = false;
      continue;
    }
    if (node.type === 'self_parameter' || /^this\b/.test(textOf(node, text))) {
      takesSelf = node.type === 'self_parameter';
      continue;
    }
    if (isFirstBound) {
      isFirstBound = false;
      continue;
    }
    if (wasRest || rest.has(node.type) || node.children.some(({ type }) => rest.has(type))) {
      [isAny, wasRest] = [true, false];
    } else if (isOptional(node)) optional++;
    else required += countOf(node);
  }
  return { required, total: isAny ? Infinity : required + optional, takesSelf };
}

/** @returns undefined where it cannot be counted */
export function argumentCount(list: SyntaxNode): number | undefined {
  if (list.hasError) return undefined;
  let count = 0;
  for (const node of list.children) {
    if (spread.has(node.type) || node.children.some(({ type }) => spread.has(type) || type === '*')) return undefined;
    if (node.named && !/comment/.test(node.type) && node.type !== 'block_argument') count++;
  }
  // Kotlin's last function may stand behind the brackets.
  return count + (list.parent?.children.filter(({ type }) => type === 'annotated_lambda').length ?? 0);
}

export function fits({ required, total }: Arity, count: number): boolean {
  return count >= required && count <= total;
}

function isOptional({ type, children }: SyntaxNode): boolean {
  if (type === 'optional_parameter') return true;
  if (type === 'keyword_parameter') return children.filter(({ named }) => named).length > 1;
  return children.some((child) => child.type === '=');
}

/** In Go several parameters of one type are one node. */
function countOf({ type, children }: SyntaxNode): number {
  if (type !== 'parameter_declaration') return 1;
  return Math.max(1, children.filter((child) => child.type === ',').length + 1);
}

function decoratorsOf(outer: SyntaxNode, text: string): string[] {
  const { parent } = outer;
  if (parent?.type !== 'decorated_definition') return [];
  return parent.children.filter(({ type }) => type === 'decorator').map((node) => textOf(node, text).trim());
}

function textOf({ range }: SyntaxNode, text: string): string {
  return text.slice(range.start, range.end);
}

function nodes(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}
