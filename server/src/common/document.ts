/** One version of a document, immutable: a request works on one snapshot, taken before its first await. */
export interface DocumentSnapshot {
  readonly uri: string;
  /** VS Code's language identifier, such as `typescript` or `python`. */
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** The path shown to the model, relative to the workspace where there is one, with forward slashes. */
  readonly path: string;
}
