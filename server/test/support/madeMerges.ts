// Merges made of one text: two commits, each of which edits something else, so close together that git leaves a conflict.
// What has to come out is known: the text with both edits.

import type { SyntaxNode, SyntaxTree } from '../../src/syntax/index.js';
import type { Random } from '../../src/common/random.js';

export interface MadeMerge {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly merged: string;
  /** What each side did, for the message of a test that fails. */
  readonly edits: string;
}

interface MadeEdit {
  readonly what: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** All that the edit speaks of: no other edit may be in it. */
  readonly from: number;
  readonly until: number;
}

/** Lines between two edits that git still takes for one conflict. */
const NEAR = 2;

const names = ['alpha', 'bravo', 'carol', 'delta', 'echo', 'fargo', 'golf', 'hotel'];

/** Undefined where no two edits of the text are near each other. */
export function makeMerge(tree: SyntaxTree, random: Random): MadeMerge | undefined {
  const edits = editsOf(tree, random);
  for (let attempt = 0; attempt < 40 && edits.length > 1; attempt++) {
    const one = edits[random.below(edits.length)]!;
    const near = edits.filter((edit) => areApart(one, edit) && linesBetween(tree.text, one, edit) < NEAR);
    const other = near[random.below(Math.max(1, near.length))];
    if (other === undefined) continue;
    return {
      base: tree.text,
      ours: applied(tree.text, [one]),
      theirs: applied(tree.text, [other]),
      merged: applied(tree.text, [one, other]),
      edits: `${one.what}; ${other.what}`,
    };
  }
  return undefined;
}

function areApart(one: MadeEdit, other: MadeEdit): boolean {
  return one.until < other.from || other.until < one.from;
}

function linesBetween(text: string, one: MadeEdit, other: MadeEdit): number {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  return text.slice(first.end, second.start).split('\n').length - 1;
}

function applied(text: string, edits: readonly MadeEdit[]): string {
  return [...edits]
    .sort((left, right) => right.start - left.start)
    .reduce((edited, { start, end, text: put }) => edited.slice(0, start) + put + edited.slice(end), text);
}

function editsOf(tree: SyntaxTree, random: Random): MadeEdit[] {
  const found: MadeEdit[] = [];
  const fresh = (): string => `${names[random.below(names.length)]!}${random.below(900) + 100}`;
  const visit = (node: SyntaxNode): void => {
    if (node.hasError) return;
    found.push(...editsOfNode(node, tree.text, fresh));
    for (const child of node.children) visit(child);
  };
  visit(tree.root);
  return found;
}

const numbers =
  /^(number|integer|integer_literal|decimal_integer_literal|int_literal|number_literal|float|number_value)$/;
const texts =
  /^(string_fragment|string_content|string_literal_content|interpreted_string_literal_content|string_value)$/;
const lists = /^(arguments|argument_list|value_arguments|array|list|array_expression|array_creation_expression)$/;

function editsOfNode(node: SyntaxNode, text: string, fresh: () => string): MadeEdit[] {
  const { start, end } = node.range;
  const own = text.slice(start, end);
  const around = { start, end, from: start, until: end };
  const found: MadeEdit[] = [];
  if (numbers.test(node.type) && /^\d+$/.test(own)) {
    found.push({ ...around, text: String(Number(own) + 100 + own.length), what: `the number ${own}` });
  }
  if (texts.test(node.type) && /^[\w ,.-]{3,}$/.test(own)) {
    found.push({ ...around, text: fresh(), what: `the text ${own}` });
  }
  const last = node.children.findLast(({ named }) => named);
  if (lists.test(node.type) && last !== undefined && /[)\]]$/.test(own)) {
    // Behind the last entry; where it ends in a comma, it is left alone.
    const { end: at } = last.range;
    if (/^\s*[)\]]$/.test(text.slice(at, end))) {
      const from = last.range.start;
      found.push({ start: at, end: at, from, until: end, text: `, ${fresh()}`, what: `an entry behind ${own}` });
    }
  }
  if (isStatement(node, text)) {
    const line = lineOf(text, node);
    found.push({ start: line.start, end: line.end, from: line.start, until: line.end, text: '', what: `less ${own}` });
    const call = /^[\w.]+\([^()\n]*\);?$/.test(own);
    if (call) {
      const copy = text.slice(line.start, line.end).replace(/\w+(?=\()/, fresh());
      const { end: at } = line;
      // What stands behind belongs to the place too: nobody can say whose addition comes first.
      found.push({ start: at, end: at, from: line.end - 1, until: at + 1, text: copy, what: `one more ${own}` });
    }
  }
  return found;
}

/** A statement, a member or an entry that has its lines for itself, with a neighbour on either side. */
function isStatement(node: SyntaxNode, text: string): boolean {
  if (!/(statement|declaration|assignment|call|import|field|pair)/.test(node.type) || !node.named) return false;
  const siblings = node.parent?.children.filter(({ named }) => named) ?? [];
  if (siblings.length < 3) return false;
  const line = lineOf(text, node);
  return (
    /^\s*$/.test(text.slice(line.start, node.range.start)) && /^[;,]?\s*$/.test(text.slice(node.range.end, line.end))
  );
}

function lineOf(text: string, { range }: SyntaxNode): { readonly start: number; readonly end: number } {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const end = text.indexOf('\n', range.end);
  return { start, end: end === -1 ? text.length : end + 1 };
}
