// Small networks of dense layers, evaluated. They are trained elsewhere (models/build/holes) and are data of the model's
// folder, as boosted trees are.

/** Networks that are told the same numbers, squashed and standardised; their outputs are averaged. */
export interface Networks {
  readonly numbers: {
    /** Places in a row of features. */
    readonly places: readonly number[];
    readonly means: readonly number[];
    readonly deviations: readonly number[];
  };
  readonly members: readonly Network[];
}

export interface Network {
  /** What it is told beside the numbers: a vector for each kind. */
  readonly kinds: readonly {
    readonly place: number;
    /** Of each kind from -1 (there is none) on; the last one stands for those behind it. */
    readonly vectors: readonly (readonly number[])[];
  }[];
  /** Each layer's weights, one row for each of its outputs; the last layer has one output. */
  readonly layers: readonly {
    readonly weights: readonly (readonly number[])[];
    readonly bias: readonly number[];
  }[];
}

/** Standardised numbers are held to this, so that a number never seen in training decides nothing alone. */
const LARGEST = 4;

/** A layer in a row, so that dozens of programs are judged in a fraction of a millisecond. */
interface FlatLayer {
  /** Input by input, the weights of all outputs: their sums, which do not wait for each other, grow side by side. */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
  /** Where its inputs and outputs are put, over and over. */
  readonly inputs: Float64Array;
  readonly outputs: Float64Array;
}

const flattened = new WeakMap<Network, readonly FlatLayer[]>();

/** The mean output for one row of features: log odds. */
export function outputOf({ numbers, members }: Networks, row: Float64Array): number {
  const standard = standardised(numbers, row);
  let sum = 0;
  for (const network of members) sum += outputOfOne(network, standard, row);
  return sum / members.length;
}

function outputOfOne(network: Network, standard: Float64Array, row: Float64Array): number {
  let layers = flattened.get(network);
  if (layers === undefined) flattened.set(network, (layers = network.layers.map(flatten)));
  let values = withKinds(network, layers[0]!.inputs, standard, row);
  for (const [index, { weights, bias, outputs }] of layers.entries()) {
    const count = outputs.length;
    outputs.set(bias);
    for (let input = 0, at = 0; input < values.length; input++) {
      const value = values[input]!;
      for (let output = 0; output < count; output++) outputs[output]! += weights[at++]! * value;
    }
    values = outputs;
    if (index === layers.length - 1) break;
    // SiLU, but of the output itself.
    for (let output = 0; output < count; output++) values[output]! /= 1 + Math.exp(-values[output]!);
  }
  return values[0]!;
}

function standardised({ places, means, deviations }: Networks['numbers'], row: Float64Array): Float64Array {
  const standard = new Float64Array(places.length);
  for (let index = 0; index < places.length; index++) {
    const given = row[places[index]!]!;
    const squashed = Math.sign(given) * Math.log1p(Math.abs(given));
    standard[index] = Math.max(-LARGEST, Math.min(LARGEST, (squashed - means[index]!) / deviations[index]!));
  }
  return standard;
}

/** The standardised numbers, and behind them the vectors of the kinds. */
function withKinds({ kinds }: Network, inputs: Float64Array, standard: Float64Array, row: Float64Array): Float64Array {
  inputs.set(standard);
  let filled = standard.length;
  for (const { place, vectors } of kinds) {
    const vector = vectors[Math.min(row[place]! + 1, vectors.length - 1)]!;
    inputs.set(vector, filled);
    filled += vector.length;
  }
  return inputs;
}

function flatten({ weights, bias }: Network['layers'][number]): FlatLayer {
  const byInput = weights[0]!.flatMap((_, input) => weights.map((of) => of[input]!));
  return {
    weights: Float64Array.from(byInput),
    bias: Float64Array.from(bias),
    inputs: new Float64Array(weights[0]!.length),
    outputs: new Float64Array(bias.length),
  };
}
