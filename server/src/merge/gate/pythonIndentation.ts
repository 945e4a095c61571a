// Python's rules of indentation, which its grammar for editors bends: a line may stand deeper only behind a colon, must
// stand deeper there, and comes back to a depth that was there before.

/** A comment, or a string; the quotes of one over several lines are captured. */
const commentOrString =
  /#[^\n]*|("""|''')(?:\\[\s\S]|(?!\1)[^\\])*(?:\1|$)|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/g;

/** Lines that break the rules. The text may begin and end anywhere in a file. */
export function indentationErrors(text: string): number {
  let errors = 0;
  let levels: string[] = [];
  let opensBlock = false;
  for (const { indent, code } of logicalLines(text)) {
    const current = levels.at(-1);
    if (current === undefined) {
      levels = [indent];
    } else if (indent === current) {
      if (opensBlock) errors++;
    } else if (indent.startsWith(current)) {
      if (!opensBlock) errors++;
      levels.push(indent);
    } else {
      if (opensBlock) errors++;
      const lowest = levels[0]!;
      while (levels.length > 0 && levels.at(-1) !== indent) levels.pop();
      if (levels.length === 0) {
        // Less deep than where the text begins: what was open before it is not known.
        if (!lowest.startsWith(indent)) errors++;
        levels = [indent];
      }
    }
    opensBlock = code.endsWith(':');
  }
  return errors;
}

/** Lines of code, those inside brackets joined to the one that they began in. */
function logicalLines(text: string): { readonly indent: string; readonly code: string }[] {
  const lines: { indent: string; code: string }[] = [];
  let depth = 0;
  let isContinued = false;
  const plain = text.replace(commentOrString, (found) => (found.startsWith('#') ? '' : '""'));
  for (const line of plain.split('\n')) {
    const code = line.trim();
    if (code === '') continue;
    const begun = depth > 0 || isContinued ? lines.at(-1) : undefined;
    if (begun === undefined) lines.push({ indent: /^\s*/.exec(line)![0], code });
    else begun.code += ` ${code}`;
    for (const sign of code) {
      if (sign === '(' || sign === '[' || sign === '{') depth++;
      else if (sign === ')' || sign === ']' || sign === '}') depth = Math.max(0, depth - 1);
    }
    isContinued = code.endsWith('\\');
  }
  return lines;
}
