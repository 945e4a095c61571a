/** Whether a name stands in a text, as a whole word. */
export function occursIn(name: string, text: string): boolean {
  const escaped = name.replace(/[$\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`, 'u').test(text);
}
