// What a file defines, found by its tree: each name with its kind and its scope, and what its functions take. The trees are
// read once for each version of a file and then forgotten.

import { languageOf, type NameNodes } from '../../languages/index.js';
import type { OffsetRange } from '../../common/range.js';
import type { Syntax, SyntaxNode, SyntaxTree } from '../../syntax/index.js';
import type { WholeText } from '../types.js';
import { LONGEST_FILE } from './changedLines.js';
import { arityOf, type Arity } from './arity.js';
import { occurrencesOf } from './occurrences.js';

type NameKind = 'function' | 'type' | 'variable' | 'parameter' | 'import' | 'member';

export interface Definition {
  readonly name: string;
  readonly kind: NameKind;
  /** Where the name stands. */
  readonly at: number;
  /** The whole definition, or the name alone where the query does not say. */
  readonly range: OffsetRange;
  /** Where the name is known. */
  readonly scope: OffsetRange;
  /** Of functions and methods: what they take; undefined where that is not certain. */
  readonly arity: Arity | undefined;
  readonly isFunction: boolean;
}

/** By name. */
export type FileNames = ReadonlyMap<string, readonly Definition[]>;

const kinds: readonly NameKind[] = ['function', 'type', 'variable', 'parameter', 'import', 'member'];

const known = new WeakMap<WholeText, Map<string, readonly Definition[]>>();

/**
 * The definitions of some names; undefined where the language has no tree, or the file is too long. What was found of a
 * version of a file is kept.
 */
export async function namesOfFile(
  file: WholeText,
  wanted: readonly string[],
  languageId: string,
  syntax: Syntax,
): Promise<FileNames | undefined> {
  if (file.text.length > LONGEST_FILE) return undefined;
  const found = known.get(file) ?? new Map<string, readonly Definition[]>();
  known.set(file, found);
  const missing = wanted.filter((name) => !found.has(name));
  if (missing.every((name) => !file.text.includes(name))) return found;
  const tree = await syntax.parse(languageId, file.text);
  if (tree === undefined) return undefined;
  try {
    for (const [name, definitions] of namesIn(tree, missing)) found.set(name, definitions);
  } finally {
    tree.delete();
  }
  return found;
}

/** The definitions of some names in a tree. */
export function namesIn(tree: SyntaxTree, wanted: readonly string[]): FileNames {
  const names = new Map<string, Definition[]>();
  const nodes = languageOf(tree.languageId)?.program?.names;
  if (nodes === undefined) return names;
  for (const name of wanted) {
    const definitions = occurrencesOf(name, tree.text).flatMap((at) => definitionAt(tree, nodes, name, at) ?? []);
    if (definitions.length > 0) names.set(name, definitions);
  }
  return names;
}

/** A function that is held by a variable is found as both; it is a function. */
function definitionAt(tree: SyntaxTree, nodes: NameNodes, name: string, at: number): Definition | undefined {
  const all = tree.find(nodes.definitions, { start: at, end: at + name.length }).flatMap((found) => {
    const kind = kinds.find((each) => found.get(each)?.range.start === at);
    const isWhole = kind !== undefined && found.get(kind)!.range.end === at + name.length;
    return isWhole ? (definitionOf(tree, nodes, kind, name, found) ?? []) : [];
  });
  return all.find(({ isFunction }) => isFunction) ?? all[0];
}

function definitionOf(
  tree: SyntaxTree,
  { scopes, typeScopes }: NameNodes,
  kind: NameKind,
  name: string,
  found: ReadonlyMap<string, SyntaxNode>,
): Definition | undefined {
  const node = found.get(kind)!;
  const outer = found.get('outer') ?? declaratorOf(node, kind);
  let scope = outer.parent;
  while (scope?.parent !== undefined && !scopes.has(scope.type)) scope = scope.parent;
  const isWhole = scope?.parent === undefined;
  // A parameter of a function without a body is known nowhere.
  if (kind === 'parameter' && isWhole) return undefined;
  const isMember = !isWhole && typeScopes.has(scope!.type) && (kind === 'function' || kind === 'variable');
  const parameters = found.get('parameters');
  return {
    name,
    kind: isMember ? 'member' : kind,
    at: node.range.start,
    range: outer.range,
    scope: isWhole ? { start: 0, end: tree.text.length } : scope!.range,
    arity: arityOf(tree, parameters, { outer, isMember: isMember && typeScopes.has(scope!.type) }),
    isFunction: parameters !== undefined || found.has('nullary'),
  };
}

/** The definition of a function around its name, where declarators stand between, as in C. */
function declaratorOf(node: SyntaxNode, kind: NameKind): SyntaxNode {
  if (kind !== 'function' && kind !== 'member') return node;
  let outer = node;
  for (let { parent } = node; parent !== undefined; { parent } = parent) {
    if (!/declarator$|^qualified_identifier$|^function_definition$/.test(parent.type)) break;
    outer = parent;
    if (parent.type === 'function_definition') break;
  }
  return outer;
}
