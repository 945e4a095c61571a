// The one file that knows the tree-sitter binding: loads the runtime and the grammars on first use, and parses with a
// bound on time. It leaves the keeping of trees to trees.ts.

import { join } from 'node:path';
import { Language, Parser, Edit, Query, type Node, type Tree } from 'web-tree-sitter';
import type { OffsetRange } from '../common/range.js';
import type { TextEdit } from './edit.js';
import type { SyntaxOptions } from './types.js';

export type { Node, Tree };

/** The event loop is given back after about this many milliseconds of parsing. */
const SLICE_MS = 10;

/**
 * Steps of the parser, after each of which it can be stopped, in a millisecond: about ten in a text with errors, more in one
 * without. Slices are counted in steps, since a parse that is stopped may find another way out of an error than in one go:
 * by the clock, the tree would depend on how busy the machine is.
 */
const STEPS_IN_MS = 10;

/** A text that takes longer than this, all slices together, is not parsed: it is generated, or made to hurt. */
const LONGEST_PARSE_MS = 400;

export interface Grammars {
  /** Loads a grammar once; undefined when its file is missing or does not fit the runtime. */
  load(grammar: string): Promise<Language | undefined>;
  /**
   * Parses a text in short slices, so that the thread can answer others in between.
   * @param previous a tree of an earlier text, already edited to match; it stays the caller's
   * @returns undefined when the bound on time is reached
   */
  parse(language: Language, text: string, previous?: Tree): Promise<Tree | undefined>;
}

export type { Language };

export function createGrammars(
  folder: string,
  { longestParseMs = LONGEST_PARSE_MS, sliceMs = SLICE_MS }: Pick<SyntaxOptions, 'longestParseMs' | 'sliceMs'> = {},
): Grammars {
  const languages = new Map<string, Promise<Language | undefined>>();
  let runtime: Promise<void> | undefined;
  const load = async (grammar: string): Promise<Language | undefined> => {
    try {
      runtime ??= Parser.init({ locateFile: (file: string) => join(folder, file) });
      await runtime;
      return await Language.load(join(folder, grammar));
    } catch {
      return undefined;
    }
  };
  return {
    load(grammar) {
      let language = languages.get(grammar);
      if (language === undefined) languages.set(grammar, (language = load(grammar)));
      return language;
    },
    parse: (language, text, previous) => parseInSlices(language, text, previous, longestParseMs, sliceMs),
  };
}

async function parseInSlices(
  language: Language,
  text: string,
  previous: Tree | undefined,
  longestMs: number,
  sliceMs: number,
): Promise<Tree | undefined> {
  const parser = new Parser();
  try {
    parser.setLanguage(language);
    let left = longestMs;
    while (left > 0) {
      const sliceStart = performance.now();
      let steps = sliceMs * STEPS_IN_MS;
      const isSliceOver = (): boolean => --steps < 0 || performance.now() - sliceStart > left;
      // A stopped parse goes on where it stopped when it is asked for again with the same text.
      const tree = parser.parse(text, previous, { progressCallback: isSliceOver });
      if (tree !== null) return tree;
      left -= performance.now() - sliceStart;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    return undefined;
  } finally {
    parser.delete();
  }
}

/** Tells a tree of an old text what changed, so that parsing the new text reuses what did not. */
export function applyEdit(tree: Tree, edit: TextEdit): void {
  tree.edit(new Edit(edit));
}

/** Queries are compiled once for each grammar. */
const queries = new WeakMap<Language, Map<string, Query>>();

/** What a query finds in a tree within a range, as lists of named nodes. */
export function matchesOf(
  tree: Tree,
  source: string,
  { start, end }: OffsetRange,
): readonly (readonly { readonly name: string; readonly node: Node }[])[] {
  const known = queries.get(tree.language) ?? new Map<string, Query>();
  queries.set(tree.language, known);
  const query = known.get(source) ?? new Query(tree.language, source);
  known.set(source, query);
  return query.matches(tree.rootNode, { startIndex: start, endIndex: end }).map(({ captures }) => captures);
}
