/** A half-open range of UTF-16 offsets: `start` is inside, `end` is not. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}
