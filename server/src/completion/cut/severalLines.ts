/** Whether more than one line of a text has something on it. */
export function isSeveralLines(text: string): boolean {
  return text.split('\n').filter((line) => line.trim() !== '').length > 1;
}
