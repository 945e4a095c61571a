// The parts of the head, and the embeddings. Where the two are one matrix it is stored once: the head's graph multiplies with
// it, and embeddings are looked up in it.

import { rowsOf, type Matrix } from '../family/matrix.js';
import type { Recipe } from '../family/recipe.js';
import { families } from '../family/shape.js';
import type { Source } from '../family/source.js';
import type { TensorPlace } from '../gguf/header.js';
import { rowSizes, type Rounding } from '../rounding/roundRows.js';
import { Graph, type MatrixPlaces, type PlannedGraph, type PlannedMatrix } from './graph.js';
import { createLayout, rowsOfFile } from './layout.js';
import { normalAt, normalise } from './norms.js';

export interface RowsOfVocabulary {
  readonly from: number;
  readonly to: number;
  readonly rounding: Rounding;
  readonly places: MatrixPlaces;
}

export interface PlannedHead {
  readonly parts: readonly (PlannedGraph & { readonly from: number; readonly to: number })[];
  readonly embedding: readonly RowsOfVocabulary[];
  /** Of embeddings that are a matrix of their own. */
  readonly embeddingData: ReadonlyMap<string, number>;
  readonly embeddingMatrices: readonly PlannedMatrix[];
}

/** @param kept rows of the source's vocabulary, in their order here */
export async function planHead(
  source: Source,
  recipe: Recipe,
  kept: readonly number[],
  rows: number,
): Promise<PlannedHead> {
  const { shape } = source;
  const { hidden, scales } = shape;
  const embeddingTensor = source.matrix('token_embd.weight', hidden, rows);
  const headTensor = source.has('output.weight') ? source.matrix('output.weight', hidden, rows) : embeddingTensor;
  const isShared = headTensor === embeddingTensor || (await areAlike(source, headTensor, embeddingTensor));
  // A row that is looked up is multiplied by a factor; where the head has the same rows, its norm takes that back.
  const factor = isShared ? scales.embedding : 1;
  const normal = await normalAt(source, 'output_norm', hidden);
  const back = 1 / (factor * scales.logits);
  const folded =
    back === 1 ? normal : { gain: scaled(normal.gain, back), bias: normal.bias && scaled(normal.bias, back) };

  const parts: (PlannedGraph & { from: number; to: number; places: MatrixPlaces; rounding: Rounding })[] = [];
  for (const { from, to, rounding } of cutRows(recipe, kept.length, hidden)) {
    const graph = new Graph(`head-${parts.length}`, false);
    graph.input('hidden', [1, 'p', hidden]);
    graph.output('logits', [1, 'p', to - from]);
    normalise(graph, 'normalised', 'hidden', folded, shape.epsilon, families[shape.family].norm, 'norm');
    const matrix = rowsOf(headTensor, kept.slice(from, to), rounding, factor);
    const places = graph.linear('normalised', 'logits', matrix);
    parts.push({ ...graph.plan(), from, to, places, rounding });
  }
  if (isShared) {
    const embedding = parts.map(({ from, to, rounding, places }) => ({ from, to, rounding, places }));
    return { parts, embedding, embeddingData: new Map(), embeddingMatrices: [] };
  }
  return { parts, ...planEmbedding(embeddingTensor, recipe.embedding, kept, hidden, scales.embedding) };
}

function planEmbedding(
  tensor: TensorPlace,
  rounding: Rounding,
  kept: readonly number[],
  hidden: number,
  factor: number,
): Omit<PlannedHead, 'parts'> {
  const layout = createLayout('embedding', true);
  const embedding: RowsOfVocabulary[] = [];
  const matrices: PlannedMatrix[] = [];
  for (const [from, to] of cutEvenly(0, kept.length, rowsOfFile(bytesOfRow(hidden, rounding)))) {
    const matrix = rowsOf(tensor, kept.slice(from, to), rounding, factor);
    const places = placeMatrix(matrix, (bytes) => layout.place(bytes));
    embedding.push({ from, to, rounding, places });
    matrices.push({ matrix, places });
  }
  return { embedding, embeddingData: layout.files, embeddingMatrices: matrices };
}

function placeMatrix(
  { rows, columns, rounding }: Matrix,
  place: (bytes: number) => MatrixPlaces['weights'],
): MatrixPlaces {
  const sizes = rowSizes(columns, rounding);
  return {
    weights: place(rows * sizes.codes),
    scales: place(rows * sizes.blocks * 2),
    zeroPoints: sizes.zeroPoints === 0 ? null : place(rows * sizes.zeroPoints),
  };
}

/** The recipe's parts, cut further where they would not fit a file. */
function cutRows(
  { head }: Recipe,
  vocabulary: number,
  hidden: number,
): { readonly from: number; readonly to: number; readonly rounding: Rounding }[] {
  let start = 0;
  return head.flatMap(({ rows, rounding }) => {
    const end = rows === undefined ? vocabulary : Math.min(start + rows, vocabulary);
    const cut = cutEvenly(start, end, rowsOfFile(bytesOfRow(hidden, rounding)));
    start = end;
    return cut.map(([from, to]) => ({ from, to, rounding }));
  });
}

function cutEvenly(start: number, end: number, most: number): [number, number][] {
  const parts: [number, number][] = [];
  for (let from = start; from < end; from += most) parts.push([from, Math.min(from + most, end)]);
  return parts;
}

function bytesOfRow(columns: number, rounding: Rounding): number {
  const { codes, blocks, zeroPoints } = rowSizes(columns, rounding);
  return codes + 2 * blocks + zeroPoints;
}

/** Rows that are compared. */
const SAMPLES = 16;

/** Two roundings of one matrix differ by less than this share of their size, two matrices by more than all of it. */
const ALIKE = 0.3;

/** Whether head and embedding are one matrix, which files may hold twice: the head's copy, with more bits, is the better one. */
async function areAlike(source: Source, a: TensorPlace, b: TensorPlace): Promise<boolean> {
  const rows = a.dimensions[1]!;
  let [difference, size] = [0, 0];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const row = Math.floor((rows * sample) / SAMPLES);
    const [left, right] = [await source.rows(a, row, row + 1), await source.rows(b, row, row + 1)];
    for (let i = 0; i < left.length; i++) {
      difference += (left[i]! - right[i]!) ** 2;
      size += left[i]! ** 2;
    }
  }
  return difference < ALIKE ** 2 * size;
}

function scaled(values: Float32Array, factor: number): Float32Array {
  return values.map((value) => value * factor);
}
