// How fast models are on this machine: what was measured with one is kept, and says what another would cost. A pass reads
// all weights once, and computing a prompt multiplies with all of them, so both go with the bytes of weights.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../../common/replaceFile.js';
import { modelsFolder, madeModelsFolder, type InstalledModel } from './modelsFolder.js';

const schema = z.object({
  /** Of the model that was measured. */
  bytes: z.number().positive(),
  msPerToken: z.number().positive(),
  promptTokensPerSecond: z.number().positive(),
});

export type MeasuredSpeed = z.infer<typeof schema>;

const KEPT = '.speed.json';

/** Undefined while nobody has measured; the doctor does. */
export async function keptSpeed(): Promise<MeasuredSpeed | undefined> {
  try {
    return schema.safeParse(JSON.parse(await readFile(join(modelsFolder(), KEPT), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Where it cannot be kept, it is measured again another time. */
export async function keepSpeed(speed: MeasuredSpeed): Promise<void> {
  try {
    await replaceFile(join(await madeModelsFolder(), KEPT), `${JSON.stringify(speed)}\n`);
  } catch {
    return;
  }
}

/** Of a line that is suggested, and of the prompt that typing adds to what is known. */
const LINE_TOKENS = 10;
const FRESH_PROMPT_TOKENS = 32;

/** Milliseconds to ghost text of a line, with a warm cache, by what was measured with a model of other size. */
export function expectedMs(bytes: number, measured: MeasuredSpeed): number {
  const times = bytes / measured.bytes;
  const reading = (FRESH_PROMPT_TOKENS / measured.promptTokensPerSecond) * 1000;
  return times * (reading + LINE_TOKENS * measured.msPerToken);
}

/** Whoever types waits no longer than this. */
const PATIENCE_MS = 1000;

/** The largest model that is fast enough; the smallest where none is. */
export function recommended(models: readonly InstalledModel[], measured: MeasuredSpeed): InstalledModel | undefined {
  const bySize = [...models].sort((a, b) => a.bytes - b.bytes);
  return bySize.filter(({ bytes }) => expectedMs(bytes, measured) <= PATIENCE_MS).at(-1) ?? bySize[0];
}
