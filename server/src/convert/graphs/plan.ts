// Everything that a model folder will hold, before anything of it is written: graphs, and where their weights come from and
// go to. So what does not fit is said before the disk is touched, and the size is known.

import { cutIntoSegments, type Recipe } from '../family/recipe.js';
import type { Source } from '../family/source.js';
import type { Vocabulary } from '../family/vocabulary.js';
import type { PlannedGraph, PlannedMatrix } from './graph.js';
import { planHead, type RowsOfVocabulary } from './head.js';
import { planSegment } from './segment.js';

export interface ModelPlan {
  readonly segments: readonly Part[];
  readonly head: readonly Part[];
  readonly embedding: readonly RowsOfVocabulary[];
  /** The files of graphs, with their bytes. */
  readonly graphs: ReadonlyMap<string, Uint8Array>;
  /** The files of weights, with their sizes. */
  readonly data: ReadonlyMap<string, number>;
  /** All weights, in the order of their files. */
  readonly matrices: readonly PlannedMatrix[];
}

interface Part {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** @throws ConversionError with one sentence */
export async function planModel(source: Source, recipe: Recipe, vocabulary: Vocabulary): Promise<ModelPlan> {
  const segments: (Part & PlannedGraph)[] = [];
  for (const { from, to } of cutIntoSegments(source.shape.layers))
    segments.push({ ...(await planSegment(source, recipe, from, to)), from, to });
  const head = await planHead(source, recipe, vocabulary.kept, vocabulary.tokens.length);
  const planned = [...segments, ...head.parts];
  return {
    segments,
    head: head.parts,
    embedding: head.embedding,
    graphs: new Map(planned.map(({ file, model }) => [file, model])),
    data: new Map([...planned.flatMap(({ data }) => [...data]), ...head.embeddingData]),
    matrices: [...planned.flatMap(({ matrices }) => matrices), ...head.embeddingMatrices],
  };
}
