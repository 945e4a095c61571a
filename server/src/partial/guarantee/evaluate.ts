// Holds a completion against what its author wrote: for each method, number of holes and threshold, whether the partial
// program covers it and how much it keeps. This is all that a calibration or an evaluation needs of a line.

import type { Syntax, SyntaxTree } from '../../syntax/index.js';
import { textOf } from '../tree/alignTokens.js';
import { keptCharacters } from '../tree/fill.js';
import { isMember, type AuthorsText } from '../tree/membership.js';
import { MOST_HOLES, methods, programsOf, type Method } from './methods.js';
import { likeliestOffer, offerLevels, offersOf } from './offer.js';
import { misfittingHoles } from '../tree/outerTree.js';
import { prepare, type Prepared } from '../score/prepare.js';
import { rankPrograms } from '../score/rankPrograms.js';
import type { TrainedScore } from '../score/trainedScores.js';
import type { Completion, PartialProgram } from '../types.js';

/** What became of a completion at one threshold. */
export interface Outcome {
  /** Whether the author's text is among the programs that are left. */
  readonly isCovered: boolean;
  /** Shares (0-1) of nodes and of characters that are kept; white space does not count. */
  readonly keptNodes: number;
  readonly keptCharacters: number;
  readonly holes: number;
}

export interface EvaluatedLine {
  /** Nodes in the completion, for the class of its length. */
  readonly nodes: number;
  /** For a method, by number of holes (1 first) and threshold. `wholeLine` has one row only. */
  readonly outcomes: Readonly<Partial<Record<Method, readonly (readonly Outcome[])[]>>>;
  /** By number of holes (1 first) and level: what became of what the editor offers; undefined where it offers no holes. */
  readonly offers: readonly (readonly (Outcome | undefined)[])[];
}

export interface EvaluationOptions {
  readonly syntax: Syntax;
  readonly score: TrainedScore | undefined;
  readonly methods?: readonly Method[];
  /** Numbers of holes to try; all by default. */
  readonly holes?: readonly number[];
}

const allCounts: readonly number[] = Array.from({ length: MOST_HOLES }, (_, index) => index + 1);

/** @param author what was written in the completion's place: one line */
export async function evaluateLine(
  completion: Completion,
  author: string,
  options: EvaluationOptions,
): Promise<EvaluatedLine> {
  const { syntax, score } = options;
  const tree = await syntax.parse(completion.languageId, textOf(completion));
  const authorsTree = await syntax.parse(completion.languageId, completion.prefix + author + completion.suffix);
  try {
    const prepared = prepare(completion, tree, score);
    const authors = { text: author, tree: authorsTree, offset: completion.prefix.length };
    const outcomes: Partial<Record<Method, (readonly Outcome[])[]>> = {};
    for (const method of options.methods ?? methods) {
      const rows: (readonly Outcome[])[] = [];
      for (const holes of method === 'wholeLine' ? [1] : (options.holes ?? allCounts)) {
        rows[holes - 1] = await evaluateMethod(method, prepared, holes, authors, tree, syntax);
      }
      outcomes[method] = rows;
    }
    const offers: (readonly (Outcome | undefined)[])[] = [];
    for (const count of options.holes ?? allCounts) {
      offers[count - 1] = await evaluateOffers(prepared, count, authors, tree, syntax);
    }
    return { nodes: prepared.nodes, outcomes, offers };
  } finally {
    tree?.delete();
    authorsTree?.delete();
  }
}

async function evaluateMethod(
  method: Method,
  prepared: Prepared,
  holes: number,
  author: AuthorsText,
  tree: SyntaxTree | undefined,
  syntax: Syntax,
): Promise<readonly Outcome[]> {
  const refused = (program: PartialProgram) =>
    tree === undefined ? Promise.resolve([]) : misfittingHoles(prepared.aligned.completion, tree, program, syntax);
  const programs = await programsOf(method, prepared, holes, refused);
  let [last, outcome]: [PartialProgram | undefined, Outcome | undefined] = [undefined, undefined];
  return programs.map((program) => {
    if (outcome === undefined || !isEqual(program, last)) outcome = outcomeOf(prepared, program, author);
    last = program;
    return outcome;
  });
}

async function evaluateOffers(
  prepared: Prepared,
  holes: number,
  author: AuthorsText,
  tree: SyntaxTree | undefined,
  syntax: Syntax,
): Promise<readonly (Outcome | undefined)[]> {
  const { aligned, line, trees, score } = prepared;
  if (tree === undefined || line === undefined || score === undefined) return offerLevels.map(() => undefined);
  const { completion } = aligned;
  const offers = await offersOf(
    completion.text,
    rankPrograms(line, trees, holes, score.programs),
    likeliestOffer(line, holes),
    offerLevels,
    (program) => misfittingHoles(completion, tree, program, syntax),
  );
  return offers.map((offer) => offer && outcomeOf(prepared, offer.program, author));
}

function outcomeOf(prepared: Prepared, program: PartialProgram, author: AuthorsText): Outcome {
  const { text } = prepared.aligned.completion;
  return {
    isCovered: isMember(text, program, author),
    keptNodes: prepared.nodes === 0 ? 0 : program.kept / prepared.nodes,
    keptCharacters: keptCharacters(text, program),
    holes: program.holes.length,
  };
}

function isEqual(a: PartialProgram, b: PartialProgram | undefined): boolean {
  if (a === b) return true;
  return (
    a.holes.length === b?.holes.length &&
    a.holes.every(({ range }, i) => range.start === b.holes[i]!.range.start && range.end === b.holes[i]!.range.end) &&
    a.isEverything === b.isEverything
  );
}
