// The graph of a segment in the prefill form: each product with a matrix in blocks becomes one of 8-bit numbers, whose inputs
// are rounded with a scale for each row of the pass.

import { createLayout, type Place } from '../graphs/layout.js';
import { decodeModel, encodeModel } from '../graphs/onnxSchema.js';
import { encodeGraph, externalTensor, FLOAT, INT64, INT8, RUNTIME, UINT8, valueInfo } from '../graphs/graph.js';

interface Node {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly attribute?: readonly { readonly name: string; readonly i?: number }[];
  readonly domain?: string;
}

interface Tensor {
  readonly name: string;
  readonly dims?: readonly number[];
  readonly dataType: number;
  readonly rawData?: Uint8Array;
  readonly externalData?: readonly { readonly key: string; readonly value: string }[];
  readonly dataLocation?: number;
}

interface Model {
  readonly graph: { readonly node: readonly Node[]; readonly initializer: readonly Tensor[] };
}

/** A matrix to be rounded anew: where its parts lie in the model's folder, and where they go. */
export interface PrefillMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly bits: number;
  readonly block: number;
  readonly codes: Place;
  readonly scales: Place;
  readonly zeroPoints: Place | undefined;
  readonly target: { readonly codes: Place; readonly steps: Place };
}

export interface PrefillGraph {
  readonly model: Uint8Array;
  /** The files of its weights, with their sizes. */
  readonly data: ReadonlyMap<string, number>;
  readonly matrices: readonly PrefillMatrix[];
}

/** @param bytes of the segment's graph */
export function prefillGraph(bytes: Uint8Array, name: string): PrefillGraph {
  const model = decodeModel(bytes) as Model;
  const { node: nodes, initializer } = model.graph;
  const tensors = new Map(initializer.map((tensor) => [tensor.name, tensor]));
  const layout = createLayout(`${name}-prefill`, true);
  const builder = new Builder();
  const matrices: PrefillMatrix[] = [];
  /** Scales are half-precision numbers that a node turns into others. */
  const halves = new Map(
    nodes
      .filter(({ opType, input }) => opType === 'Cast' && tensors.has(input[0]!))
      .map(({ input, output }) => [output[0]!, input[0]!]),
  );
  const replaced = new Set([...halves.values()]);

  for (const node of nodes) {
    if (halves.has(node.output[0]!)) continue;
    if (node.opType !== 'MatMulNBits') {
      builder.nodes.push(node);
      continue;
    }
    const [source, codes, scales, zeroPoints = '', , bias = ''] = node.input as [string, string, string, ...string[]];
    const attribute = (wanted: string): number => node.attribute!.find((one) => one.name === wanted)!.i!;
    const [rows, columns] = [attribute('N'), attribute('K')];
    const half = halves.get(scales)!;
    for (const name of [codes, zeroPoints]) replaced.add(name);
    const matrix: PrefillMatrix = {
      ...{ rows, columns, bits: attribute('bits'), block: attribute('block_size') },
      codes: placeOf(tensors.get(codes)!),
      scales: placeOf(tensors.get(half)!),
      zeroPoints: zeroPoints === '' ? undefined : placeOf(tensors.get(zeroPoints)!),
      target: { codes: layout.place(rows * columns), steps: layout.place(4 * rows) },
    };
    matrices.push(matrix);
    const [target] = node.output;
    const names = { codes: `${target}/prefill_codes`, steps: `${target}/prefill_steps` };
    builder.tensors.push(
      externalTensor(names.codes, INT8, [columns, rows], matrix.target.codes),
      externalTensor(names.steps, FLOAT, [rows], matrix.target.steps),
    );
    builder.product(source, target!, names, bias);
  }

  const kept = initializer.filter((tensor) => !replaced.has(tensor.name));
  const graph = { ...model.graph, node: builder.nodes, initializer: [...kept, ...builder.tensors] };
  return { model: encodeModel({ ...model, graph }), data: layout.files, matrices };
}

/** Numbers of a row of `exactnessProbe`, all ones; and what each of its sums is. */
export const PROBE = { columns: 64, sum: 64 } as const;

