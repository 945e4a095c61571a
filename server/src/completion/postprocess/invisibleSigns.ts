// Signs that nobody sees and that make code look like other code: controls, zero-width spaces, and the ones that turn the
// direction of writing (Boucher and Anderson 2023, "Trojan Source"). A file that has one of them may be given it again, but for
// a carriage return that ends no line here and would in an editor.

import type { Filter } from './filter.js';

// Joiners are not among them: scripts and emoji are written with them.
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\0-\x08\x0b\x0d-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

export const invisibleSigns: Filter = (text, { place: { whole } }) =>
  (text.match(INVISIBLE) ?? []).every((sign) => sign !== '\r' && whole.text.includes(sign))
    ? text
    : { dropped: 'invisibleSigns' };
