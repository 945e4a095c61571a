// What the client says, in the user's language. Every text that a user reads goes through `t`; the English text is its own
// key, and `l10n/` holds a bundle for each other language. The editor's own function is given to `speak` once, at the
// start, so that whatever needs nothing else of the editor can be tested without it.

type Value = string | number;
type Translate = (message: string, ...values: Value[]) => string;

let translate: Translate = inEnglish;
let language = 'en';

/** @param locale that the texts are in, such as `de`; numbers are written as there */
export function speak(translation: Translate, locale: string): void {
  translate = translation;
  language = locale;
}

/** @param message with a place {0}, {1} … for each value */
export function t(message: string, ...values: Value[]): string {
  return translate(message, ...values);
}

/** A share (0-1) in words, with a digit more where it is small. */
export function percent(share: number): string {
  return `${decimal(100 * share, share < 0.1 ? 1 : 0)} %`;
}

/** A number with so many decimals, as the user's language writes them. */
export function decimal(number: number, decimals: number): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(language, { ...digits, useGrouping: false }).format(number);
}

export function inEnglish(message: string, ...values: Value[]): string {
  return message.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));
}