/** A graph whose products add up the largest numbers that there can be in a form with such codes. */
export function exactnessProbe(largestCode: number): Uint8Array {
  const builder = new Builder();
  const { columns } = PROBE;
  const rows = 16;
  const raw = (array: Int8Array | Float32Array): Uint8Array => new Uint8Array(array.buffer);
  builder.tensors.push(
    {
      name: 'codes',
      dataType: INT8,
      dims: [columns, rows],
      rawData: raw(new Int8Array(columns * rows).fill(largestCode)),
    },
    { name: 'steps', dataType: FLOAT, dims: [rows], rawData: raw(new Float32Array(rows).fill(1 / largestCode)) },
  );
  builder.product('rows', 'sums', { codes: 'codes', steps: 'steps' }, '');
  return encodeGraph({
    node: builder.nodes,
    name: 'probe',
    initializer: builder.tensors,
    input: [valueInfo('rows', [1, 's', columns], FLOAT)],
    output: [valueInfo('sums', [1, 's', rows], FLOAT)],
  });
}

class Builder {
  readonly nodes: Node[] = [];
  readonly tensors: Tensor[] = [];
  /** Inputs that are rounded already. */
  private readonly rounded = new Set<string>();

  /** target = source x codes x steps + bias */
  product(
    source: string,
    target: string,
    { codes, steps }: { readonly codes: string; readonly steps: string },
    bias: string,
  ): void {
    this.round(source);
    const at = (name: string): string => `${target}/prefill_${name}`;
    this.node(
      'MatMulIntegerToFloat',
      [`${source}/rounded`, codes, 'prefill_one', steps, 'prefill_middle'],
      at('sums'),
      [],
      RUNTIME,
    );
    this.node('Mul', [at('sums'), `${source}/scale`], bias === '' ? target : at('scaled'));
    if (bias !== '') this.node('Add', [at('scaled'), bias], target);
  }

  /** Rows of numbers to codes from 1 to 255, and the scale of each row: its largest absolute value goes to an end. */
  private round(source: string): void {
    if (this.rounded.size === 0) this.constants();
    if (this.rounded.has(source)) return;
    this.rounded.add(source);
    const at = (name: string): string => `${source}/${name}`;
    this.node('Abs', [source], at('absolute'));
    this.node('ReduceMax', [at('absolute')], at('largest'), [
      { name: 'axes', ints: [-1], type: 7 },
      { name: 'keepdims', i: 1, type: 2 },
    ]);
    this.node('Mul', [at('largest'), 'prefill_step'], at('step'));
    this.node('Add', [at('step'), 'prefill_least'], at('scale'));
    this.node('Reshape', [at('scale'), 'prefill_flat'], at('scales'));
    this.node('Shape', [at('scales')], at('count'));
    this.node('Expand', ['prefill_middle', at('count')], at('middles'));
    this.node('QuantizeLinear', [source, at('scales'), at('middles')], at('rounded'), [
      { name: 'axis', i: 1, type: 2 },
    ]);
  }

  private constants(): void {
    const number = (name: string, value: number): void => {
      this.tensors.push({ name, dataType: FLOAT, rawData: new Uint8Array(Float32Array.of(value).buffer) });
    };
    number('prefill_step', 1 / 127);
    // A row of zeros is divided by something.
    number('prefill_least', 1e-9);
    number('prefill_one', 1);
    this.tensors.push(
      { name: 'prefill_middle', dataType: UINT8, rawData: Uint8Array.of(128) },
      { name: 'prefill_flat', dataType: INT64, dims: [1], rawData: new Uint8Array(BigInt64Array.of(-1n).buffer) },
    );
  }

  private node(
    opType: string,
    input: readonly string[],
    output: string,
    attribute: readonly {
      readonly name: string;
      readonly i?: number;
      readonly ints?: readonly number[];
      readonly type: number;
    }[] = [],
    domain?: string,
  ): void {
    const name = `${output}/${opType}`;
    this.nodes.push({ input, output: [output], name, opType, attribute, ...(domain === undefined ? {} : { domain }) });
  }
}

function placeOf({ externalData = [] }: Tensor): Place {
  const value = (wanted: string): string => externalData.find(({ key }) => key === wanted)!.value;
  return { file: value('location'), offset: Number(value('offset')), bytes: Number(value('length')) };
}
