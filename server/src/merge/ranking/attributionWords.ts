// The words of an attribution: what spoke for a candidate and against it, by what the features speak of.

import type { FeatureGroup } from './features/candidateFeatures.js';

const reasons: Readonly<Record<FeatureGroup, readonly [speaksFor: string, speaksAgainst: string]>> = {
  edits: ['what the sides changed is kept', 'something that a side changed is lost'],
  similarity: ['it stays close to the sides', 'it is far from what the sides have'],
  length: ['its length is what such answers have', 'its length is unusual'],
  repetition: ['nothing in it is repeated', 'it repeats something'],
  brackets: ['it fits its surroundings syntactically', 'it may not fit its surroundings syntactically'],
  names: ['the surroundings know its names', 'the surroundings know its names less than others'],
  order: ['its lines are in order', 'its lines are in an unusual order'],
  agreement: ['several ways lead to it', 'few ways lead to it'],
  numbers: ['its numbers are the later ones', 'its numbers are not the later ones'],
  pattern: ['conflicts like this are often resolved so', 'conflicts like this are rarely resolved so'],
  sides: ['the sides relate as they do where it is right', 'the sides relate as they do where it is wrong'],
  merge: ['the other conflicts of the merge lean the same way', 'the other conflicts of the merge lean another way'],
  network: ['the changed words suggest it', 'the changed words suggest something else'],
};

export function reasonFrom(group: FeatureGroup, speaksFor: boolean): string {
  return reasons[group][speaksFor ? 0 : 1];
}
