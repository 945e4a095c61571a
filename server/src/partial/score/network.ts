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

/** Weights of a layer for some of its inputs, in a row: of four outputs each, input by input, then those of the last outputs. */
interface FlatWeights {
  readonly outputs: number;
  readonly weights: Float64Array;
}

/** A network whose first layer is divided by what becomes known together. */
interface StagedNetwork {
  /** Of the numbers of a line, and of the other ones. */
  readonly ofLine: FlatWeights;
  readonly ofRow: FlatWeights;
  /** What each kind adds to the sums of the first layer. */
  readonly kinds: readonly { readonly place: number; readonly sums: readonly Float64Array[] }[];
  readonly bias: Float64Array;
  readonly further: readonly (FlatWeights & { readonly bias: Float64Array })[];
  /** Where the outputs of each layer are put, over and over. */
  readonly outputs: readonly Float64Array[];
}

/** The sums of the networks' first layers, as far as the numbers of a line make them. */
export type SumsOfLine = readonly Float64Array[];

/** Networks with numbers of which some are the same for many rows: those are gone through once. */
export class StagedNetworks {
  private readonly members: readonly StagedNetwork[];
  private readonly ofLine: StandardNumbers;
  private readonly ofRow: StandardNumbers;

  /** @param isOfLine whether a feature is one of those */
  constructor({ numbers, members }: Networks, isOfLine: (place: number) => boolean) {
    const inputs = numbers.places.map((_, input) => input);
    const [early, late] = [true, false].map((is) => inputs.filter((input) => isOfLine(numbers.places[input]!) === is));
    this.ofLine = new StandardNumbers(numbers, early!);
    this.ofRow = new StandardNumbers(numbers, late!);
    this.members = members.map((network) => staged(network, early!, late!, inputs.length));
  }

  sumsOfLine(row: Float64Array): SumsOfLine {
    const standard = this.ofLine.of(row);
    return this.members.map(({ ofLine, bias }) => {
      const sums = bias.slice();
      addProducts(ofLine, standard, sums);
      return sums;
    });
  }

  /** The mean output for one row of features: log odds. */
  output(row: Float64Array, sumsOfLine: SumsOfLine): number {
    const standard = this.ofRow.of(row);
    let sum = 0;
    const { members } = this;
    for (let index = 0; index < members.length; index++) {
      sum += outputOf(members[index]!, sumsOfLine[index]!, standard, row);
    }
    return sum / members.length;
  }
}

function outputOf(network: StagedNetwork, ofLine: Float64Array, standard: Float64Array, row: Float64Array): number {
  const { ofRow, kinds, further, outputs } = network;
  let values = outputs[0]!;
  values.set(ofLine);
  for (const { place, sums } of kinds) {
    const ofKind = sums[Math.min(row[place]! + 1, sums.length - 1)]!;
    for (let output = 0; output < values.length; output++) values[output]! += ofKind[output]!;
  }
  addProducts(ofRow, standard, values);
  for (let index = 0; index < further.length; index++) {
    const layer = further[index]!;
    // SiLU, but of the output itself.
    for (let output = 0; output < values.length; output++) values[output]! /= 1 + Math.exp(-values[output]!);
    const next = outputs[index + 1]!;
    next.set(layer.bias);
    addProducts(layer, values, next);
    values = next;
  }
  return values[0]!;
}

/** Four outputs at a time, each one's sum at hand: they do not wait for each other. */
function addProducts({ weights, outputs }: FlatWeights, values: Float64Array, sums: Float64Array): void {
  const inputs = values.length;
  let at = 0;
  let output = 0;
  for (; output + 4 <= outputs; output += 4) {
    let first = sums[output]!;
    let second = sums[output + 1]!;
    let third = sums[output + 2]!;
    let fourth = sums[output + 3]!;
    for (let input = 0; input < inputs; input++, at += 4) {
      const value = values[input]!;
      first += weights[at]! * value;
      second += weights[at + 1]! * value;
      third += weights[at + 2]! * value;
      fourth += weights[at + 3]! * value;
    }
    sums[output] = first;
    sums[output + 1] = second;
    sums[output + 2] = third;
    sums[output + 3] = fourth;
  }
  for (; output < outputs; output++) {
    let sum = sums[output]!;
    for (let input = 0; input < inputs; input++) sum += weights[at++]! * values[input]!;
    sums[output] = sum;
  }
}

/** Some of the numbers, squashed and standardised. */
class StandardNumbers {
  private readonly places: Int32Array;
  private readonly means: Float64Array;
  private readonly deviations: Float64Array;
  private readonly standard: Float64Array;

  constructor({ places, means, deviations }: Networks['numbers'], inputs: readonly number[]) {
    this.places = Int32Array.from(inputs, (input) => places[input]!);
    this.means = Float64Array.from(inputs, (input) => means[input]!);
    this.deviations = Float64Array.from(inputs, (input) => deviations[input]!);
    this.standard = new Float64Array(inputs.length);
  }

  /** To be read before the next row is asked. */
  of(row: Float64Array): Float64Array {
    const { places, means, deviations, standard } = this;
    for (let index = 0; index < places.length; index++) {
      const given = row[places[index]!]!;
      const squashed = Math.sign(given) * Math.log1p(Math.abs(given));
      standard[index] = Math.max(-LARGEST, Math.min(LARGEST, (squashed - means[index]!) / deviations[index]!));
    }
    return standard;
  }
}

/** @param numbers inputs of the first layer in front of the kinds' vectors; `early` and `late` are all of them */
function staged(
  { kinds, layers }: Network,
  early: readonly number[],
  late: readonly number[],
  numbers: number,
): StagedNetwork {
  const [first, ...further] = layers;
  const columns = (inputs: readonly number[]) => flatten(first!.weights.map((row) => inputs.map((at) => row[at]!)));
  let from = numbers;
  return {
    ofLine: columns(early),
    ofRow: columns(late),
    kinds: kinds.map(({ place, vectors }) => {
      const start = from;
      from += vectors[0]!.length;
      const sums = vectors.map((vector) =>
        Float64Array.from(first!.weights, (row) => vector.reduce((sum, value, i) => sum + value * row[start + i]!, 0)),
      );
      return { place, sums };
    }),
    bias: Float64Array.from(first!.bias),
    further: further.map(({ weights, bias }) => ({ ...flatten(weights), bias: Float64Array.from(bias) })),
    outputs: layers.map(({ bias }) => new Float64Array(bias.length)),
  };
}

function flatten(rows: readonly (readonly number[])[]): FlatWeights {
  const fours = rows.length - (rows.length % 4);
  const inFours = Array.from({ length: fours / 4 }, (_, four) => rows.slice(4 * four, 4 * four + 4)).flatMap((of) =>
    of[0]!.flatMap((_, input) => of.map((row) => row[input]!)),
  );
  return { outputs: rows.length, weights: Float64Array.from([...inFours, ...rows.slice(fours).flat()]) };
}
