/** Whether a line closes a block or an element. Two such lines are the same only where they stand equally deep. */
export function closesBlock(line: string): boolean {
  return /^\s*(?:end\b|fi\b|done\b|esac\b|<\/|[)\]}])/i.test(line);
}
