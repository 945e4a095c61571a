// lacuna/calibrate: holes and probabilities measured on what the commits of a folder's repository added, in words for the
// user.

import { isAbortError } from '../../common/abort.js';
import { wordsOf } from '../../common/saidError.js';
import { words } from '../../common/words.js';
import {
  calibrateProgress,
  calibrateRequest,
  type CalibrateParams,
  type CalibrateProgress,
  type CalibrateResult,
} from '../messages.js';
import { fileOf } from '../state/fileOf.js';
import { failed, none, type Handler } from './handler.js';

export const calibrate: Handler<CalibrateParams, CalibrateResult> = {
  method: calibrateRequest,
  empty: failed,
  async run(state, { folder }, signal) {
    const tell = (progress: CalibrateProgress): void => state.notify(calibrateProgress, progress);
    const { say } = state;
    if (folder !== undefined && !state.isTrusted())
      return none(say, words('The repository is read only in a workspace that you trust.'));
    const path = folder === undefined ? undefined : fileOf(folder);
    if (folder !== undefined && path === undefined)
      return none(say, words('Only a repository on this machine can be measured.'));
    if (state.work.isPaused) return none(say, words('Lacuna is switched off; nothing was measured.'));
    const { context: showsOtherFiles } = await state.settings.of(folder);
    const repository = path === undefined ? undefined : { folder: path, showsOtherFiles };
    try {
      const sentence = await state.work.run(async (own) => {
        await state.model.ready();
        return state.holes.calibrate(state.model, repository, tell, own);
      }, signal);
      return sentence === undefined
        ? none(say, words('Lacuna was switched off meanwhile; nothing was kept.'))
        : { kind: 'calibrated', sentence: say(sentence) };
    } catch (error) {
      if (isAbortError(error)) throw error;
      return none(say, wordsOf(error));
    }
  },
};
