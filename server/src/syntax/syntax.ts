// Parsers of all languages, with the last tree of each document kept, so that a keystroke parses only what it changed.

import { LRUCache } from 'lru-cache';
import { languageOf } from '../languages/index.js';
import { applyEdit, createGrammars, type Tree } from './grammars.js';
import { findEdit } from './edit.js';
import { viewOfTree } from './node.js';
import type { OwnedSyntax, SyntaxOptions, SyntaxTree } from './types.js';

/** UTF-16 code units; longer texts are not parsed. */
const MAXIMUM_LENGTH = 1_000_000;

/** Documents whose last tree is kept. A tree takes about ten times its text. */
const KEPT_TREES = 16;

interface Kept {
  readonly languageId: string;
  readonly text: string;
  readonly tree: Tree;
}

/** Grammars are loaded from `grammarFolder` when a text first needs them; a missing one means no trees, no error. */
export function createSyntax(options: SyntaxOptions): OwnedSyntax {
  const grammars = createGrammars(options.grammarFolder, options);
  /** Files of grammars that could not be loaded. */
  const missing = new Set<string>();
  let liveTrees = 0;
  const release = (tree: Tree): void => {
    tree.delete();
    liveTrees--;
  };
  const kept = new LRUCache<string, Kept>({ max: KEPT_TREES, dispose: ({ tree }) => release(tree) });

  const parse = async (languageId: string, text: string, key?: string): Promise<SyntaxTree | undefined> => {
    const grammar = languageOf(languageId)?.grammar;
    if (grammar === undefined || text.length > MAXIMUM_LENGTH) return undefined;
    const language = await grammars.load(grammar.file);
    if (language === undefined) {
      missing.add(grammar.file);
      return undefined;
    }
    const last = key === undefined ? undefined : kept.get(key);
    const previous = last?.languageId === languageId ? last : undefined;
    // A copy shares its nodes with the original, so it costs little, and an edited one leaves the kept tree as it is.
    const base = previous?.tree.copy();
    let tree: Tree | undefined;
    try {
      const edit = previous && findEdit(previous.text, text);
      if (base !== undefined && edit === undefined) {
        tree = base.copy();
      } else {
        if (base !== undefined && edit !== undefined) applyEdit(base, edit);
        tree = await grammars.parse(language, text, base);
      }
    } catch {
      return undefined;
    } finally {
      base?.delete();
    }
    if (tree === undefined) return undefined;
    liveTrees++;
    if (key !== undefined) {
      liveTrees++;
      kept.set(key, { languageId, text, tree: tree.copy() });
    }
    return viewOfTree(languageId, text, tree, () => liveTrees--);
  };

  return {
    supports: (languageId) => languageOf(languageId)?.program !== undefined,
    parses(languageId) {
      const grammar = languageOf(languageId)?.grammar;
      return grammar !== undefined && !missing.has(grammar.file);
    },
    parse,
    forget: (key) => void kept.delete(key),
    dispose: () => kept.clear(),
    get liveTrees() {
      return liveTrees;
    },
  };
}
