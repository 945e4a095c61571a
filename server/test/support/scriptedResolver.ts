// A resolver that answers from a script and counts what it was asked, for tests of what is made of answers.

import { abortError } from '../../src/common/abort.js';
import type {
  Conflict,
  ConflictDocument,
  ConflictTexts,
  MergeResolver,
  Resolution,
  ResolutionResult,
} from '../../src/merge/index.js';
import { asIs } from '../../src/common/words.js';

export type ScriptedResolution = Partial<Resolution> & { readonly text: string };

export class ScriptedResolver implements MergeResolver {
  /** Conflicts in the order in which they were asked for. */
  readonly asked: Conflict[] = [];
  /** What each was told of the merge's other files. */
  readonly elsewhere: (readonly ConflictTexts[] | undefined)[] = [];
  aborted = 0;
  private gate: Promise<void> | undefined;

  constructor(private readonly script: (conflict: Conflict) => readonly ScriptedResolution[] | 'tooLarge' | 'fails') {}

  /** Answers wait until the function that is given back is called. */
  hold(): () => void {
    let letGo = (): void => undefined;
    this.gate = new Promise((resolve) => (letGo = resolve));
    return () => {
      this.gate = undefined;
      letGo();
    };
  }

  async resolve(
    document: ConflictDocument,
    _file: unknown,
    conflict: Conflict,
    signal: AbortSignal,
  ): Promise<ResolutionResult> {
    this.asked.push(conflict);
    this.elsewhere.push(document.elsewhere);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        this.aborted++;
        reject(abortError());
      });
    });
    await Promise.race([this.gate, aborted]);
    const answer = this.script(conflict);
    if (answer === 'fails') throw new Error('The resolver is broken.');
    if (answer === 'tooLarge') return { resolutions: [], reason: answer };
    return { resolutions: answer.map(complete), reason: undefined };
  }

  resolveInput(): Promise<ResolutionResult> {
    return Promise.reject(new Error('A document is asked about, never an input.'));
  }
}

function complete(given: ScriptedResolution): Resolution {
  return {
    pattern: 'merge',
    source: 'token',
    parts: [],
    confidence: 0.5,
    rankerConfidence: 0.5,
    parses: undefined,
    refusal: undefined,
    settled: undefined,
    explanation: asIs(''),
    pieces: [],
    ...given,
  };
}
