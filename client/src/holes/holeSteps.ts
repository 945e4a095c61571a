// How sure the model is of what it would write in a hole, in three steps with one word each: what a reader takes in at a
// glance. The numbers are for the hover.

import { t } from '../l10n/words.js';

/** From the surest to the least sure; the manifest has a colour for each, under the same name. */
export const steps = ['likely', 'unsure', 'open'] as const;

export type Step = (typeof steps)[number];

/** The least probability (0-1) of what is called likely, which is so rather than not, and of what is called unsure. */
const LIKELY = 0.5;
const UNSURE = 0.2;

export interface Uncertain {
  /** What the model would write; without it there is nothing to be sure of. */
  readonly wouldBe: string;
  /** Of that (0-1). */
  readonly probability: number;
}

export function stepOf({ wouldBe, probability }: Uncertain): Step {
  if (wouldBe === '') return 'open';
  return stepFrom(probability);
}

export function stepFrom(probability: number): Step {
  return probability >= LIKELY ? 'likely' : probability >= UNSURE ? 'unsure' : 'open';
}

export function wordOf(step: Step): string {
  return { likely: t('likely'), unsure: t('unsure'), open: t('open') }[step];
}

export interface LineNote {
  readonly text: string;
  /** The least sure of the line. */
  readonly step: Step;
}

/** What is said behind a line about its holes, in their order. */
export function noteOf(holes: readonly (Uncertain & { readonly kind: string })[]): LineNote {
  const said = holes.map((hole) => ({ kind: hole.kind, step: stepOf(hole) }));
  const step = steps[Math.max(...said.map((each) => steps.indexOf(each.step)))] ?? 'open';
  const text =
    said.length === 1 ? wordOf(step) : said.map((each) => t('{0}: {1}', each.kind, wordOf(each.step))).join(', ');
  return { text, step };
}
