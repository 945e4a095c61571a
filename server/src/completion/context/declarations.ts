// What a file declares, by name, as short as it can be told: the signature, the first line of its comment, and of types
// the signatures of their members. Bodies stay out: what is called is what matters, not how it works.

import { languageOf, type DeclarationNodes, type Program } from '../../languages/index.js';
import type { SyntaxNode, SyntaxTree } from '../../syntax/index.js';

export interface Declaration {
  readonly name: string;
  /** Signature and first comment line, without what it holds. */
  readonly head: string;
  /** Signatures of members, in order; empty for what is no type. */
  readonly members: readonly string[];
  /** Lines of the file, half open. */
  readonly start: number;
  readonly end: number;
}

const LONGEST_HEAD = 200;
const LONGEST_MEMBER = 140;

/** UTF-16 units of a line of a comment that are looked at. */
const LONGEST_COMMENT = 1000;
const MOST_MEMBERS = 60;
/** Declarations of one file; more are data. */
const MOST_DECLARATIONS = 200;

export function declarationsOf(tree: SyntaxTree): readonly Declaration[] {
  const program = languageOf(tree.languageId)?.program;
  if (program === undefined) return [];
  const nodes = program.declarations;
  const declarations: Declaration[] = [];
  const lineOf = lineCounter(tree.text);
  const visit = (siblings: readonly SyntaxNode[]): void => {
    for (const [at, node] of siblings.entries()) {
      if (declarations.length >= MOST_DECLARATIONS) return;
      if (nodes.lists.has(node.type) || (nodes.wrappers.has(node.type) && !declares(node, nodes))) {
        visit(node.children.flatMap((child) => (nodes.lists.has(child.type) ? child.children : child)));
        continue;
      }
      const inner = unwrapped(node, nodes);
      if (!isDeclaration(inner.type, nodes)) continue;
      const name = nameOf(inner, nodes, tree.text);
      if (name === undefined) continue;
      const comment = commentBefore(siblings, at, program, tree.text) ?? docstringOf(inner, program, tree.text);
      const head = signatureOf(node, inner, program, tree.text, LONGEST_HEAD);
      declarations.push({
        name,
        head: comment === undefined ? head : `${comment}\n${head}`,
        members: nodes.types.has(inner.type) ? membersOf(inner, program, tree.text) : [],
        start: lineOf(node.range.start),
        end: lineOf(node.range.end) + 1,
      });
    }
  };
  visit(tree.root.children.filter(({ named }) => named));
  return declarations;
}

/** Whether a wrapper holds one declaration, such as an exported class, and not a list of them. */
function declares(node: SyntaxNode, nodes: DeclarationNodes): boolean {
  return node.children.some(({ type }) => isDeclaration(type, nodes));
}

function unwrapped(node: SyntaxNode, nodes: DeclarationNodes): SyntaxNode {
  if (!nodes.wrappers.has(node.type) && !nodes.lists.has(node.type)) return node;
  return node.children.find(({ type }) => isDeclaration(type, nodes)) ?? node;
}

function isDeclaration(type: string, { types, others }: DeclarationNodes): boolean {
  return types.has(type) || others.has(type);
}

function nameOf(node: SyntaxNode, nodes: DeclarationNodes, text: string): string | undefined {
  const isLast = nodes.namedLast?.has(node.type) === true;
  const children = isLast ? node.children.toReversed() : node.children;
  const within = children.find(({ type }) => nodes.namedWithin.has(type) || nodes.names.has(type));
  const first = isLast ? within : (children.find(({ type }) => nodes.namedWithin.has(type)) ?? within);
  if (first === undefined) return undefined;
  if (nodes.namedWithin.has(first.type)) return nameOf(first, nodes, text);
  return text.slice(first.range.start, first.range.end);
}

