// Holds a completion against what its author wrote: for each method, number of holes and threshold, whether the partial
// program covers it and how much it keeps. This is all that a calibration or an evaluation needs of a line.

import type { Syntax, SyntaxTree } from '../syntax/index.js';
import { textOf } from './alignTokens.js';
import { keptCharacters } from './fill.js';
import { isMember, type AuthorsText } from './membership.js';
import { MOST_HOLES, methods, programsOf, type Method } from './methods.js';
import { misfittingHoles } from './outerTree.js';
import { prepare, type Prepared } from './prepare.js';
import type { TrainedScore } from './trainedScores.js';
import type { Completion, PartialProgram } from './types.js';

/** What became of a completion at one threshold. */
export interface Outcome {
  /** Whether the author's text is among the programs that are left. */
  readonly isCovered: boolean;
  /** Shares (0-1) of nodes and of characters that are kept; white space does not count. */
  readonly keptNodes: number;
  readonly keptCharacters: number;
  readonly holes: number;
}

export interface JudgedLine {
  /** Nodes in the completion, for the class of its length. */
  readonly nodes: number;
  /** For a method, by number of holes (1 first) and threshold. `wholeLine` has one row only. */
  readonly outcomes: Readonly<Partial<Record<Method, readonly (readonly Outcome[])[]>>>;
}

export interface JudgeOptions {
  readonly syntax: Syntax;
  readonly score: TrainedScore | undefined;
  readonly methods?: readonly Method[];
  /** Numbers of holes to try; all by default. */
  readonly holes?: readonly number[];
}

/** @param author what was written in the completion's place: one line */
export async function judgeLine(completion: Completion, author: string, options: JudgeOptions): Promise<JudgedLine> {
  const { syntax, score } = options;
  const tree = await syntax.parse(completion.languageId, textOf(completion));
  const authorsTree = await syntax.parse(completion.languageId, completion.prefix + author + completion.suffix);
  try {
    const prepared = prepare(completion, tree, score);
    const authors = { text: author, tree: authorsTree, offset: completion.prefix.length };
    const outcomes: Partial<Record<Method, (readonly Outcome[])[]>> = {};
    for (const method of options.methods ?? methods) {
      const rows: (readonly Outcome[])[] = [];
      const counts = options.holes ?? Array.from({ length: MOST_HOLES }, (_, index) => index + 1);
      for (const holes of method === 'wholeLine' ? [1] : counts) {
        rows[holes - 1] = await judgeMethod(method, prepared, holes, authors, tree, syntax);
      }
      outcomes[method] = rows;
    }
    return { nodes: prepared.nodes, outcomes };
  } finally {
    tree?.delete();
    authorsTree?.delete();
  }
}

async function judgeMethod(
  method: Method,
  prepared: Prepared,
  holes: number,
  author: AuthorsText,
  tree: SyntaxTree | undefined,
  syntax: Syntax,
): Promise<readonly Outcome[]> {
  const { completion } = prepared.aligned;
  const refused = (program: PartialProgram) =>
    tree === undefined ? Promise.resolve([]) : misfittingHoles(completion, tree, program, syntax);
  const programs = await programsOf(method, prepared, holes, refused);
  let [last, outcome]: [PartialProgram | undefined, Outcome | undefined] = [undefined, undefined];
  return programs.map((program) => {
    if (outcome === undefined || !isEqual(program, last)) {
      outcome = {
        isCovered: isMember(completion.text, program, author),
        keptNodes: prepared.nodes === 0 ? 0 : program.kept / prepared.nodes,
        keptCharacters: keptCharacters(completion.text, program),
        holes: program.holes.length,
      };
      last = program;
    }
    return outcome;
  });
}

function isEqual(a: PartialProgram, b: PartialProgram | undefined): boolean {
  if (a === b) return true;
  return (
    a.holes.length === b?.holes.length &&
    a.holes.every(({ range }, i) => range.start === b.holes[i]!.range.start && range.end === b.holes[i]!.range.end) &&
    a.isEverything === b.isEverything
  );
}
