// lacuna/mergeState: how far a file in conflict is, for a stretch of its conflicts: what is likeliest, whether that is certain,
// and why somebody has to look where it is not. A list of a whole merge is made of this.

import { words, type Words } from '../../common/words.js';
import {
  brokenSentence,
  certainResolution,
  noResolutionSentence,
  refusalPhrase,
  refusalSentence,
  type Conflict,
  type ResolutionResult,
} from '../../merge/index.js';
import { toRange } from '../state/convert.js';
import type { ServerState } from '../state/state.js';
import { mergeStateRequest, type CertainParams, type ConflictState, type MergeStateResult } from '../messages.js';
import { openConflicts } from './openConflicts.js';
import { confidenceWords, resolutionWords } from './resolutionWords.js';
import { failed, none, type Handler } from './handler.js';

/** Answers that are listed, as the light bulb lists them. */
const LISTED = 3;

/** From this confidence on an answer is called likely. */
const LIKELY = 0.5;

export const mergeState: Handler<CertainParams, MergeStateResult> = {
  method: mergeStateRequest,
  empty: failed,
  async run(state, { textDocument: { uri }, from, count }, signal) {
    const snapshot = state.documents.snapshot(uri);
    if (snapshot === undefined) return withoutMarks(state, await state.conflicts.leftWithoutMarkers(uri, undefined));
    const open = await openConflicts(state, uri);
    if (open === undefined) return none(state.say, words('Conflicts are not answered here.'));
    const { file, settings } = open;
    if (file.conflicts.length + file.broken.length === 0) {
      return withoutMarks(state, await state.conflicts.leftWithoutMarkers(uri, snapshot.text));
    }
    const answers: (readonly [Conflict, ResolutionResult])[] = [];
    for (const conflict of file.conflicts.slice(from, from + count)) {
      answers.push([conflict, await state.conflicts.answer(snapshot, conflict.index, signal)]);
      // Between two conflicts others get their turn, and a change of the document is heard of.
      await new Promise((resolve) => setImmediate(resolve));
      if (open.current() === undefined) break;
    }
    const document = open.current();
    if (document === undefined) return none(state.say, words('The file has changed meanwhile.'));
    return {
      kind: 'file',
      total: file.conflicts.length,
      conflicts: answers.map(([conflict, result]) => ({
        range: toRange(document, conflict.range),
        ...stateOf(state, conflict, result, settings.merge.threshold),
      })),
      broken: file.broken.map(({ line, reason }) => ({ line, sentence: state.say(brokenSentence(reason)) })),
    };
  },
};

function withoutMarks({ say }: ServerState, left: Words | undefined): MergeStateResult {
  return {
    kind: 'file',
    total: 0,
    conflicts: [],
    broken: [],
    ...(left === undefined ? {} : { left: say(left) }),
  };
}

function stateOf(
  { say }: ServerState,
  conflict: Conflict,
  result: ResolutionResult,
  threshold: number,
): Omit<ConflictState, 'range'> {
  const answers = result.resolutions.slice(0, LISTED).map((resolution) => ({
    words: say(resolutionWords(resolution, conflict).words),
    confidence: confidenceWords(resolution, say),
  }));
  const [likeliest] = answers;
  const [first] = result.resolutions;
  if (first === undefined || likeliest === undefined) {
    const sentence = say(noResolutionSentence(result.reason));
    return { words: sentence, confidence: '', certainty: 'open', sentence, answers: [] };
  }
  if (certainResolution(result, threshold) !== undefined) {
    return {
      ...likeliest,
      certainty: 'certain',
      sentence: say(words('It is certain, and nothing speaks against it.')),
      answers,
    };
  }
  const { refusal } = first;
  return {
    ...likeliest,
    certainty: first.confidence >= LIKELY ? 'likely' : 'open',
    sentence: say(refusal === undefined ? words('No answer is certain enough.') : refusalSentence(refusal)),
    ...(refusal === undefined ? {} : { reason: say(refusalPhrase(refusal)) }),
    answers,
  };
}
