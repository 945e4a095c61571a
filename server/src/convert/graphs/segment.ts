// The graph of a segment of layers, with its cache as inputs and outputs; for the Qwen2 family the graph of
// models/build/convert/graph.py, to the byte. What other families have beside or instead stands where it differs.

import { stacked } from '../family/matrix.js';
import type { Recipe } from '../family/recipe.js';
import { families, type Shape } from '../family/shape.js';
import type { Source } from '../family/source.js';
import { Graph, RUNTIME, type PlannedGraph } from './graph.js';
import { normalise, normalAt, type Normal } from './norms.js';

/**
 * Inputs: hidden float32 [1, s, H]; seqlens_k int32 [1], the total length less one; total int32 [1]; cos and sin float32
 * [P, D/2]; position_ids int64 [1, s] and attention_bias float32 [1, 1, s, t], t the total length, for rows that form a
 * tree; slots int64 [s], where the new rows stand in the cache; past_k_l and past_v_l float32 [1, key/value heads, cap, D].
 * Outputs: hidden_out, and new_k_l and new_v_l float32 [1, key/value heads, s, D], which belong into those slots: the runtime
 * would copy whole caches out of a run.
 */
export async function planSegment(source: Source, recipe: Recipe, from: number, to: number): Promise<PlannedGraph> {
  const { shape } = source;
  const two = (layer: number): string => String(layer).padStart(2, '0');
  const graph = new Graph(`segment-${two(from)}-${two(to)}`);
  graph.input('hidden', [1, 's', shape.hidden]);
  graph.input('seqlens_k', [1], 'int32');
  graph.input('total', [1], 'int32');
  graph.input('cos', ['positions', shape.headDim / 2]);
  graph.input('sin', ['positions', shape.headDim / 2]);
  addTreeInputs(graph);
  graph.output('hidden_out', [1, 's', shape.hidden]);
  let state: State = { residual: 'hidden', addition: '' };
  for (let layer = from; layer < to; layer++) state = await addLayer(graph, source, recipe, layer, state);
  graph.node('Add', [state.residual, state.addition], ['hidden_out']);
  return graph.plan();
}

/** Where a row stands, what it sees and where it is kept; zeros as bias change no bit of a plain pass and cost nothing. */
function addTreeInputs(graph: Graph): void {
  graph.input('position_ids', [1, 's'], 'int64');
  graph.input('attention_bias', [1, 1, 's', 't']);
  graph.input('slots', ['s'], 'int64');
}

/** The sum of the two is a layer's output; it is left to the next layer, whose norm adds and normalises in one operator. */
interface State {
  readonly residual: string;
  readonly addition: string;
}

