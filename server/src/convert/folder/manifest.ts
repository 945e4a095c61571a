// model.json of a converted model: what the folder holds, where, and the SHA-256 of every file.

import type { PromptFormat } from '../family/fillInTheMiddle.js';
import { described, type Recipe } from '../family/recipe.js';
import type { Shape } from '../family/shape.js';
import type { RowsOfVocabulary } from '../graphs/head.js';
import type { ModelPlan } from '../graphs/plan.js';

export interface ManifestParts {
  readonly name: string;
  readonly source: { readonly file: string; readonly sha256: string };
  readonly licence: string;
  readonly shape: Shape;
  readonly recipe: Recipe;
  readonly plan: Pick<ModelPlan, 'segments' | 'head' | 'embedding'>;
  readonly vocabulary: number;
  readonly prompt: PromptFormat;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

export function manifestOf(parts: ManifestParts): object {
  const { name, source, licence, shape, recipe, plan, vocabulary, prompt, files } = parts;
  const spans = (of: readonly { file: string; from: number; to: number }[]): object[] =>
    of.map(({ file, from, to }) => ({ file, from, to }));
  return {
    format: 1,
    name,
    version: '1.0.0',
    source,
    licence,
    architecture: {
      family: shape.family,
      layers: shape.layers,
      hidden: shape.hidden,
      heads: shape.heads,
      kvHeads: shape.kvHeads,
      headDim: shape.headDim,
      vocabulary,
      ropeBase: shape.ropeBase,
      ...(shape.ropeDivisors === undefined ? {} : { ropeDivisors: shape.ropeDivisors }),
      maximumPositions: shape.maximumPositions,
    },
    quantisation: described(recipe),
    segments: spans(plan.segments),
    head: spans(plan.head),
    embedding: plan.embedding.map(embeddingPart),
    tokenizer: 'tokenizer.json',
    prompt,
    files,
  };
}

function embeddingPart({ from, to, rounding, places }: RowsOfVocabulary): object {
  const { weights, scales, zeroPoints } = places;
  return {
    from,
    to,
    bits: rounding.bits,
    block: rounding.block,
    weights,
    scales: { ...scales, type: 'float16' },
    zeroPoints,
  };
}
