// Small networks of dense layers, evaluated. They are trained elsewhere (models/build/holes) and are data of the model's
// folder, as boosted trees are.

/** What a network is told: numbers, squashed and standardised, and a vector for each kind. */
export interface Network {
  readonly numbers: {
    /** Places in a row of features. */
    readonly places: readonly number[];
    readonly means: readonly number[];
    readonly deviations: readonly number[];
  };
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

/** The output for one row of features: log odds. */
export function outputOf({ numbers, kinds, layers }: Network, row: ArrayLike<number>): number {
  let values = numbers.places.map((place, index) => {
    const squashed = Math.sign(row[place]!) * Math.log1p(Math.abs(row[place]!));
    const standard = (squashed - numbers.means[index]!) / numbers.deviations[index]!;
    return Math.max(-LARGEST, Math.min(LARGEST, standard));
  });
  for (const { place, vectors } of kinds) values.push(...vectors[Math.min(row[place]! + 1, vectors.length - 1)]!);
  for (const [index, { weights, bias }] of layers.entries()) {
    const isLast = index === layers.length - 1;
    const inputs = values;
    values = weights.map((of, output) => {
      let sum = bias[output]!;
      for (let input = 0; input < of.length; input++) sum += of[input]! * inputs[input]!;
      // SiLU, but of the output itself.
      return isLast ? sum : sum / (1 + Math.exp(-sum));
    });
  }
  return values[0]!;
}