async function addLayer(graph: Graph, source: Source, recipe: Recipe, layer: number, before: State): Promise<State> {
  const { shape } = source;
  const at = (name: string): string => `layer_${layer}/${name}`;
  const tensor = (name: string): string => `blk.${layer}.${name}`;
  const bias = (name: string, size: number): Promise<Float32Array | undefined> =>
    source.has(tensor(`${name}.bias`)) ? source.vector(tensor(`${name}.bias`), size) : Promise.resolve(undefined);
  const scaledBias = async (name: string, size: number): Promise<Float32Array | undefined> =>
    (await bias(name, size))?.map((value) => value * shape.scales.residual);
  const cache = [1, shape.kvHeads, 'cap', shape.headDim];
  for (const side of ['k', 'v']) {
    graph.input(`past_${side}_${layer}`, cache);
    graph.output(`new_${side}_${layer}`, [1, shape.kvHeads, 's', shape.headDim]);
  }

  const attentionNorm = await normalAt(source, tensor('attn_norm'), shape.hidden);
  const attention = addAndNormalise(graph, at('attention_norm'), before, attentionNorm, shape);
  const projected = await project(graph, source, recipe, layer, attention.normalised);
  graph.node(
    'GroupQueryAttention',
    [
      ...projected,
      `past_k_${layer}`,
      `past_v_${layer}`,
      'seqlens_k',
      'total',
      'cos',
      'sin',
      'position_ids',
      'attention_bias',
    ],
    [at('attended'), `present_k_${layer}`, `present_v_${layer}`],
    {
      num_heads: { int: shape.heads },
      kv_num_heads: { int: shape.kvHeads },
      do_rotary: { int: 1 },
      ...(families[shape.family].rotary === 'neighbours' ? { rotary_interleaved: { int: 1 } } : {}),
      ...(shape.attentionScale === undefined ? {} : { scale: { float: shape.attentionScale } }),
    },
    RUNTIME,
  );
  for (const side of ['k', 'v'])
    graph.node('Gather', [`present_${side}_${layer}`, 'slots'], [`new_${side}_${layer}`], { axis: { int: 2 } });
  const output = source.matrix(tensor('attn_output.weight'), shape.heads * shape.headDim, shape.hidden);
  graph.linear(
    at('attended'),
    at('attention'),
    stacked([output], recipe.layers, shape.scales.residual),
    await scaledBias('attn_output', shape.hidden),
  );

  const feedForwardNorm = await normalAt(source, tensor('ffn_norm'), shape.hidden);
  const feedForward = addAndNormalise(
    graph,
    at('feed_forward_norm'),
    { residual: attention.residual, addition: at('attention') },
    feedForwardNorm,
    shape,
  );
  const up = source.matrix(tensor('ffn_up.weight'), shape.hidden, shape.feedForward);
  if (families[shape.family].feedForward === 'gated') {
    const gate = source.matrix(tensor('ffn_gate.weight'), shape.hidden, shape.feedForward);
    const gateBias = await bias('ffn_gate', shape.feedForward);
    const upBias = await bias('ffn_up', shape.feedForward);
    graph.linear(
      feedForward.normalised,
      at('gate_up'),
      stacked([gate, up], recipe.layers),
      joinedBiases([gateBias, upBias], [shape.feedForward, shape.feedForward]),
    );
    graph.node('Split', [at('gate_up')], [at('gate'), at('up')], { axis: { int: -1 } });
    // With a factor of one, x * sigmoid(factor * x) is the SiLU of these families.
    graph.node('QuickGelu', [at('gate')], [at('opened')], { alpha: { float: 1 } }, RUNTIME);
    graph.node('Mul', [at('opened'), at('up')], [at('product')]);
  } else {
    const upBias = await bias('ffn_up', shape.feedForward);
    graph.linear(feedForward.normalised, at('up'), stacked([up], recipe.layers), upBias);
    // By the hyperbolic tangent, as these families were trained.
    graph.node('FastGelu', [at('up')], [at('product')], {}, RUNTIME);
  }
  const down = source.matrix(tensor('ffn_down.weight'), shape.feedForward, shape.hidden);
  graph.linear(
    at('product'),
    at('feed_forward'),
    stacked([down], recipe.layers, shape.scales.residual),
    await scaledBias('ffn_down', shape.hidden),
  );
  return { residual: feedForward.residual, addition: at('feed_forward') };
}

