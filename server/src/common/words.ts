// Texts for people that are not yet in a language: an English message with places {0}, {1} …, which is the key of its
// translations too, and what stands in the places. Rooms speak in words; the protocol puts them into the client's language,
// and the command line into English. They are plain data, so that threads may send them.

export type Words =
  | { readonly message: string; readonly values: readonly (string | number | Words)[] }
  /** What is the same in every language: the user's own text, a name, a figure. */
  | { readonly asIs: string }
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

export function joined(parts: readonly Words[], between: string): Words {
  return { parts, between };
}

/** Begins with a small letter. */
export function inside(phrase: Words): Words {
  return { inside: phrase };
}

export function translated(said: Words, translate: Translate): string {
  if ('asIs' in said) return said.asIs;
  if ('parts' in said) return said.parts.map((part) => translated(part, translate)).join(said.between);
  if ('inside' in said) {
    const text = translated(said.inside, translate);
    return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  }
  return translate(
    said.message,
    ...said.values.map((value) => (typeof value === 'object' ? translated(value, translate) : value)),
  );
}

/** For the command line and for logs. */
export function inEnglish(said: Words): string {
  return translated(said, (message, ...values) =>
    message.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place)),
  );
}
