// What the editor would show the model of a folder's other files, for a command that knows no editor: the folder is read
// first, by the same reader.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DocumentSnapshot } from '../../common/document.js';
import { type ContextPart, contextPlaceOf, DEFAULT_BUDGET } from '../../completion/index.js';
import { startWorkspace } from '../../workspace/index.js';
import { InputError } from '../../common/inputError.js';
import { findInstallation } from '../../setup/installation.js';
import { errorStreamLogger } from '../terminal/openModel.js';

/** A command need not leave time to others. */
const DUTY = 1;
/** What was read within so many milliseconds has to do. */
const LONGEST_MS = 20_000;
const POLL_MS = 20;

/** @throws InputError when there is no such folder */
export async function contextOf(
  folder: string,
  document: DocumentSnapshot,
  offset: number,
  signal: AbortSignal,
): Promise<readonly ContextPart[]> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new InputError(`${folder} is not a folder.`);
  const { workspaceWorkerFile: workerFile, grammarFolder } = findInstallation();
  const workspace = startWorkspace({ workerFile, grammarFolder, logger: errorStreamLogger, duty: DUTY });
  try {
    workspace.setFolders([resolve(folder)]);
    const deadline = performance.now() + LONGEST_MS;
    while (!(await workspace.state()).isComplete && performance.now() < deadline) {
      await delay(POLL_MS, undefined, { signal });
    }
    const place = contextPlaceOf(document, offset);
    const asked = {
      place,
      file: fileURLToPath(document.uri),
      open: [],
      edits: [],
      definitions: [],
      previous: [],
      budget: DEFAULT_BUDGET,
    };
    return await workspace.choose(asked, signal);
  } finally {
    await workspace.dispose();
  }
}
