// When the form that prompts are read with is made: once, long after the model was loaded, and for no model that is not asked.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLogger } from '../../src/common/logger.js';
import type { LanguageModel } from '../../src/model/index.js';
import { followModel } from '../../src/protocol/state/runningModel.js';
import { defaultSettings, type Settings, type SettingsStore } from '../../src/protocol/state/settings.js';
import type { ServerDependencies } from '../../src/protocol/state/state.js';

const wait = vi.hoisted(() => ({ end: (): void => undefined, signal: undefined as AbortSignal | undefined, ms: 0 }));
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, _: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise<void>((resolve, reject) => {
      wait.ms = ms;
      wait.end = resolve;
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    }),
}));

const calls: string[] = [];
let settings: Settings;
let prepare: () => Promise<boolean>;
let hasPrefill: boolean;
beforeEach(() => {
  calls.length = 0;
  settings = defaultSettings;
  prepare = () => Promise.resolve(true);
  hasPrefill = false;
  wait.end = () => undefined;
});
afterEach(() => vi.restoreAllMocks());

const follow = () => {
  const model = {
    state: { kind: 'ready' },
    onStateChange: () => () => undefined,
    ready: () => Promise.resolve(),
    dispose: () => Promise.resolve(),
    hasPrefill,
    openPrefill: () => void calls.push('opened'),
  } as unknown as LanguageModel;
  const dependencies = {
    startModel: () => model,
    openHoles: () => ({ knowledge: () => undefined }),
    createCompleter: () => ({}),
    preparePrefill: ({ name }: { name: string }) => {
      calls.push(`prepared ${name}`);
      return prepare();
    },
  } as unknown as ServerDependencies;
  const logger = { ...silentLogger, info: (line: string) => void calls.push(line) };
  const store = { of: () => Promise.resolve(settings) } as SettingsStore;
  const surroundings = { logger, context: () => [], storage: undefined, tell: () => undefined };
  return followModel(store, dependencies, surroundings as unknown as Parameters<typeof followModel>[2]);
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('is made a minute after the model was loaded, and opened', async () => {
  await follow().follow();
  await settled();
  expect([calls, wait.ms]).toEqual([[], 60_000]);
  wait.end();
  await settled();
  expect(calls).toEqual(['prepared ', 'opened']);
});

it('is not opened where none was made, and what went wrong is logged', async () => {
  prepare = () => Promise.resolve(false);
  await follow().follow();
  await settled();
  wait.end();
  await settled();
  prepare = () => Promise.reject(new Error('The disk of / is full.'));
  await follow().follow();
  await settled();
  wait.end();
  await settled();
  expect(calls).toEqual(['prepared ', 'prepared ', 'The disk of / is full.']);
});

it('is not looked at once more where it is open', async () => {
  hasPrefill = true;
  await follow().follow();
  await settled();
  wait.end();
  await settled();
  expect(calls).toEqual([]);
});

it.each<[string, Partial<Settings>]>([
  ['where the setting says no', { model: { ...defaultSettings.model, prefill: false } }],
  ['for a model server', { server: { ...defaultSettings.server, url: 'http://localhost:8080' } }],
])('is not made %s', async (_, changed) => {
  settings = { ...defaultSettings, ...changed };
  await follow().follow();
  await settled();
  wait.end();
  await settled();
  expect(calls).toEqual([]);
});

it('is not made for a model that another took the place of, nor after the end', async () => {
  const followed = follow();
  await followed.follow();
  await settled();
  const endFirst = wait.end;
  settings = { ...defaultSettings, model: { ...defaultSettings.model, name: 'other' } };
  await followed.follow();
  await settled();
  endFirst();
  await settled();
  expect(calls).toEqual([]);
  wait.end();
  await settled();
  expect(calls).toEqual(['prepared other', 'opened']);
  settings = defaultSettings;
  await followed.follow();
  await settled();
  await followed.dispose();
  wait.end();
  await settled();
  expect(calls).toHaveLength(2);
});
