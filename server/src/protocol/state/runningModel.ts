// The model that the settings name, with what answers by it: started together, and replaced together when the settings
// name another one.

import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../../common/logger.js';
import { messageOf } from '../../common/messageOf.js';
import type { Completer, ContextSource } from '../../completion/index.js';
import type { LanguageModel, ModelState } from '../../model/index.js';
import type { SettingsStore } from './settings.js';
import type { Holes, ModelSettings, ServerDependencies } from './state.js';

export interface RunningModel {
  readonly model: LanguageModel;
  readonly completer: Completer;
  readonly holes: Holes;
  /** What it was started with. */
  readonly settings: ModelSettings;
}

export interface ModelSurroundings {
  readonly logger: Logger;
  readonly context: ContextSource;
  /** See InitializationOptions. */
  readonly storage: string | undefined;
  /** Told the state at the beginning and every change of it. */
  readonly tell: (state: ModelState) => void;
}

type ModelDependencies = Pick<ServerDependencies, 'startModel' | 'preparePrefill' | 'openHoles' | 'createCompleter'>;

/** So long after a model was loaded its form for prompts is made, where there is none: nobody waits for it. */
const PREPARING_AFTER_MS = 60_000;

export interface FollowedModel {
  /** @throws Error before the settings were read */
  readonly running: RunningModel;
  /** Starts the model anew when the settings name another one, another server, or another number of threads. */
  follow(): Promise<void>;
  /** Forgets what was computed for documents. */
  forget(uris: readonly string[]): void;
  dispose(): Promise<void>;
}

export function followModel(
  settings: SettingsStore,
  dependencies: ModelDependencies,
  surroundings: ModelSurroundings,
): FollowedModel {
  let current: RunningModel | undefined;
  let preparing: AbortController | undefined;
  return {
    get running() {
      if (current === undefined) throw new Error('The settings have not been read yet.');
      return current;
    },
    async follow() {
      const { model, threads, server } = await settings.of();
      const wanted = { model, threads, server };
      if (isDeepStrictEqual(current?.settings, wanted)) return;
      const old = current;
      preparing?.abort();
      preparing = new AbortController();
      current = startModelFor(wanted, dependencies, surroundings);
      void preparePrefillLater(current, dependencies, surroundings.logger, preparing.signal);
      await old?.model.dispose();
    },
    forget(uris) {
      for (const uri of uris) current?.completer.closed(uri);
    },
    async dispose() {
      preparing?.abort();
      await current?.model.dispose();
    },
  };
}

/** Makes the form that a model reads prompts with, once it has been loaded for a while. Never rejects. */
async function preparePrefillLater(
  { model, settings }: RunningModel,
  { preparePrefill }: ModelDependencies,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  if (preparePrefill === undefined || !settings.model.prefill || settings.server.url !== '') return;
  try {
    await model.ready();
    await delay(PREPARING_AFTER_MS, undefined, { signal, ref: false });
    // One that is open was checked when it was opened, and is large.
    if (model.hasPrefill === true) return;
    if (await preparePrefill(settings.model, signal)) model.openPrefill?.();
  } catch (error) {
    if (!signal.aborted && model.state.kind === 'ready') logger.info(messageOf(error));
  }
}

function startModelFor(
  settings: ModelSettings,
  { startModel, openHoles, createCompleter }: ModelDependencies,
  { logger, context, storage, tell }: ModelSurroundings,
): RunningModel {
  const model = startModel(settings, logger);
  model.onStateChange(tell);
  const holes = openHoles(settings, storage, logger);
  const completer = createCompleter(model, logger, context, () => holes.knowledge());
  tell(model.state);
  return { model, completer, holes, settings };
}
