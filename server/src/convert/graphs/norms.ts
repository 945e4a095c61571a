// Norms: by the root of the mean square, or layer norms with a bias.

import type { Source } from '../family/source.js';
import { families } from '../family/shape.js';
import type { Graph } from './graph.js';

export interface Normal {
  readonly gain: Float32Array;
  /** Of layer norms. */
  readonly bias: Float32Array | undefined;
}

/** The norm of such a name. */
export async function normalAt(source: Source, name: string, size: number): Promise<Normal> {
  const gain = await source.vector(`${name}.weight`, size);
  const isLayer = families[source.shape.family].norm === 'layer';
  return { gain, bias: isLayer ? await source.vector(`${name}.bias`, size) : undefined };
}

/** @param gainName of the constant, where it is not the name's */
export function normalise(
  graph: Graph,
  name: string,
  input: string,
  { gain, bias }: Normal,
  epsilon: number,
  kind: 'rms' | 'layer',
  gainName = `${name}/gain`,
): void {
  const inputs = [input, graph.constant(gainName, gain)];
  if (kind === 'layer') inputs.push(graph.constant(`${name}/bias`, bias!));
  const operator = kind === 'rms' ? 'SimplifiedLayerNormalization' : 'LayerNormalization';
  graph.node(operator, inputs, [name], { axis: { int: -1 }, epsilon: { float: epsilon } });
}
