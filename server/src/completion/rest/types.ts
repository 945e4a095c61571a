export interface FittedText {
  /** What stands between the cursor and what is left of the rest. */
  readonly text: string;
  /** How much of the rest the text takes the place of, in UTF-16 code units. */
  readonly consumed: number;
}
