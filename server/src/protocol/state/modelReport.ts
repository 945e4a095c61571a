// Who hears of the model's state: the status bar, and, once for each failure, the log and the user.

import { MessageType, ShowMessageNotification } from 'vscode-languageserver';
import type { Logger } from '../../common/logger.js';
import type { ModelState } from '../../model/index.js';
import type { StatusReporter } from './status.js';
import { inEnglish } from '../../common/words.js';
import type { Say } from './language.js';

/** @param notify shows a message in the editor; undefined where the client does that itself */
export function createModelReport(
  status: StatusReporter,
  logger: Logger,
  say: Say,
  notify: ((method: string, params: object) => void) | undefined,
): (state: ModelState) => void {
  let toldFailure = '';
  return (state) => {
    status.model(state);
    if (state.kind !== 'failed') return;
    const reason = inEnglish(state.reason);
    if (reason === toldFailure) return;
    toldFailure = reason;
    logger.error(reason);
    notify?.(ShowMessageNotification.method, { type: MessageType.Error, message: `Lacuna: ${say(state.reason)}` });
  };
}
