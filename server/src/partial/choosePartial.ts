// The room's answer for one completion: which holes it gets at a wanted guarantee, how they are called and explained.

import type { Syntax } from '../syntax/index.js';
import { textOf } from './tree/alignTokens.js';
import { guaranteeFor, type Calibration, type GuaranteeOrReason } from './guarantee/calibration.js';
import { everything } from './choose/chooseHoles.js';
import { describeProgram, type DescribedProgram } from './show/describeProgram.js';
import { explainGuarantee } from './show/explain.js';
import { programsOf } from './guarantee/methods.js';
import { misfittingHoles } from './tree/outerTree.js';
import { prepare } from './score/prepare.js';
import type { TrainedScore } from './score/trainedScores.js';
import type { Completion, PartialProgram } from './types.js';

export interface PartialCompletion extends DescribedProgram {
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
  /** Under which the room `syntax` keeps the tree that the next parse begins with. */
  readonly key: string;
}

/** Where there is no guarantee, the whole line is left out: the caller may show the completion as it is, or say why. */
export async function choosePartial(completion: Completion, options: PartialOptions): Promise<PartialCompletion> {
  const { syntax, score, calibration, holes, epsilon, delta, key } = options;
  const tree = await syntax.parse(completion.languageId, textOf(completion), key);
  try {
    const prepared = prepare(completion, tree, score);
    const { languageId } = completion;
    const guarantee = guaranteeFor(calibration, { languageId, nodes: prepared.nodes, holes, epsilon, delta });
    const refused = (program: PartialProgram) =>
      tree === undefined ? Promise.resolve([]) : misfittingHoles(completion, tree, program, syntax, key);
    const upTo = guarantee.kind === 'certified' ? guarantee.index + 1 : 0;
    const chosen = (await programsOf('lacuna', prepared, holes, refused, upTo)).at(-1);
    return {
      ...describeProgram(completion, chosen ?? everything(prepared.trees[0]!)),
      guarantee,
      sentence: explainGuarantee(guarantee, options, calibration.source),
    };
  } finally {
    tree?.delete();
  }
}
