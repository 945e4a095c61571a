// Joins the sources of drafts, token by token: prompt lookup, lookup in other texts, and the draft layer, which
// proposes what follows from the last state alone. Where they differ, the one is taken whose kind was right more often
// lately; where lookup and layer agree, they are trusted more.

import type { DecodePolicies } from '../passes/decode.js';
import type { Draft } from '../passes/draft.js';
import type { DraftSource } from '../language.js';
import type { DraftedState, DraftLayer } from './layer.js';
import { lookUp, type Match } from './lookUp.js';
import { MOST_DRAFTED, type Plan } from './plan.js';
import type { ReferenceIndex } from './reference.js';

/** How often what a lookup proposes is right, by the length of its match, where nothing was observed yet. */
const RIGHT_BY_LENGTH = [0, 0.35, 0.5, 0.65, 0.75] as const;
/** The same where the draft layer agrees, and where it does not. */
const RIGHT_IF_AGREED = 0.85;
const RIGHT_IF_DENIED = 0.35;

/** Drafting goes on while all that was proposed is at least this likely; and the draft layer, while it is this likely. */
const LEAST_LIKELY = 0.12;
const LEAST_LIKELY_FOR_LAYER = 0.4;

/** A lookup that is right more often than this is not compared with the draft layer. */
const TRUSTED_ALONE = 0.5;

/** Below so long a match in the prompt, other texts are looked at too. */
const LONG_MATCH = 3;

interface Proposal {
  readonly id: number;
  readonly source: DraftSource;
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
    const sequence = [...cache.tokens];
    const proposals: Proposal[] = [];
    let last = next;
    let reached = 1;
    /** The state that `last` was chosen from, as far as the draft layer has followed. */
    let state: Float32Array | undefined = hidden;
    while (proposals.length < MOST_DRAFTED && reached >= LEAST_LIKELY) {
      const match = bestMatch(sequence, last, references);
      // The layer costs a twentieth of a pass, which a match that is mostly right need not spend.
      const alone = likelier(plan, proposalsOf(match, undefined, proposals.length > 0));
      const isAsked = reached >= LEAST_LIKELY_FOR_LAYER && acceptanceOf(plan, alone) < TRUSTED_ALONE;
      const followed: DraftedState | undefined =
        layer === undefined || state === undefined || !isAsked ? undefined : await layer.step(state, last);
      const proposal = likelier(plan, proposalsOf(match, followed, proposals.length > 0));
      if (proposal === undefined) break;
      proposals.push(proposal);
      reached *= acceptanceOf(plan, proposal);
      sequence.push(last);
      [last, state] = [proposal.id, followed?.hidden];
    }
    return draftOf(plan, proposals);
  };
}

interface FoundMatch extends Match {
  readonly source: 'prompt' | 'reference';
}

function bestMatch(tokens: readonly number[], next: number, references: ReferenceIndex): FoundMatch {
  const inPrompt: FoundMatch = { ...lookUp(tokens, next, 1), source: 'prompt' };
  if (inPrompt.length >= LONG_MATCH) return inPrompt;
  const elsewhere = references.lookUp(tokens, next, 1);
  return elsewhere.ids.length > 0 && elsewhere.length > inPrompt.length
    ? { ...elsewhere, source: 'reference' }
    : inPrompt;
}

/** What lookup and draft layer propose; one proposal where they agree. Tokens behind the first have kinds of their own. */
function proposalsOf(match: FoundMatch, followed: DraftedState | undefined, isFurther: boolean): readonly Proposal[] {
  const proposals: Proposal[] = [];
  const kindOf = (...parts: readonly unknown[]): string => [isFurther ? 'further' : 'first', ...parts].join(' ');
  const [found] = match.ids;
  const { length, isRepeated, source } = match;
  if (found !== undefined) {
    if (followed === undefined) {
      const kind = kindOf(source, length, isRepeated);
      proposals.push({ id: found, source, kind, prior: RIGHT_BY_LENGTH[length]! });
    } else if (followed.id === found) {
      proposals.push({ id: found, source: 'both', kind: kindOf('both', length), prior: RIGHT_IF_AGREED });
    } else {
      proposals.push({ id: found, source, kind: kindOf('denied', length, isRepeated), prior: RIGHT_IF_DENIED });
    }
  }
  if (followed !== undefined && followed.id !== found) {
    // The layer's own probabilities are corrected by what came of those like it.
    const tenth = Math.min(9, Math.floor(10 * followed.probability));
    const prior = 0.8 * followed.probability;
    proposals.push({ id: followed.id, source: 'layer', kind: kindOf('layer', tenth, Math.min(2, length)), prior });
  }
  return proposals;
}

function likelier(plan: Plan, proposals: readonly Proposal[]): Proposal | undefined {
  return [...proposals].sort((a, b) => acceptanceOf(plan, b) - acceptanceOf(plan, a))[0];
}

function acceptanceOf(plan: Plan, proposal: Proposal | undefined): number {
  return proposal === undefined ? 0 : plan.acceptance(proposal.kind, proposal.prior);
}

function draftOf(plan: Plan, proposals: readonly Proposal[]): Draft {
  const length = plan.lengthOf(proposals.map((proposal) => acceptanceOf(plan, proposal)));
  const drafted = proposals.slice(0, length);
  return {
    ids: drafted.map(({ id }) => id),
    sources: drafted.map(({ source }) => source),
    settle(confirmed, passMs) {
      plan.observePass(length + 1, passMs);
      // The first that was not confirmed was wrong; of those behind it nothing is known.
      for (const [i, { kind, prior }] of drafted.slice(0, confirmed + 1).entries())
        plan.observeToken(kind, prior, i < confirmed);
    },
  };
}
