// What a client says of itself when it starts, as far as it makes sense: a slip there, often of a person who configures an
// editor by hand, costs the one field and not the server.

import type { InitializeParams } from 'vscode-languageserver';
import * as z from 'zod';
import type { InitializationOptions } from './messages.js';

const flag = z.boolean().nullish().catch(undefined);

const options = z
  .object({
    settings: z.unknown().optional(),
    lacunaClient: flag,
    paused: flag,
    // Whoever says something else than yes does not mean yes.
    trusted: z.boolean().nullish().catch(false),
    gitPath: z
      .union([z.array(z.string()), z.string().transform((program) => [program])])
      .nullish()
      .catch(undefined),
    storage: z.string().nullish().catch(undefined),
  })
  .catch({});

const folder = z.object({ uri: z.string(), name: z.string().catch('') });
const folders = z
  .array(folder.optional().catch(undefined))
  .transform((all) => all.filter((one) => one !== undefined))
  .nullish()
  .catch(undefined);

type Said = InitializeParams & { readonly initializationOptions: InitializationOptions };

export function helloOf(said: InitializeParams): Said {
  const { capabilities, locale, initializationOptions, workspaceFolders, ...rest } = said as Omit<
    Partial<InitializeParams>,
    'initializationOptions'
  > & { readonly initializationOptions?: unknown };
  const given = Object.entries(options.parse(initializationOptions ?? {})).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return {
    ...(rest as Omit<InitializeParams, 'capabilities' | 'initializationOptions'>),
    capabilities: capabilities ?? {},
    workspaceFolders: folders.parse(workspaceFolders) ?? null,
    ...(typeof locale === 'string' ? { locale } : {}),
    initializationOptions: Object.fromEntries(given),
  };
}
