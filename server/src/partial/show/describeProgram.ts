// A partial program as it is shown: its text with placeholders, and of each hole where it is, what it is called, what the
// model would have written there, and why it is left open.

import { inEnglish, type Words } from '../../common/words.js';
import type { OffsetRange } from '../../common/range.js';
import { explainHole } from './explain.js';
import { kindOfHole } from './kinds.js';
import { visibleHoles } from '../guarantee/offer.js';
import { renderText } from './render.js';
import type { Completion, PartialProgram } from '../types.js';

export interface PartialHole {
  /** Where its placeholder stands in the partial text, and what it replaces in the completion. */
  readonly range: OffsetRange;
  readonly replaced: OffsetRange;
  readonly kind: Words;
  /** The model's probability (0-1) of what it would have written there. */
  readonly probability: number;
  readonly isRest: boolean;
  readonly reason: Words;
}

export interface DescribedProgram {
  /** Without holes of which there is nothing to show. */
  readonly program: PartialProgram;
  /** With placeholders; empty where nothing can be kept. */
  readonly text: string;
  readonly holes: readonly PartialHole[];
}

export function describeProgram(completion: Completion, chosen: PartialProgram): DescribedProgram {
  const program = { ...chosen, holes: visibleHoles(chosen) };
  const names = program.holes.map((hole) => kindOfHole(hole, lineBefore(completion, hole.range.start)));
  const { text, ranges } = renderText(
    completion.text,
    program,
    names.map((name) => inEnglish(name)),
  );
  return {
    program,
    text: program.isEverything ? '' : text,
    holes: program.holes.map(({ range: replaced, isRest }, index) => {
      const tokens = completion.tokens.filter(({ start, end }) => start < replaced.end && end > replaced.start);
      const kind = names[index]!;
      return {
        range: ranges[index]!,
        replaced,
        kind,
        probability: Math.exp(tokens.reduce((sum, { logProbability }) => sum + logProbability, 0)),
        isRest,
        reason: explainHole(kind, tokens, completion.text.slice(replaced.start, replaced.end)),
      };
    }),
  };
}

function lineBefore({ prefix, text }: Completion, start: number): string {
  const before = prefix + text.slice(0, start);
  return before.slice(before.lastIndexOf('\n') + 1);
}
