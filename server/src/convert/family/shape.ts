// What kind of model a GGUF file holds, and its sizes, from the header alone.

import { asIs, words, type Words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import type { GgufHeader, MetadataValue } from '../gguf/header.js';

export interface Shape {
  readonly family: Family;
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly feedForward: number;
  readonly ropeBase: number;
  /** What positions are divided by before they turn a pair of a head's numbers, for each pair; undefined for ones. */
  readonly ropeDivisors: readonly number[] | undefined;
  /** Of the norms. */
  readonly epsilon: number;
  readonly maximumPositions: number;
  /** What Granite multiplies with; one elsewhere. */
  readonly scales: { readonly embedding: number; readonly residual: number; readonly logits: number };
  /** Of queries with keys, where it is not one by the root of a head's size. */
  readonly attentionScale: number | undefined;
}

/** What families are read, and in what they differ beyond sizes and the tensors that they have. */
export const families = {
  qwen2: { rotary: 'halves', norm: 'rms', feedForward: 'gated' },
  qwen3: { rotary: 'halves', norm: 'rms', feedForward: 'gated' },
  // The pairs of numbers that rotation turns are neighbours in these files, whatever they are in the published weights.
  llama: { rotary: 'neighbours', norm: 'rms', feedForward: 'gated' },
  granite: { rotary: 'neighbours', norm: 'rms', feedForward: 'gated' },
  starcoder2: { rotary: 'halves', norm: 'layer', feedForward: 'plain' },
} as const;

export type Family = keyof typeof families;

/** More than the prompt ever takes; the tables of rotation are made for so many. */
const MOST_POSITIONS = 4096;

/** @throws ConversionError with one sentence where the model cannot be run here */
export function readShape({ metadata, tensors }: Pick<GgufHeader, 'metadata' | 'tensors'>, name: string): Shape {
  const refuse = (reason: Words): ConversionError =>
    new ConversionError(words('{0} cannot be used: {1}.', name, reason));
  // Only the first of several parts says what it is.
  if (Number(metadata.get('split.count') ?? 1) > 1)
    throw refuse(words('it is one of several parts of a model, which llama-gguf-split --merge puts together'));
  const family = metadata.get('general.architecture');
  if (typeof family !== 'string') throw refuse(words('it does not say what kind of model it holds'));
  const kind = metadata.get('general.type');
  if (kind === 'adapter' || metadata.has('adapter.type'))
    throw refuse(words('it is an adapter, which only changes another model'));
  if (family === 'clip' || kind === 'mmproj') throw refuse(words('it only reads pictures or sounds for another model'));
  if (kind !== undefined && kind !== 'model')
    throw refuse(words('it holds no model but something that belongs to one'));
  if (!isFamily(family)) {
    const known = asIs(Object.keys(families).join(', '));
    throw refuse(words('its family, {0}, is none of those that are read ({1})', family, known));
  }

  const given = (key: string): MetadataValue | undefined => metadata.get(`${family}.${key}`);
  const optional = (key: string, least: number, most: number): number | undefined => {
    const value = given(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !(value >= least && value <= most))
      throw refuse(words('its field {0} makes no sense', `${family}.${key}`));
    return value;
  };
  const required = (key: string, least: number, most: number): number => {
    const value = optional(key, least, most);
    if (value === undefined) throw refuse(words('it has no field {0}', `${family}.${key}`));
    return value;
  };
  const count = (key: string, most: number): number => {
    const value = required(key, 1, most);
    if (!Number.isInteger(value)) throw refuse(words('its field {0} makes no sense', `${family}.${key}`));
    return value;
  };

  if ((optional('pooling_type', 0, 65_536) ?? 0) > 0) throw refuse(words('it compares texts and writes none'));
  if ((optional('expert_count', 0, 65_536) ?? 0) > 0) throw refuse(words('it is a mixture of experts'));
  const hidden = count('embedding_length', 65_536);
  const heads = count('attention.head_count', 1024);
  const kvHeads = given('attention.head_count_kv') === undefined ? heads : count('attention.head_count_kv', 1024);
  const headDim = given('attention.key_length') === undefined ? hidden / heads : count('attention.key_length', 1024);
  if (!Number.isInteger(headDim) || headDim % 8 !== 0 || heads % kvHeads !== 0)
    throw refuse(words('its heads do not fit their sizes'));
  if ((optional('attention.value_length', 1, 1024) ?? headDim) !== headDim)
    throw refuse(words('its heads have values of another size than keys'));
  if ((optional('rope.dimension_count', 0, 1024) ?? headDim) !== headDim)
    throw refuse(words('it rotates only a part of each head'));

  const scaling = given('rope.scaling.type') ?? 'none';
  if (scaling !== 'none' && scaling !== 'linear')
    throw refuse(words('it stretches its positions in a way ({0}) that is not read', String(scaling)));
  const oldScale = optional('rope.scale_linear', 1e-3, 1e3);
  const ropeDivisor = (scaling === 'linear' ? optional('rope.scaling.factor', 1e-3, 1e3) : oldScale) ?? 1;
  const epsilonKey =
    families[family].norm === 'rms' ? 'attention.layer_norm_rms_epsilon' : 'attention.layer_norm_epsilon';
  const window = optional('attention.sliding_window', 0, 1e9) ?? 0;
  const positions = Math.min(MOST_POSITIONS, count('context_length', 1e9), window > 0 ? window : MOST_POSITIONS);
  if (positions < 512) throw refuse(words('it reads only {0} tokens at once', positions));
  if (tensors.size === 0) throw refuse(words('it holds no weights'));
  const granite = family === 'granite';
  return {
    family,
    layers: count('block_count', 1024),
    hidden,
    heads,
    kvHeads,
    headDim,
    feedForward: count('feed_forward_length', 1_000_000),
    ropeBase: optional('rope.freq_base', 1, 1e12) ?? 10_000,
    ropeDivisors: ropeDivisor === 1 ? undefined : Array.from({ length: headDim / 2 }, () => ropeDivisor),
    epsilon: required(epsilonKey, 0, 1),
    maximumPositions: positions,
    scales: {
      embedding: (granite ? optional('embedding_scale', 1e-6, 1e6) : undefined) ?? 1,
      residual: (granite ? optional('residual_scale', 1e-6, 1e6) : undefined) ?? 1,
      logits: (granite ? optional('logit_scale', 1e-6, 1e6) : undefined) ?? 1,
    },
    attentionScale: granite ? optional('attention.scale', 1e-6, 1e6) : undefined,
  };
}

function isFamily(name: string): name is Family {
  return Object.hasOwn(families, name);
}
