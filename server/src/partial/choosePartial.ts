// The room's answer for one completion: which holes it gets at a wanted guarantee, how they are called and explained.

import type { OffsetRange } from '../common/range.js';
import type { Syntax } from '../syntax/index.js';
import { textOf } from './alignTokens.js';
import { guaranteeFor, type Calibration, type GuaranteeOrReason } from './calibration.js';
import { explainGuarantee, explainHole } from './explain.js';
import { kindOfHole } from './kinds.js';
import { programsOf } from './methods.js';
import { misfittingHoles } from './outerTree.js';
import { prepare } from './prepare.js';
import { renderText } from './render.js';
import type { TrainedScore } from './trainedScores.js';
import type { Completion, PartialProgram } from './types.js';

export interface PartialHole {
  /** Where its placeholder stands in the partial text, and what it replaces in the completion. */
  readonly range: OffsetRange;
  readonly replaced: OffsetRange;
  readonly kind: string;
  /** The model's probability (0-1) of what it would have written there. */
  readonly probability: number;
  readonly isRest: boolean;
  readonly reason: string;
}

export interface PartialCompletion {
  readonly program: PartialProgram;
  /** With placeholders; empty where nothing can be kept. */
  readonly text: string;
  readonly holes: readonly PartialHole[];
  readonly guarantee: GuaranteeOrReason;
  readonly sentence: string;
}

export interface PartialOptions {
  readonly syntax: Syntax;
  readonly score: TrainedScore | undefined;
  readonly calibration: Calibration;
  readonly holes: number;
  readonly epsilon: number;
  readonly delta: number;
}

/** Where no promise can be made, the whole line is left out: the caller may show the completion as it is, or say why. */
export async function choosePartial(completion: Completion, options: PartialOptions): Promise<PartialCompletion> {
  const { syntax, score, calibration, holes, epsilon, delta } = options;
  const tree = await syntax.parse(completion.languageId, textOf(completion));
  try {
    const prepared = prepare(completion, tree, score);
    const { languageId } = completion;
    const guarantee = guaranteeFor(calibration, { languageId, nodes: prepared.nodes, holes, epsilon, delta });
    const programs = await programsOf('lacuna', prepared, holes, (program) =>
      tree === undefined ? Promise.resolve([]) : misfittingHoles(completion, tree, program, syntax),
    );
    const chosen = guarantee.kind === 'certified' ? programs[guarantee.index]! : programs.at(-1)!;
    // A cut at the line's very end says only that the line may go on; there is nothing to show.
    const program = { ...chosen, holes: chosen.holes.filter(({ range }) => range.start < range.end) };
    const names = program.holes.map((hole) => kindOfHole(hole, lineBefore(completion, hole.range.start)));
    const { text, ranges } = renderText(
      completion.text,
      program,
      names.map((name) => ({ name, choices: [] })),
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
      guarantee,
      sentence: explainGuarantee(guarantee, options, calibration.source),
    };
  } finally {
    tree?.delete();
  }
}

function lineBefore({ prefix, text }: Completion, start: number): string {
  return prefix.slice(prefix.lastIndexOf('\n') + 1) + text.slice(0, start);
}
