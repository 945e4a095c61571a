// A recorded stretch of typing: what was in the editor, and which keys were pressed, with the pauses in between.
//
// The recordings are JSON files that the bundle takes in, so that an installed command line has them too.

import * as z from 'zod';
import invoice from '../../../test/fixtures/keystrokes/invoice.json' with { type: 'json' };
import inventory from '../../../test/fixtures/keystrokes/inventory.json' with { type: 'json' };
import schedule from '../../../test/fixtures/keystrokes/schedule.json' with { type: 'json' };
import workspace from '../../../test/fixtures/keystrokes/workspace.json' with { type: 'json' };
import type { ContextFile } from '../../completion/index.js';
import { InputError } from '../../common/inputError.js';

/** Where the cursor is in a trace's text. */
const CURSOR = 'ˇ';
/** Milliseconds between two keys of somebody who types about 60 words a minute with ten fingers. */
const BETWEEN_KEYS_MS = 120;

const pace = {
  /** Milliseconds between the keys of this step. */
  every: z.number().positive().default(BETWEEN_KEYS_MS),
  /** Milliseconds for which the user waits after the step, looking for ghost text. */
  pause: z.number().nonnegative().default(0),
};
const step = z.union([
  /** Types a text, one character after the other. */
  z.strictObject({ type: z.string().min(1), ...pace }),
  /** Inserts a text at once, such as a line end with the indentation that the editor adds. */
  z.strictObject({ insert: z.string().min(1), ...pace }),
  /** Presses the backspace key so many times. */
  z.strictObject({ backspace: z.number().int().positive(), ...pace }),
  /** Moves the cursor behind the first place where a text stands. */
  z.strictObject({ moveBehind: z.string().min(1), ...pace }),
]);
const traceSchema = z.strictObject({
  path: z.string(),
  languageId: z.string(),
  /** The lines of the document; the cursor's place is marked with ˇ. */
  lines: z.array(z.string()),
  steps: z.array(step).min(1),
});

/** One key: what it removes before the cursor and inserts there, or where it moves the cursor. */
export interface Key {
  readonly insert: string;
  readonly remove: number;
  readonly moveBehind?: string;
  /** Milliseconds until the next key. */
  readonly every: number;
  /** Whether the user waits for ghost text after this key, and for how long. */
  readonly pause: number;
}

export interface Trace {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly offset: number;
  readonly keys: readonly Key[];
}

/** The recordings that come with the command line. */
export function ownTraces(): readonly Trace[] {
  return [parseTrace(invoice, 'invoice'), parseTrace(inventory, 'inventory'), parseTrace(schedule, 'schedule')];
}

/** Other files beside those of the recordings, as an editor would have them open. */
export function filesBesideTraces(): readonly ContextFile[] {
  return workspace.map(({ path, languageId, lines }) => ({
    path,
    languageId,
    text: lines.join('\n'),
    relation: 'open' as const,
  }));
}

/** @throws InputError when the recording does not fit */
export function parseTrace(json: unknown, name: string): Trace {
  const result = traceSchema.safeParse(json);
  if (!result.success) throw new InputError(`The recording ${name} does not fit: ${result.error.issues[0]?.message}.`);
  const { path, languageId, lines, steps } = result.data;
  const marked = lines.join('\n');
  const offset = marked.indexOf(CURSOR);
  if (offset === -1) throw new InputError(`The recording ${name} has no cursor (${CURSOR}).`);
  return { path, languageId, text: marked.replace(CURSOR, ''), offset, keys: steps.flatMap(keysOf) };
}

function keysOf(from: z.infer<typeof step>): Key[] {
  const { every, pause } = from;
  const keys = ((): Omit<Key, 'pause' | 'every'>[] => {
    if ('type' in from) return [...from.type].map((insert) => ({ insert, remove: 0 }));
    if ('insert' in from) return [{ insert: from.insert, remove: 0 }];
    if ('backspace' in from) return Array.from({ length: from.backspace }, () => ({ insert: '', remove: 1 }));
    return [{ insert: '', remove: 0, moveBehind: from.moveBehind }];
  })();
  return keys.map((key, index) => ({ ...key, every, pause: index === keys.length - 1 ? pause : 0 }));
}
