// The thread that reads the workspace, so that neither the disk nor thousands of files keep the server from answering.

import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createSyntax } from '../syntax/index.js';
import { answer } from './answer.js';
import type { FromWorkspace, ToWorkspace, WorkspaceStart } from './messages.js';
import { openReading } from './reading.js';

const port = parentPort!;
const { grammarFolder, duty } = workerData as WorkspaceStart;
const syntax = createSyntax({ grammarFolder });
const reading = openReading({ duty, sleep: (ms) => delay(ms), now: () => performance.now() });
const send = (message: FromWorkspace): void => port.postMessage(message);

/** The newest question; whoever asked an older one has been told or does not wait any more. */
let newest = 0;

port.on('message', (message: ToWorkspace) => {
  if (message.kind === 'folders') {
    void reading.setFolders(message.folders);
  } else if (message.kind === 'changed') {
    void reading.changed(message.file);
  } else if (message.kind === 'state') {
    send({ kind: 'state', task: message.task, state: reading.state() });
  } else {
    const { task, question } = message;
    newest = task;
    void answer(question, reading, syntax, () => newest !== task)
      .catch(() => undefined)
      .then((parts) => {
        // What stays need not travel.
        const isSame =
          parts?.length === question.previous.length && parts.every((part, i) => part === question.previous[i]);
        send({ kind: 'chosen', task, parts: isSame ? undefined : parts });
      });
  }
});
