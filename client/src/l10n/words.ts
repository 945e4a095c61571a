// What the client says, in the user's language. Every text that a user reads goes through `t`; the English text is its own
// key, and `l10n/` holds a bundle for each other language. The editor's own function is given to `speak` once, at the
// start, so that whatever needs nothing else of the editor can be tested without it.

type Value = string | number;
type Translate = (message: string, ...values: Value[]) => string;

let translate: Translate = inEnglish;

export function speak(translation: Translate): void {
  translate = translation;
}

/** @param message with a place {0}, {1} … for each value */
export function t(message: string, ...values: Value[]): string {
  return translate(message, ...values);
}

/** A share (0-1) in words, with a digit more where it is small. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

export function inEnglish(message: string, ...values: Value[]): string {
  return message.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));
}
