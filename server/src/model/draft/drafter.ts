// Joins the sources of drafts: look-up in the prompt, look-up in other texts, and the draft layer, which proposes what
// follows from the last state alone. Where look-up and layer agree, the look-up is followed with more trust.

import type { DecodePolicies } from '../decode.js';
import { noDraft, type Draft, type DraftSource } from './draft.js';
import type { DraftLayer } from './layer.js';
import { lookUp, noMatch, type Match } from './lookUp.js';
import { MOST_DRAFTED, type Plan } from './plan.js';
import type { ReferenceIndex } from './reference.js';

/** How often the first token of a look-up is right, by the length of its match, and each further one after it. */
const FIRST_RIGHT = [0, 0.35, 0.5, 0.65, 0.75] as const;
const FURTHER_RIGHT = 0.8;
/** The same where the draft layer agrees. */
const FIRST_RIGHT_BOTH = 0.88;

/** The draft layer goes on while all that it proposed is at least this likely. */
const LEAST_LIKELY = 0.3;

/** Look-ups this long are taken without asking the draft layer, which costs about a twentieth of a pass. */
const SURE_MATCH = 4;

interface Proposal {
  readonly id: number;
  /** What the running acceptance is kept under, and what it is expected to be. */
  readonly kind: string;
  readonly prior: number;
}

export function createDrafter(
  plan: Plan,
  references: ReferenceIndex,
  layer: DraftLayer | undefined,
): DecodePolicies['draft'] {
  return async (cache, next, hidden) => {
    const { match, source } = bestMatch(lookUp(cache.tokens, next, MOST_DRAFTED), () =>
      references.lookUp(cache.tokens, next, MOST_DRAFTED),
    );
    const first = layer === undefined || match.length >= SURE_MATCH ? undefined : await layer.step(hidden, next);
    if (match.length > 0 && (first === undefined || first.id === match.ids[0])) {
      return draftOf(plan, first === undefined ? source : 'both', proposalsOf(match, source, first !== undefined));
    }
    if (first === undefined || layer === undefined) return noDraft;
    const looked = proposalsOf(match, source, false);
    const fromLayer = [proposalOfLayer(first.probability, first.id)];
    if (looked.length > 0 && acceptanceOf(plan, looked[0]!) > acceptanceOf(plan, fromLayer[0]!)) {
      return draftOf(plan, source, looked);
    }
    let [state, reached] = [first, first.probability];
    while (fromLayer.length < MOST_DRAFTED && reached >= LEAST_LIKELY) {
      state = await layer.step(state.hidden, state.id);
      reached *= state.probability;
      fromLayer.push(proposalOfLayer(state.probability, state.id));
    }
    return draftOf(plan, 'layer', fromLayer);
  };
}

function bestMatch(inPrompt: Match, elsewhere: () => Match): { match: Match; source: DraftSource } {
  const other = inPrompt.length >= 3 ? noMatch : elsewhere();
  return other.ids.length > 0 && other.length > inPrompt.length
    ? { match: other, source: 'reference' }
    : { match: inPrompt, source: 'prompt' };
}

function proposalsOf({ ids, length }: Match, source: DraftSource, layerAgrees: boolean): readonly Proposal[] {
  return ids.map((id, i) =>
    i > 0
      ? { id, kind: `${source}, further`, prior: FURTHER_RIGHT }
      : layerAgrees
        ? { id, kind: 'both', prior: FIRST_RIGHT_BOTH }
        : { id, kind: `${source}, ${length}`, prior: FIRST_RIGHT[length]! },
  );
}

/** Probabilities of the draft layer are corrected by what came of those like it. */
function proposalOfLayer(probability: number, id: number): Proposal {
  const tenth = Math.min(9, Math.floor(10 * probability));
  return { id, kind: `layer, ${tenth}`, prior: probability };
}

function acceptanceOf(plan: Plan, { kind, prior }: Proposal): number {
  return plan.acceptance(kind, prior);
}

function draftOf(plan: Plan, source: DraftSource, proposals: readonly Proposal[]): Draft {
  const length = plan.lengthOf(proposals.map((proposal) => acceptanceOf(plan, proposal)));
  const ids = proposals.slice(0, length).map(({ id }) => id);
  return {
    ids,
    source: length === 0 ? undefined : source,
    settle(confirmed, passMs) {
      plan.observePass(length + 1, passMs);
      // The first that was not confirmed was wrong; of those behind it nothing is known.
      for (const [i, { kind, prior }] of proposals.slice(0, Math.min(length, confirmed + 1)).entries())
        plan.observeToken(kind, prior, i < confirmed);
    },
  };
}
