// What a client may ask: one list of requests, registered in one loop.

import type { Connection } from 'vscode-languageserver';
import { handle } from './handle.js';
import { calibrate } from './requests/calibrate.js';
import { certainResolutions } from './requests/certainResolutions.js';
import { codeAction } from './requests/codeAction.js';
import { codeLens, codeLensResolve } from './requests/codeLens.js';
import { completion } from './requests/completion.js';
import { conflictList } from './requests/conflictList.js';
import { doctor } from './requests/doctor.js';
import { explain } from './requests/explain.js';
import { fillings } from './requests/fillings.js';
import type { Handler } from './requests/handler.js';
import { addModel, models } from './requests/models.js';
import { hover } from './requests/hover.js';
import { inlineCompletion } from './requests/inlineCompletion.js';
import { mergeState } from './requests/mergeState.js';
import { resolutions } from './requests/resolutions.js';
import { unmerged } from './requests/unmerged.js';
import type { Session } from './session.js';

const handlers: readonly Handler<unknown, unknown>[] = [
  inlineCompletion,
  completion,
  explain,
  fillings,
  calibrate,
  codeAction,
  codeLens,
  codeLensResolve,
  hover,
  conflictList,
  resolutions,
  certainResolutions,
  mergeState,
  unmerged,
  doctor,
  models,
  addModel,
];

export function registerRequests(connection: Connection, session: Session, now: () => number): void {
  for (const handler of handlers) connection.onRequest(handler.method, handle(handler, session, now));
}