/** Adds queries, keys and values; returns the three inputs of attention. */
async function project(
  graph: Graph,
  source: Source,
  recipe: Recipe,
  layer: number,
  normalised: string,
): Promise<string[]> {
  const { shape } = source;
  const at = (name: string): string => `layer_${layer}/${name}`;
  const tensor = (name: string): string => `blk.${layer}.${name}`;
  const [queries, keys] = [shape.heads * shape.headDim, shape.kvHeads * shape.headDim];
  const sides = [
    { name: 'attn_q', size: queries },
    { name: 'attn_k', size: keys },
    { name: 'attn_v', size: keys },
  ];
  const [q, k, v] = sides.map(({ name, size }) => source.matrix(tensor(`${name}.weight`), shape.hidden, size));
  const biases: (Float32Array | undefined)[] = [];
  for (const { name, size } of sides) {
    const has = source.has(tensor(`${name}.bias`));
    biases.push(has ? await source.vector(tensor(`${name}.bias`), size) : undefined);
  }
  const hasHeadNorms = source.has(tensor('attn_q_norm.weight'));
  const alike = recipe.layers.bits === recipe.keysAndValues.bits && recipe.layers.block === recipe.keysAndValues.block;
  if (alike && !hasHeadNorms) {
    const all = joinedBiases(biases, [queries, keys, keys]);
    graph.linear(normalised, at('qkv'), stacked([q!, k!, v!], recipe.layers), all);
    return [at('qkv'), '', ''];
  }
  const [named, linear] = hasHeadNorms ? [at('q_raw'), at('k_raw')] : [at('q'), at('k')];
  graph.linear(normalised, named, stacked([q!], recipe.layers), biases[0]);
  graph.linear(
    normalised,
    at('kv'),
    stacked([k!, v!], recipe.keysAndValues),
    joinedBiases(biases.slice(1), [keys, keys]),
  );
  graph.node('Split', [at('kv')], [linear, at('v')], { axis: { int: -1 } });
  if (hasHeadNorms) {
    await normaliseHeads(graph, source, layer, 'q', named, shape.heads);
    await normaliseHeads(graph, source, layer, 'k', linear, shape.kvHeads);
  }
  return [at('q'), at('k'), at('v')];
}

/** Normalises each head's numbers by themselves. */
async function normaliseHeads(
  graph: Graph,
  source: Source,
  layer: number,
  side: 'q' | 'k',
  raw: string,
  heads: number,
): Promise<void> {
  const { headDim, epsilon } = source.shape;
  const at = (name: string): string => `layer_${layer}/${name}`;
  const gain = await source.vector(`blk.${layer}.attn_${side}_norm.weight`, headDim);
  const apart = graph.shape(at(`${side}_apart`), [0, 0, heads, headDim]);
  const together = graph.shape(at(`${side}_together`), [0, 0, heads * headDim]);
  graph.node('Reshape', [raw, apart], [at(`${side}_heads`)]);
  normalise(graph, at(`${side}_norm`), at(`${side}_heads`), { gain, bias: undefined }, epsilon, 'rms');
  graph.node('Reshape', [at(`${side}_norm`), together], [at(side)]);
}

/** Residual + addition, and its normalised form; the first layer of a segment has nothing to add. */
function addAndNormalise(
  graph: Graph,
  name: string,
  { residual, addition }: State,
  normal: Normal,
  { epsilon, family }: Shape,
): { readonly residual: string; readonly normalised: string } {
  const kind = families[family].norm;
  if (addition === '') {
    normalise(graph, name, residual, normal, epsilon, kind);
    return { residual, normalised: name };
  }
  const total = `${name}/sum`;
  const inputs = [residual, addition, graph.constant(`${name}/gain`, normal.gain)];
  if (kind === 'layer') inputs.push(graph.constant(`${name}/bias`, normal.bias!));
  const operator = kind === 'rms' ? 'SkipSimplifiedLayerNormalization' : 'SkipLayerNormalization';
  graph.node(operator, inputs, [name, '', '', total], { epsilon: { float: epsilon } }, RUNTIME);
  return { residual: total, normalised: name };
}

/** One bias for stacked matrices; zeros where one of them has none, none where all have none. */
function joinedBiases(
  biases: readonly (Float32Array | undefined)[],
  sizes: readonly number[],
): Float32Array | undefined {
  if (biases.every((bias) => bias === undefined)) return undefined;
  const joined = new Float32Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const [i, bias] of biases.entries()) {
    if (bias !== undefined) joined.set(bias, at);
    at += sizes[i]!;
  }
  return joined;
}
