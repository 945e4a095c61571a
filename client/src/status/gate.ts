// Whether suggestions are wanted in a document, from the settings and the snooze: data in, data out.

/** What stands in the way of suggestions, the strongest first. */
export type Gate =
  | { readonly kind: 'open' }
  /** `lacuna.enable` is false. */
  | { readonly kind: 'off' }
  /** `until` is in milliseconds since 1970. */
  | { readonly kind: 'snoozed'; readonly until: number }
  /** `lacuna.languages` leaves the document's language out. */
  | { readonly kind: 'offForLanguage'; readonly languageId: string }
  /** The editor itself shows no suggestions, whoever makes them. */
  | { readonly kind: 'hiddenByEditor' }
  /** A document that nobody writes code in, such as an output panel; see `selector.ts`. */
  | { readonly kind: 'notCovered' };

export interface GateInput {
  /** The setting `lacuna.enable`. */
  readonly enable: boolean;
  /** The setting `lacuna.languages`. */
  readonly languages: Readonly<Record<string, boolean>>;
  /** The setting `editor.inlineSuggest.enabled`. */
  readonly editorShowsSuggestions: boolean;
  readonly snoozedUntil: number | undefined;
  /** Whether the document is one that suggestions are made for. */
  readonly isCovered: boolean;
  /** Undefined when no document is open. */
  readonly languageId: string | undefined;
}

export function gateOf(input: GateInput): Gate {
  if (!input.enable) return { kind: 'off' };
  if (input.snoozedUntil !== undefined) return { kind: 'snoozed', until: input.snoozedUntil };
  const { languageId } = input;
  if (languageId !== undefined && !isLanguageOn(input.languages, languageId)) {
    return { kind: 'offForLanguage', languageId };
  }
  if (!input.editorShowsSuggestions) return { kind: 'hiddenByEditor' };
  return input.isCovered ? { kind: 'open' } : { kind: 'notCovered' };
}

/** The entry of the language decides, then the entry for all others. */
export function isLanguageOn(languages: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}