/** The text up to the body, in one line. */
function signatureOf(outer: SyntaxNode, node: SyntaxNode, program: Program, text: string, most: number): string {
  const body = bodyOf(node, program);
  const end = body?.range.start ?? node.range.end;
  // A text without body ends with its line: the rest is a value.
  const whole = text.slice(outer.range.start, end);
  const cut = body === undefined && node.type !== 'type_alias_declaration' ? firstLine(whole) : whole;
  return oneLine(cut).slice(0, most);
}

function bodyOf(node: SyntaxNode, program: Program): SyntaxNode | undefined {
  const { bodies, bodyWithin } = program.declarations;
  for (const child of node.children.filter(({ named }) => named)) {
    if (
      bodyWithin?.has(child.type) === true ||
      /^(variable_declarator|arrow_function|function_expression)$/.test(child.type)
    ) {
      const inner = bodyOf(child, program);
      if (inner !== undefined) return inner;
    } else if (program.blocks.has(child.type) || bodies.has(child.type)) return child;
  }
  return undefined;
}

function membersOf(type: SyntaxNode, program: Program, text: string): readonly string[] {
  const { bodies, bodyWithin, notMembers } = program.declarations;
  const holder = type.children.find((child) => bodies.has(child.type) || bodyWithin?.has(child.type) === true);
  // What a struct holds lies one deeper.
  const body = holder && bodyWithin?.has(holder.type) === true ? bodyOf(holder, program) : holder;
  const members: string[] = [];
  for (const member of body?.children ?? []) {
    if (!member.named || program.comments.has(member.type) || notMembers?.has(member.type) === true) continue;
    const inner = unwrapped(member, program.declarations);
    const line = signatureOf(inner, inner, program, text, LONGEST_MEMBER);
    if (line !== '' && !/^["']/.test(line)) members.push(line);
    if (members.length === MOST_MEMBERS) break;
  }
  return members;
}

/** The first line of the comment in front of a declaration. */
function commentBefore(
  siblings: readonly SyntaxNode[],
  at: number,
  program: Program,
  text: string,
): string | undefined {
  const { between, commentsRun } = program.declarations;
  let last = at - 1;
  while (last >= 0 && between?.has(siblings[last]!.type) === true) last--;
  let node = siblings[last];
  if (node === undefined || !program.comments.has(node.type)) return undefined;
  if (commentsRun === true) {
    for (
      let before = siblings[--last];
      before !== undefined && isAbove(before, node, text);
      before = siblings[--last]
    ) {
      if (!program.comments.has(before.type)) break;
      node = before;
    }
  }
  const line = text
    .slice(node.range.start, node.range.end)
    .split('\n')
    .map((one) => one.slice(0, LONGEST_COMMENT).replace(/^(?:[\s/*#!]|--)+|[\s*/]+$/g, ''))
    .find((one) => one !== '');
  return line === undefined ? undefined : `${program.lineComment} ${line.slice(0, LONGEST_MEMBER)}`;
}

/** Whether a node ends on the line in front of the one on which another begins. */
function isAbove(before: SyntaxNode, node: SyntaxNode, text: string): boolean {
  return /^[^\S\n]*\n?[^\S\n]*$/.test(text.slice(before.range.end, node.range.start));
}

/** The first line of a Python function's or class's string. */
function docstringOf(node: SyntaxNode, program: Program, text: string): string | undefined {
  if (program.blockStyle !== 'colon') return undefined;
  const first = bodyOf(node, program)?.children.find(({ named }) => named);
  const string = first?.children.find(({ type }) => program.strings.has(type));
  if (string === undefined) return undefined;
  const end = Math.min(string.range.end, string.range.start + LONGEST_COMMENT);
  const line = firstLine(text.slice(string.range.start, end).replace(/^[rRuU]*["']+\s*/, ''));
  return `${program.lineComment} ${line.replace(/["']+$/, '').slice(0, LONGEST_MEMBER)}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function lineCounter(text: string): (offset: number) => number {
  let [at, line] = [0, 0];
  return (offset) => {
    if (offset < at) [at, line] = [0, 0];
    for (; at < offset; at++) if (text.charCodeAt(at) === 10) line++;
    return line;
  };
}
