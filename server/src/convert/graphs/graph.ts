// Collects nodes and tensors of one graph; the counterpart of the class Graph in models/build/convert/graph.py. The data of
// large tensors is not here: only where it will lie, and what it is made from.

import { rowSizes } from '../rounding/roundRows.js';
import type { Matrix } from '../family/matrix.js';
import { createLayout, type Place } from './layout.js';
import { encodeModel } from './onnxSchema.js';

const OPSET = 17;
const IR_VERSION = 8;
export const RUNTIME = 'com.microsoft';

/** 4 lets MatMulNBits round its input to 8 bits in blocks, which is what makes it fast on a processor. */
const ACCURACY_LEVEL = 4;

/** ONNX's numbers for kinds of numbers. */
export const FLOAT = 1;
export const UINT8 = 2;
export const INT8 = 3;
const INT32 = 6;
export const INT64 = 7;
const FLOAT16 = 10;
const INPUT_KINDS = { float32: FLOAT, int32: INT32, int64: INT64 } as const;

/** Whole numbers and fractions are different kinds of attributes. */
export type Attribute = { readonly int: number } | { readonly float: number };

export interface MatrixPlaces {
  readonly weights: Place;
  readonly scales: Place;
  readonly zeroPoints: Place | null;
}

/** A matrix to be rounded, and where its parts go. */
export interface PlannedMatrix {
  readonly matrix: Matrix;
  readonly places: MatrixPlaces;
}

/** A graph whose weights are still to be written. */
export interface PlannedGraph {
  /** The file of the graph, with its bytes. */
  readonly file: string;
  readonly model: Uint8Array;
  /** The files of its weights, with their sizes. */
  readonly data: ReadonlyMap<string, number>;
  readonly matrices: readonly PlannedMatrix[];
}

export class Graph {
  private readonly nodes: object[] = [];
  private readonly constants: object[] = [];
  private readonly inputs: object[] = [];
  private readonly outputs: object[] = [];
  private readonly matrices: PlannedMatrix[] = [];
  private readonly layout;

  constructor(
    private readonly name: string,
    isNumbered = true,
  ) {
    this.layout = createLayout(name, isNumbered);
  }

  input(name: string, dimensions: readonly (number | string)[], kind: keyof typeof INPUT_KINDS = 'float32'): void {
    this.inputs.push(valueInfo(name, dimensions, INPUT_KINDS[kind]));
  }

  output(name: string, dimensions: readonly (number | string)[]): void {
    this.outputs.push(valueInfo(name, dimensions, FLOAT));
  }

  /** @param outputs the first that has a name gives the node's */
  node(
    operator: string,
    input: readonly string[],
    output: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain?: string,
  ): void {
    const attribute = Object.entries(attributes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => ('int' in value ? { name, i: value.int, type: 2 } : { name, f: value.float, type: 1 }));
    const name = `${output[0] || output.at(-1)!}/${operator}`;
    this.nodes.push({ input, output, name, opType: operator, attribute, ...(domain === undefined ? {} : { domain }) });
  }

  /** A small tensor, kept inside the graph's file. */
  constant(name: string, values: Float32Array): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.constants.push({ dims: [values.length], dataType: FLOAT, name, rawData });
    return name;
  }

  /** Sizes of a shape. */
  shape(name: string, sizes: readonly number[]): string {
    const rawData = new Uint8Array(BigInt64Array.from(sizes.map(BigInt)).buffer);
    this.constants.push({ dims: [sizes.length], dataType: INT64, name, rawData });
    return name;
  }

  /** target = source x matrix^T + bias; says where weights, scales and zero points will lie. */
  linear(source: string, target: string, matrix: Matrix, bias?: Float32Array): MatrixPlaces {
    const { rows, columns, rounding } = matrix;
    const { bits, block } = rounding;
    const sizes = rowSizes(columns, rounding);
    const weights = `${target}/weights`;
    const scales = `${target}/scales`;
    const weightsPlace = this.external(weights, UINT8, [rows, sizes.blocks, (block * bits) / 8], 1);
    const scalesPlace = this.external(`${scales}16`, FLOAT16, [rows, sizes.blocks], 2);
    // onnxruntime folds the cast when it loads the graph, so float16 halves the file and costs nothing in a run.
    this.node('Cast', [`${scales}16`], [scales], { to: { int: FLOAT } });
    const hasZeroPoints = sizes.zeroPoints > 0;
    const zeroPoints = hasZeroPoints
      ? this.external(`${target}/zero_points`, UINT8, [rows, sizes.zeroPoints], 1)
      : null;
    const inputs = [source, weights, scales, hasZeroPoints ? `${target}/zero_points` : '', ''];
    inputs.push(bias === undefined ? '' : this.constant(`${target}/bias`, bias));
    while (inputs.at(-1) === '') inputs.pop();
    this.node(
      'MatMulNBits',
      inputs,
      [target],
      {
        K: { int: columns },
        N: { int: rows },
        bits: { int: bits },
        block_size: { int: block },
        accuracy_level: { int: ACCURACY_LEVEL },
      },
      RUNTIME,
    );
    const places = { weights: weightsPlace, scales: scalesPlace, zeroPoints };
    this.matrices.push({ matrix, places });
    return places;
  }

  plan(): PlannedGraph {
    const model = encodeGraph({
      node: this.nodes,
      name: this.name,
      initializer: this.constants,
      input: this.inputs,
      output: this.outputs,
    });
    return { file: `${this.name}.onnx`, model, data: this.layout.files, matrices: this.matrices };
  }

  /** A large tensor, kept beside the graph's file. */
  private external(name: string, dataType: number, dims: readonly number[], width: number): Place {
    const place = this.layout.place(dims.reduce((product, size) => product * size, width));
    this.constants.push(externalTensor(name, dataType, dims, place));
    return place;
  }
}

/** The bytes of a model of one graph. */
export function encodeGraph(graph: object): Uint8Array {
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: 'lacuna',
    graph,
    opsetImport: [
      { domain: '', version: OPSET },
      { domain: RUNTIME, version: 1 },
    ],
  });
}

/** A tensor whose data lies in a file beside the graph's. */
export function externalTensor(name: string, dataType: number, dims: readonly number[], place: Place) {
  const externalData = [
    { key: 'location', value: place.file },
    { key: 'offset', value: String(place.offset) },
    { key: 'length', value: String(place.bytes) },
  ];
  return { dims, dataType, name, externalData, dataLocation: 1 };
}

export function valueInfo(name: string, dimensions: readonly (number | string)[], elemType: number): object {
  const dim = dimensions.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
