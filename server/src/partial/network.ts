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
  /** Of four outputs each, input by input, their weights; then, output by output, those of the last ones. */
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
  for (let index = 0; index < layers.length; index++) {
    const { outputs } = layers[index]!;
    multiply(layers[index]!, values);
    values = outputs;
    if (index === layers.length - 1) break;
    // SiLU, but of the output itself.
    for (let output = 0; output < outputs.length; output++) outputs[output]! /= 1 + Math.exp(-outputs[output]!);
  }
  return values[0]!;
}

/** Four outputs at a time, each one's sum at hand: they do not wait for each other. */
function multiply({ weights, bias, outputs }: FlatLayer, values: Float64Array): void {
  const inputs = values.length;
  let at = 0;
  let output = 0;
  for (; output + 4 <= outputs.length; output += 4) {
    let first = bias[output]!;
    let second = bias[output + 1]!;
    let third = bias[output + 2]!;
    let fourth = bias[output + 3]!;
    for (let input = 0; input < inputs; input++, at += 4) {
      const value = values[input]!;
      first += weights[at]! * value;
      second += weights[at + 1]! * value;
      third += weights[at + 2]! * value;
      fourth += weights[at + 3]! * value;
    }
    outputs[output] = first;
    outputs[output + 1] = second;
    outputs[output + 2] = third;
    outputs[output + 3] = fourth;
  }
  for (; output < outputs.length; output++) {
    let sum = bias[output]!;
    for (let input = 0; input < inputs; input++) sum += weights[at++]! * values[input]!;
    outputs[output] = sum;
  }
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
  const fours = weights.length - (weights.length % 4);
  const inFours = Array.from({ length: fours / 4 }, (_, four) => weights.slice(4 * four, 4 * four + 4)).flatMap((of) =>
    of[0]!.flatMap((_, input) => of.map((row) => row[input]!)),
  );
  return {
    weights: Float64Array.from([...inFours, ...weights.slice(fours).flat()]),
    bias: Float64Array.from(bias),
    inputs: new Float64Array(weights[0]!.length),
    outputs: new Float64Array(bias.length),
  };
}
