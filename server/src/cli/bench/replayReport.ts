// What the replays add up to. Pure: waits in, figures out.

import type { Wait } from './replay.js';
import { percentile, percentiles, share } from '../../measure/statistics.js';

export type ReplayReport = ReturnType<typeof reportReplay>;

/** @param keys keys pressed in all replays together */
export function reportReplay(waits: readonly Wait[], keys: number, typeAlongMs: readonly number[]) {
  const shown = waits.filter(hasGhostText);
  const times = (of: readonly Wait[]) => ({ n: of.length, ...percentiles(of.map(({ ms }) => ms)) });
  const timings = waits.flatMap(({ result }) => (result?.timing === undefined ? [] : [result.timing]));
  const promptTokens = timings.reduce((sum, timing) => sum + timing.promptTokens, 0);
  const cachedTokens = timings.reduce((sum, timing) => sum + timing.cachedTokens, 0);
  return {
    keys,
    waits: waits.length,
    /** From the key to the ghost text, the pause before a request included. */
    ghostTextMs: times(shown),
    cold: times(shown.filter(({ cold }) => cold)),
    warm: times(shown.filter(({ cold }) => !cold)),
    answeredFromCache: share(shown, ({ result }) => result?.kind === 'suggestions' && result.source === 'cache'),
    promptTokensFromCache: promptTokens === 0 ? undefined : cachedTokens / promptTokens,
    typeAlongMs: { n: typeAlongMs.length, ...percentiles(typeAlongMs) },
  };
}

/**
 * Our median time to ghost text divided by the other's, over the waits in which both showed some.
 * @param ours replays in the same order as `theirs`, one list of waits each
 */
export function ghostTextRatio(
  ours: readonly (readonly Wait[])[],
  theirs: readonly (readonly Wait[])[],
): number | undefined {
  const pairs = ours.flatMap((waits, replayed) =>
    waits.flatMap((wait) => {
      const other = theirs[replayed]?.find(({ index }) => index === wait.index);
      return other !== undefined && hasGhostText(wait) && hasGhostText(other)
        ? [{ our: wait.ms, their: other.ms }]
        : [];
    }),
  );
  return ratio(
    percentile(
      pairs.map(({ our }) => our),
      0.5,
    ),
    percentile(
      pairs.map(({ their }) => their),
      0.5,
    ),
  );
}

export function ratio(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined || b === 0 ? undefined : a / b;
}

function hasGhostText({ result }: Wait): boolean {
  return result?.kind === 'suggestions' && result.suggestions.length > 0;
}
