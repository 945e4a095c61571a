// Whether a text in a conflict's place adds syntax errors. What stands around a conflict is often cut off, and the file
// may hold other conflicts, so errors are counted and compared with those that the sides themselves leave.

import type { Syntax } from '../../syntax/index.js';
import type { ConflictTexts } from '../types.js';

/** What stands in front of the conflict and behind it. */
export interface Surrounding {
  readonly before: string;
  readonly after: string;
}

/** Undefined where it took too long to find out. */
export interface SyntaxLook {
  /** Whether the text leaves no more errors than a side does. */
  readonly parses: boolean | undefined;
  /** Whether it leaves more errors than the better side does. */
  readonly addsErrors: boolean | undefined;
}

export interface SyntaxCheck {
  /** Whether each side leaves no more errors than the other. */
  readonly sides: { readonly ours: boolean; readonly theirs: boolean };
  /** What a text in the conflict's place does to the syntax. */
  look(text: string): Promise<SyntaxLook>;
  /** Forgets the trees. */
  close(): void;
}

let opened = 0;

/**
 * @param surroundings ways in which the rest of the file may look; a text is right when it fits one of them
 * @returns undefined where the language has no grammar, or the text is too long for it or takes too long
 */
export async function openSyntaxCheck(
  syntax: Syntax,
  languageId: string,
  { ours, theirs }: ConflictTexts,
  surroundings: readonly Surrounding[],
): Promise<SyntaxCheck | undefined> {
  if (!syntax.parses(languageId)) return undefined;
  const check = ++opened;
  const keyOf = (index: number): string => `merge ${check} ${index}`;
  const close = (): void => surroundings.forEach((_, index) => syntax.forget(keyOf(index)));
  const countErrors = async (text: string, index: number): Promise<number | undefined> => {
    const { before, after } = surroundings[index]!;
    const tree = await syntax.parse(languageId, before + text + after, keyOf(index));
    if (tree === undefined) return undefined;
    try {
      return tree.countErrors();
    } finally {
      tree.delete();
    }
  };
  const limits: { readonly most: number; readonly least: number }[] = [];
  const sides = { ours: true, theirs: true };
  for (const index of surroundings.keys()) {
    const withOurs = await countErrors(ours, index);
    const withTheirs = await countErrors(theirs, index);
    if (withOurs === undefined || withTheirs === undefined) {
      close();
      return undefined;
    }
    limits.push({ most: Math.max(withOurs, withTheirs), least: Math.min(withOurs, withTheirs) });
    if (index > 0) continue;
    sides.ours = withOurs <= withTheirs;
    sides.theirs = withTheirs <= withOurs;
  }
  return {
    sides,
    async look(text) {
      let parses: boolean | undefined = false;
      let addsErrors: boolean | undefined = true;
      for (const [index, { most, least }] of limits.entries()) {
        const errors = await countErrors(text, index);
        if (errors === undefined) {
          parses ||= undefined;
          addsErrors &&= undefined;
          continue;
        }
        if (errors <= most) parses = true;
        if (errors <= least) return { parses, addsErrors: false };
      }
      return { parses, addsErrors };
    },
    close,
  };
}
