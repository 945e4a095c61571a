// Plain words for a person: what is missing, why it is unsure, and what is guaranteed.

import { asIs, decimal, inEnglish, joined, words, type Words } from '../../common/words.js';
import { familyOf, type CalibrationSource, type GuaranteeOrReason } from '../guarantee/calibration.js';
import type { BlockCalibration, BlockGuarantee } from '../guarantee/blockCalibration.js';
import type { OfferGuarantee } from '../guarantee/offerGuarantee.js';
import type { PartialToken } from '../types.js';

/** One honest sentence: what, how likely, measured on what. */
export function explainGuarantee(
  guarantee: GuaranteeOrReason,
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
  source: CalibrationSource,
): string {
  if (guarantee.kind === 'tooFew') {
    return (
      `No promise can be made: at most ${percentInEnglish(epsilon)} wrong needs at least ${guarantee.needed} measured lines, ` +
      `and there are ${guarantee.n}, which can show ${percentInEnglish(guarantee.epsilonAchievable)} at best.`
    );
  }
  const { group, misses } = guarantee;
  const language = group.language === '*' ? '' : ` in ${group.language}`;
  return (
    `What stands outside the holes is what the author wrote in at least ${percentInEnglish(1 - epsilon)} of as many other lines like ` +
    `those measured, with ${percentInEnglish(1 - delta)} confidence (${inEnglish(sourceWords(source))}; ${misses} of ${group.n}${language} were wrong).`
  );
}

/** The same for what the editor offers, where what is not offered does not count; and whether its language was measured. */
export function explainOfferGuarantee(
  { offered, missed, source, languages }: OfferGuarantee,
  languageId: string,
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
): Words {
  const guarantee = words(
    'Of suggestions with holes at least {0} are right outside of them, with {1} confidence, for lines like those measured: of {2} that would have been offered, {3} were wrong ({4}).',
    percent(1 - epsilon),
    percent(1 - delta),
    offered,
    missed,
    sourceWords(source),
  );
  const isMeasured = languages?.includes(familyOf(languageId)) ?? true;
  return isMeasured ? guarantee : words('{0} None of these lines was in this language.', guarantee);
}

/**
 * The same for a block.
 * @param lines that it has, those of its holes included
 */
export function explainBlockGuarantee(
  { offered, missed }: BlockGuarantee,
  { n, repositories }: BlockCalibration,
  lines: number,
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
): Words {
  return words(
    'This is about {0} lines together: of blocks with holes at least {1} are right outside of them, with {2} confidence, for blocks like those measured. Of {3} that would have been offered, {4} were wrong (measured at {5} places where commits added lines to {6} public repositories).',
    lines,
    percent(1 - epsilon),
    percent(1 - delta),
    offered,
    missed,
    n,
    repositories,
  );
}

/** Why a hole was left: how sure the model was of what it would have written there. */
export function explainHole(name: Words, tokens: readonly PartialToken[], wouldBe: string): Words {
  const probability = Math.exp(tokens.reduce((sum, { logProbability }) => sum + logProbability, 0));
  const line = wouldBe.replace(/\s*[\r\n]\s*/g, ' ');
  // Sign by sign, so that none is cut in two.
  const shown = line.length > 60 ? `${[...line].slice(0, 57).join('')}…` : line;
  if (tokens.length === 0) return words('The {0} is left to you.', name);
  return words(
    'The {0} is left to you: the model would write “{1}” and gives it {2}.',
    name,
    shown,
    percent(probability),
  );
}

/** What a calibration was measured on. */
export function sourceWords(source: CalibrationSource): Words {
  if (typeof source === 'string') return asIs(source);
  const { lines, repositories } = source;
  return repositories === undefined
    ? words('measured on {0} lines that your own commits added', lines)
    : words('measured on {0} lines that commits added to {1} public repositories', lines, repositories);
}

/** Less has no meaning for a reader. A large hole is as likely as all of its tokens together. */
const LEAST_PERCENT = 0.01;

function percentInEnglish(share: number): string {
  return inEnglish(percent(share));
}

function percent(share: number): Words {
  const value = 100 * share;
  const isLess = value > 0 && value < LEAST_PERCENT;
  const shown = isLess ? LEAST_PERCENT : value >= 10 ? Math.round(value) : Number(value.toPrecision(2));
  const decimals = String(shown).split('.')[1]?.length ?? 0;
  return joined([...(isLess ? [asIs('< ')] : []), decimal(shown, decimals), asIs(' %')], '');
}
