// Texts for people that are not yet in a language: an English message with places {0}, {1} …, which is the key of its
// translations too, and what stands in the places. Rooms speak in words; the protocol puts them into the client's language,
// and the command line into English. They are plain data, so that threads may send them.

export type Words =
  | { readonly message: string; readonly values: readonly (string | number | Words)[] }
  /** What is the same in every language: the user's own text, a name, a figure. */
  | { readonly asIs: string }
  /** A number, written with so many decimals as the language writes them. */
  | { readonly number: number; readonly decimals: number }
  | { readonly parts: readonly Words[]; readonly between: string }
  /** Words that begin a sentence of their own, inside another. */
  | { readonly inside: Words };

/** Puts a message into a language and its values into its places. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** @param message with a place {0}, {1} … for each value; a plain string, so that it is found where it is translated */
export function words(message: string, ...values: readonly (string | number | Words)[]): Words {
  return { message, values };
}

export function asIs(text: string): Words {
  return { asIs: text };
}

export function decimal(number: number, decimals: number): Words {
  return { number, decimals };
}

export function joined(parts: readonly Words[], between: string): Words {
  return { parts, between };
}

/** Begins with a small letter. */
export function inside(phrase: Words): Words {
  return { inside: phrase };
}

/** @param language such as `de`, by which numbers are written */
export function translated(said: Words, translate: Translate, language: string): string {
  const inner = (part: Words): string => translated(part, translate, language);
  if ('asIs' in said) return said.asIs;
  if ('number' in said) return writtenNumber(said.number, said.decimals, language);
  if ('parts' in said) return said.parts.map(inner).join(said.between);
  if ('inside' in said) {
    const text = inner(said.inside);
    return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  }
  return translate(said.message, ...said.values.map((value) => (typeof value === 'object' ? inner(value) : value)));
}

function writtenNumber(number: number, decimals: number, language: string): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(language, { ...digits, useGrouping: false }).format(number);
}

/** For the command line and for logs. */
export function inEnglish(said: Words): string {
  const fill: Translate = (message, ...values) =>
    message.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));
  return translated(said, fill, 'en');
}
