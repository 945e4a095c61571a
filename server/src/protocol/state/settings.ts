// The user's settings: read for each document, validated field by field, so that one mistake costs one field only.

import type { Connection } from 'vscode-languageserver';
import * as z from 'zod';
import type { Logger } from '../../common/logger.js';
import { messageOf } from '../../common/messageOf.js';
import { defaultCompletionSettings, type CompletionSettings } from '../../completion/index.js';
import { CERTAIN } from '../../merge/index.js';
import { MOST_HOLES } from '../../partial/index.js';
import { promptFormatNames } from '../../remote/index.js';
import { languagesNamed } from './languageNames.js';

/** As a number, or as the text that the editor's page of settings writes beside `auto`. */
const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.number().int().min(least).max(most),
  );

const fields = {
  enable: z.boolean(),
  languages: z.record(z.string(), z.boolean()),
  debounce: z.union([z.literal('auto'), wholeNumber(0, 1_000)]),
  lines: z.union([z.literal('auto'), wholeNumber(1, 20)]),
  maximumTime: z.number().int().min(100).max(10_000),
  certainty: z.enum(['eager', 'balanced', 'quiet']),
  exits: z.enum(['off', 'exact', 'certified']),
  holes: z.enum(['off', 'bold', 'balanced', 'careful']),
  mostHoles: z.number().int().min(1).max(MOST_HOLES),
  context: z.boolean(),
  comments: z.enum(['on', 'manual', 'off']),
  strings: z.enum(['on', 'manual', 'off']),
  merge: z.object({ enable: z.boolean(), codeLens: z.boolean(), threshold: z.number().min(0).max(1) }),
  model: z.object({ path: z.string(), name: z.string(), prefill: z.boolean() }),
  threads: z.number().int().min(0).max(64),
  // The client's own; here so that there is one list.
  statistics: z.object({ enable: z.boolean(), recalibrate: z.boolean() }),
  server: z.object({ url: z.string(), model: z.string(), format: z.enum(promptFormatNames) }),
};

/** Settings as they stand under `lacuna` in the editor. */
export type Settings = { readonly [Key in keyof typeof fields]: z.infer<(typeof fields)[Key]> };

export const defaultSettings: Settings = {
  enable: defaultCompletionSettings.enabled,
  languages: { '*': true },
  debounce: defaultCompletionSettings.debounce,
  lines: defaultCompletionSettings.lines,
  maximumTime: defaultCompletionSettings.maximumMs,
  certainty: 'balanced',
  exits: defaultCompletionSettings.exits,
  holes: defaultCompletionSettings.holes,
  mostHoles: defaultCompletionSettings.mostHoles,
  context: defaultCompletionSettings.context,
  comments: defaultCompletionSettings.comments,
  strings: defaultCompletionSettings.strings,
  merge: { enable: true, codeLens: true, threshold: CERTAIN },
  model: { path: '', name: '', prefill: true },
  threads: 0,
  statistics: { enable: true, recalibrate: false },
  server: { url: '', model: '', format: 'qwen' },
};

/** Takes what is valid of a configuration and the defaults for the rest; `warn` gets a sentence for each invalid field. */
export function parseSettings(configuration: unknown, warn: (sentence: string) => void): Settings {
  if (typeof configuration !== 'object' || configuration === null) return defaultSettings;
  const given = configuration as Record<string, unknown>;
  return parseFields('lacuna', fields, defaultSettings, given, warn) as unknown as Settings;
}

/** Field by field, those of a group too. */
function parseFields(
  group: string,
  schemas: Readonly<Record<string, z.ZodType>>,
  defaults: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
  warn: (sentence: string) => void,
): Record<string, unknown> {
  const settings: Record<string, unknown> = { ...defaults };
  for (const [name, schema] of Object.entries(schemas)) {
    const value = given[name];
    const path = `${group}.${name}`;
    if (value === undefined || value === null) continue;
    // A client without groups of settings may name the model alone.
    if (path === 'lacuna.model' && typeof value === 'string') {
      settings[name] = { ...defaultSettings.model, name: value };
      continue;
    }
    if (schema instanceof z.ZodObject && typeof value === 'object') {
      const inner = defaults[name] as Record<string, unknown>;
      settings[name] = parseFields(path, schema.shape, inner, value as Record<string, unknown>, warn);
      continue;
    }
    const result = schema.safeParse(value);
    if (result.success) settings[name] = result.data;
    else warn(`The setting ${path} is not valid and its default is used: ${result.error.issues[0]?.message ?? ''}.`);
  }
  return settings;
}

/**
 * What completion needs of the settings, for a document's language.
 * @param leastShown the user's own threshold, where there is one
 */
export function completionSettings(settings: Settings, languageId: string, leastShown?: number): CompletionSettings {
  const { enable, debounce, lines, maximumTime, certainty, exits, holes, mostHoles, context, comments, strings } =
    settings;
  const languages = languagesNamed(settings.languages);
  return {
    enabled: enable && (languages[languageId] ?? languages['*'] ?? true),
    debounce,
    lines,
    maximumMs: maximumTime,
    certainty,
    exits,
    holes,
    mostHoles,
    context,
    comments,
    strings,
    ...(leastShown === undefined ? {} : { leastShown }),
  };
}

/**
 * One configuration over another, field by field: what the upper one does not name, or names as null, is the lower one's.
 */
function over(lower: unknown, upper: unknown): unknown {
  if (upper === undefined || upper === null) return lower;
  if (!isGroup(lower) || !isGroup(upper)) return upper;
  const names = new Set([...Object.keys(lower), ...Object.keys(upper)]);
  return Object.fromEntries([...names].map((name) => [name, over(lower[name], upper[name])]));
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Asks the client for settings, once for each document until they change. */
export class SettingsStore {
  private readonly known = new Map<string, Promise<Settings>>();
  private readonly warned = new Set<string>();
  /** What holds where the client answers nothing. */
  private pushed: unknown;

  /**
   * @param canAsk whether the client answers workspace/configuration; without it what it pushed is used for all documents
   * @param initial settings from the initialisation. They hold for whatever the client neither pushes nor answers: some
   *   clients can be asked and answer null.
   */
  constructor(
    private readonly connection: Connection,
    private readonly logger: Logger,
    private readonly canAsk: boolean,
    private readonly initial: unknown,
  ) {
    this.pushed = initial;
  }

  /** The settings of a document; those of the workspace without one. */
  of(uri = ''): Promise<Settings> {
    const known = this.known.get(uri) ?? this.read(uri);
    this.known.set(uri, known);
    return known;
  }

  /** The client says that settings changed. */
  changed(pushed: unknown): void {
    const section = (pushed as { lacuna?: unknown } | null | undefined)?.lacuna;
    if (section !== undefined && section !== null) this.pushed = over(this.initial, section);
    this.known.clear();
  }

  forget(uri: string): void {
    this.known.delete(uri);
  }

  private async read(uri: string): Promise<Settings> {
    const warn = (sentence: string): void => {
      if (!this.warned.has(sentence)) this.logger.warn(sentence);
      this.warned.add(sentence);
    };
    if (!this.canAsk) return parseSettings(this.pushed, warn);
    try {
      const item = uri === '' ? { section: 'lacuna' } : { section: 'lacuna', scopeUri: uri };
      const answer = (await this.connection.workspace.getConfiguration(item)) as unknown;
      return parseSettings(answer === undefined || answer === null ? this.pushed : over(this.initial, answer), warn);
    } catch (error) {
      this.known.delete(uri);
      this.logger.warn(`The settings could not be read: ${messageOf(error)}`);
      return parseSettings(this.pushed, warn);
    }
  }
}
