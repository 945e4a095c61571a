// The structure of a fragment by its brackets: elements parted by commas, semicolons and line ends, with groups inside.
// A side of a conflict is seldom a whole construct, so a grammar would see errors where brackets still tell what belongs
// together. An outline is total: its text is the text it was made from.

/** A word, or a bracketed group of elements. */
export type OutlineNode = Leaf | Group;

export interface Leaf {
  readonly kind: 'leaf';
  /** Without white space. */
  readonly word: string;
  /** The white space behind it. */
  readonly space: string;
}

export interface Group {
  readonly kind: 'group';
  readonly open: Leaf;
  readonly elements: readonly Element[];
  /** Its text without white space, elements parted by it. */
  readonly key: string;
  /** Undefined where the fragment ends before the bracket is closed. */
  readonly close: Leaf | undefined;
}

/** A statement, a member, an argument: what stands between two separators. */
export interface Element {
  readonly nodes: readonly OutlineNode[];
  /** The text of its nodes without white space: equal elements have equal keys. */
  readonly key: string;
  /** A comma or a semicolon; empty where a line end or a bracket ends the element. */
  readonly separator: string;
  /** The white space behind it. */
  readonly space: string;
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Deeper brackets are words: a hostile text nests deeper than the call stack. */
const DEEPEST = 60;

/** @param words non-white tokens, each with the white space behind it */
export function outlineOf(words: readonly string[]): Element[] {
  let at = 0;
  return elements(undefined, 0);

  function elements(opener: string | undefined, depth: number): Element[] {
    const found: Element[] = [];
    let nodes: OutlineNode[] = [];
    const finish = (separator: string, space: string): void => {
      if (nodes.length === 0 && separator === '') return;
      found.push({ nodes, key: keyOfNodes(nodes), separator, space });
      nodes = [];
    };
    const endsAtLine = opener === undefined || opener === '{';
    while (at < words.length) {
      const leaf = leafOf(words[at]!);
      const { word } = leaf;
      if (opener !== undefined && word === closers[opener]) break;
      // A bracket that was opened above the fragment ends a list that began there.
      if (opener === undefined && (word === ')' || word === ']' || word === '}')) finish('', '');
      at++;
      if (word === ',' || word === ';') {
        finish(word, leaf.space);
        continue;
      }
      if (Object.hasOwn(closers, word) && depth < DEEPEST) {
        const inside = elements(word, depth + 1);
        const close = at < words.length ? leafOf(words[at++]!) : undefined;
        nodes.push(groupOf(leaf, inside, close));
      } else {
        nodes.push(leaf);
      }
      const space = trailingSpace(nodes.at(-1)!);
      const next = words[at];
      if (endsAtLine && space.includes('\n') && (next === undefined || !/^[,;]/.test(next))) finish('', '');
    }
    finish('', '');
    return found.map(moveSpaceOut);
  }
}

export function textOfElements(elements: readonly Element[]): string {
  return elements.map(({ nodes, separator, space }) => nodes.map(textOfNode).join('') + separator + space).join('');
}

function textOfNode(node: OutlineNode): string {
  if (node.kind === 'leaf') return node.word + node.space;
  const { open, elements, close } = node;
  return open.word + open.space + textOfElements(elements) + (close === undefined ? '' : close.word + close.space);
}

export function groupOf(open: Leaf, elements: readonly Element[], close: Leaf | undefined): Group {
  const inside = elements.map(({ key, separator }) => key + separator).join(' ');
  return { kind: 'group', open, elements, close, key: `${open.word} ${inside} ${close?.word ?? ''}` };
}

export function keyOfNodes(nodes: readonly OutlineNode[]): string {
  return nodes.map(keyOfNode).join(' ');
}

export function keyOfNode(node: OutlineNode): string {
  return node.kind === 'leaf' ? node.word : node.key;
}

function leafOf(word: string): Leaf {
  const text = word.trimEnd();
  return { kind: 'leaf', word: text, space: word.slice(text.length) };
}

function trailingSpace(node: OutlineNode): string {
  if (node.kind === 'leaf') return node.space;
  if (node.close !== undefined) return node.close.space;
  return '';
}

/** White space at the end of an element is the element's own, so that another may be put in front of it. */
function moveSpaceOut(element: Element): Element {
  const last = element.nodes.at(-1);
  if (last === undefined || element.separator !== '') return element;
  const space = trailingSpace(last);
  if (space === '') return element;
  return { ...element, nodes: [...element.nodes.slice(0, -1), withoutTrailingSpace(last)], space };
}

function withoutTrailingSpace(node: OutlineNode): OutlineNode {
  if (node.kind === 'leaf') return { ...node, space: '' };
  return node.close === undefined ? node : { ...node, close: { ...node.close, space: '' } };
}

export function isSame(left: Element, right: Element): boolean {
  return left === right || left.key === right.key;
}

export function isSameNode(left: OutlineNode, right: OutlineNode): boolean {
  return left.kind === right.kind && keyOfNode(left) === keyOfNode(right);
}
