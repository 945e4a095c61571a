// Answers of the model, found again by the text before the cursor: also when the user has typed, accepted or deleted a
// part of one. What is kept is what was generated, before the filters, so that they see the document as it is now.

import { LRUCache } from 'lru-cache';
import type { Continuation } from '../../model/index.js';
import { dropTyped } from '../cut/continuation.js';
import type { Extent } from '../cut/extent.js';
import type { Place } from '../place/place.js';
import { isCutShort } from '../cut/unfinished.js';
import type { CompletionSettings } from '../types.js';

/** What the model answered at some place, cut to its extent. */
export interface Answer {
  /** The greedy continuation first. */
  readonly continuations: readonly Continuation[];
  /** Other lines that the model might have written in place of the first, once they were asked for. */
  readonly branches?: readonly Continuation[];
  /** What was asked for: a line, or several in a block. */
  readonly kind?: Extent['kind'];
  /** The block that the model wrote there, likely or not, once it was asked for; null where it is a single line. */
  readonly block?: Continuation | null;
  /** How many were asked for; the model may have found fewer. */
  readonly alternatives: number;
  /** What was set when it was asked for. */
  readonly settings: AskedSettings;
}

/** The settings by which the model writes more or less. */
export type AskedSettings = Pick<CompletionSettings, 'lines' | 'certainty' | 'holes'>;

export interface KnownAnswer extends Answer {
  /** How much of it stands before the cursor already, in UTF-16 code units. */
  readonly typed: number;
}

const MAXIMUM_ANSWERS = 250;

/** Code units of the text before and after the cursor by which a place is recognised. */
const PREFIX_TAIL = 200;
const SUFFIX_HEAD = 200;

/** No suggestion is looked for further back than this. */
const LONGEST_TYPED = 400;

export class ResultCache {
  private readonly answers = new LRUCache<string, Answer>({ max: MAXIMUM_ANSWERS });
  /** Keys of each document, to forget them with it. */
  private readonly keys = new Map<string, Set<string>>();

  /**
   * Keeps an answer, and gives back what is kept: where a limit cut the new one short and a longer one with the same
   * beginning is known, the longer one stays.
   */
  store(place: Place, newAnswer: Answer): Answer {
    const answer = keepLonger(newAnswer, this.find(place));
    const key = keyOf(place, place.prefix.length);
    this.answers.set(key, answer);
    let known = this.keys.get(place.document.uri);
    if (known === undefined) this.keys.set(place.document.uri, (known = new Set()));
    known.add(key);
    if (known.size > 2 * MAXIMUM_ANSWERS) {
      for (const old of known) if (!this.answers.has(old)) known.delete(old);
    }
    return answer;
  }

  /** What is left of the newest answer that the text before the cursor continues; undefined where none does. */
  find(place: Place): KnownAnswer | undefined {
    if (!this.keys.has(place.document.uri)) return undefined;
    const { prefix } = place;
    const most = Math.min(LONGEST_TYPED, prefix.length);
    for (let typed = 0; typed <= most; typed++) {
      const answer = this.answers.get(keyOf(place, prefix.length - typed));
      if (answer === undefined) continue;
      const typedText = prefix.slice(prefix.length - typed);
      const continuations = answer.continuations
        .filter(({ text }) => text.startsWith(typedText))
        .map((continuation) => dropTyped(continuation, typed));
      if (continuations.length === 0) continue;
      const { alternatives, settings, branches, kind, block } = answer;
      // What else might have been written is another thing once some of it is typed.
      return {
        ...{ continuations, alternatives, settings, typed },
        ...(typed > 0 || branches === undefined ? {} : { branches }),
        ...(kind === undefined ? {} : { kind }),
        ...(block?.text.startsWith(typedText) === true ? { block: dropTyped(block, typed) } : {}),
        ...(block === null && typed === 0 ? { block } : {}),
      };
    }
    return undefined;
  }

  forget(uri: string): void {
    for (const key of this.keys.get(uri) ?? []) this.answers.delete(key);
    this.keys.delete(uri);
  }

  get size(): number {
    return this.answers.size;
  }
}

function keepLonger(answer: Answer, known: Answer | undefined): Answer {
  const [first, ...others] = answer.continuations;
  const longer = known?.continuations[0];
  if (first === undefined || longer === undefined || !isCutShort(first)) return answer;
  if (known?.settings.lines !== answer.settings.lines) return answer;
  if (longer.text.length <= first.text.length || !longer.text.startsWith(first.text)) return answer;
  return { ...answer, continuations: [longer, ...others.filter(({ text }) => text !== longer.text)] };
}

/** Whether all of it is typed, to the end of its line. */
export function isFinished({ continuations }: Answer): boolean {
  return continuations[0]?.text === '' && continuations[0].finish === 'lines';
}

/** Two places with one key get one answer: same document, same text around. The rest of the line is fitted afterwards. */
export function placeKey(place: Place): string {
  return keyOf(place, place.prefix.length);
}

function keyOf({ document, prefix, suffix }: Place, length: number): string {
  const tail = prefix.slice(Math.max(0, length - PREFIX_TAIL), length);
  // Joined into a text of its own, so that a key does not keep a whole version of the document alive.
  return [document.uri, document.path, suffix.slice(0, SUFFIX_HEAD), tail].join('\0');
}
