import type { OffsetRange } from '../common/range.js';

/** A node of a syntax tree as the other rooms see it; valid until its tree is deleted. */
export interface SyntaxNode {
  /** The same in two trees where the one was parsed from the other and the node, with all below it, was taken over. */
  readonly id: number;
  readonly type: string;
  readonly named: boolean;
  readonly range: OffsetRange;
  readonly hasError: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  readonly parent: SyntaxNode | undefined;
  readonly children: readonly SyntaxNode[];
}

export interface SyntaxTree {
  readonly languageId: string;
  readonly text: string;
  readonly root: SyntaxNode;
  /** The smallest node that holds the range. */
  nodeAt(range: OffsetRange): SyntaxNode;
  /** Number of error and missing nodes that touch the range. */
  countErrors(range?: OffsetRange): number;
  /**
   * What a query finds, each time the nodes by the names under which it holds them, in the order of the text.
   * @param range what a find has to touch; the whole text without it
   * @throws where the query does not fit the grammar
   */
  find(query: string, range?: OffsetRange): readonly ReadonlyMap<string, SyntaxNode>[];
  delete(): void;
}

/** Parsers of all languages that have a grammar; parsing never throws on bad input. */
export interface Syntax {
  /** Whether the language is a programming language with a grammar; completions in others go without a tree. */
  supports(languageId: string): boolean;
  /** Whether the language has a grammar at all, be it one of data; false once that could not be loaded. */
  parses(languageId: string): boolean;
  /**
   * Parses a text, reusing the last tree kept under `key` (an edit is found by comparing the texts).
   * Undefined where the language has no grammar, the text is too long, or the grammar failed to load.
   */
  parse(languageId: string, text: string, key?: string): Promise<SyntaxTree | undefined>;
  /** Forgets the tree kept under a key. */
  forget(key: string): void;
}

/** What the one who made the parsers has besides. */
export interface OwnedSyntax extends Syntax {
  /** Forgets all kept trees. */
  dispose(): void;
  /** Trees given out or kept that are not deleted yet. */
  readonly liveTrees: number;
}

export interface SyntaxOptions {
  /** The folder that holds web-tree-sitter.wasm and the grammars' wasm files. */
  readonly grammarFolder: string;
  /** Milliseconds after which a text is given up; by default what an editor can bear. */
  readonly longestParseMs?: number;
  /** About so many milliseconds of parsing later the event loop is given back; by default what nobody feels. */
  readonly sliceMs?: number;
}
