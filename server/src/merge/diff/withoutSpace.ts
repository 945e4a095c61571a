/** A text as answers are compared: what is the same apart from white space is one answer. */
export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
