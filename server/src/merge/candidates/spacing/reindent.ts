// One side indented lines anew, the other wrote new lines at the old depth: at which depth they stand now.

/** A line's indentation in the side that wrote it and, where the other side has the line too, there. */
export interface IndentedLine {
  readonly here: string;
  readonly there: string | undefined;
}

/**
 * The indentation of a line that only one side has, as the other side would have it: that of the nearest line of the
 * same depth which both have; else one that lies as much deeper or shallower than its neighbour's.
 * @param lines the side's lines in their order
 * @param at the line in question, whose `there` is undefined
 */
export function indentThere(lines: readonly IndentedLine[], at: number): string {
  const { here } = lines[at]!;
  const same = nearest(lines, at, (line) => line.here === here);
  if (same !== undefined) return same.there!;
  const neighbour = nearest(lines, at, () => true);
  if (neighbour === undefined || neighbour.there === neighbour.here) return here;
  const scale = unitsOf(lines);
  if (here.startsWith(neighbour.here)) {
    return neighbour.there! + rescale(here.slice(neighbour.here.length), scale);
  }
  if (neighbour.here.startsWith(here)) {
    const less = rescale(neighbour.here.slice(here.length), scale);
    if (neighbour.there!.endsWith(less)) return neighbour.there!.slice(0, neighbour.there!.length - less.length);
  }
  return here;
}

/** The nearest line that both sides have, above before below at the same distance. */
function nearest(
  lines: readonly IndentedLine[],
  at: number,
  isWanted: (line: IndentedLine) => boolean,
): IndentedLine | undefined {
  for (let distance = 1; distance < lines.length; distance++) {
    for (const index of [at - distance, at + distance]) {
      const line = lines[index];
      if (line?.there !== undefined && isWanted(line)) return line;
    }
  }
  return undefined;
}

interface Units {
  readonly here: string;
  readonly there: string;
}

/** One step of indentation on either side: the smallest difference of depth between lines that both have. */
function unitsOf(lines: readonly IndentedLine[]): Units | undefined {
  let best: Units | undefined;
  const known = lines.filter(({ there }) => there !== undefined);
  for (const [index, deep] of known.entries()) {
    const shallow = known[index - 1];
    if (shallow === undefined || !deep.here.startsWith(shallow.here) || !deep.there!.startsWith(shallow.there!))
      continue;
    const units = { here: deep.here.slice(shallow.here.length), there: deep.there!.slice(shallow.there!.length) };
    if (units.here === '' || units.there === '') continue;
    if (best === undefined || units.here.length < best.here.length) best = units;
  }
  return best;
}

/** White space that is a whole number of one side's steps, in the other's steps. */
function rescale(space: string, units: Units | undefined): string {
  if (units === undefined) return space;
  const steps = space.length / units.here.length;
  return Number.isInteger(steps) && space === units.here.repeat(steps) ? units.there.repeat(steps) : space;
}
