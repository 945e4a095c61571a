// How the files of this room write node types, and the name that stands in a hole.

/** Node types, parted by white space. */
export function types(names: string): ReadonlySet<string> {
  return new Set(names.split(/\s+/).filter((name) => name !== ''));
}

/** The name that fills a hole for the parser. No program uses it. */
export const HOLE = 'lacunaHole';

export const slashComments = { lineComment: '//', blockComment: ['/*', '*/'] } as const;
