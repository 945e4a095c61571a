// Names and texts of a repository, made fit for places that read more than text: messages make links of [text](address),
// lists and bars make icons of $(name), and every such place is one line.

/** Longer names are cut in the middle, in UTF-16 units. */
const LONGEST_NAME = 120;

/** Between the parts of what would be a link or an icon, where it cannot be seen. */
const APART = '\u200b';

/** One line of text, whatever it was before. */
export function plain(text: string, longest = LONGEST_NAME): string {
  // Control characters, line ends of all kinds, and marks that change the direction of what follows.
  const oneLine = text.replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');
  const short = oneLine.length <= longest ? oneLine : `${oneLine.slice(0, longest / 2)}…${oneLine.slice(-longest / 2)}`;
  return short.replaceAll('](', `]${APART}(`).replaceAll('$(', `$${APART}(`);
}
