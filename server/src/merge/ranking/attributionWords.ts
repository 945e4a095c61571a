// The words of an attribution: what spoke for a candidate and against it, by what the features speak of.

import { words, type Words } from '../../common/words.js';
import type { FeatureGroup } from './features/candidateFeatures.js';

const reasons: Readonly<Record<FeatureGroup, readonly [speaksFor: Words, speaksAgainst: Words]>> = {
  edits: [words('what the sides changed is kept'), words('something that a side changed is lost')],
  similarity: [words('it stays close to the sides'), words('it is far from what the sides have')],
  length: [words('its length is what such answers have'), words('its length is unusual')],
  repetition: [words('nothing in it is repeated'), words('it repeats something')],
  brackets: [words('it fits its surroundings syntactically'), words('it may not fit its surroundings syntactically')],
  names: [words('the surroundings know its names'), words('the surroundings know its names less than others')],
  order: [words('its lines are in order'), words('its lines are in an unusual order')],
  agreement: [words('several ways lead to it'), words('few ways lead to it')],
  numbers: [words('its numbers are the later ones'), words('its numbers are not the later ones')],
  pattern: [words('conflicts like this are often resolved so'), words('conflicts like this are rarely resolved so')],
  sides: [
    words('the sides relate as they do where it is right'),
    words('the sides relate as they do where it is wrong'),
  ],
  merge: [
    words('the other conflicts of the merge lean the same way'),
    words('the other conflicts of the merge lean another way'),
  ],
  network: [words('the changed words suggest it'), words('the changed words suggest something else')],
};

export function reasonFrom(group: FeatureGroup, speaksFor: boolean): Words {
  return reasons[group][speaksFor ? 0 : 1];
}
