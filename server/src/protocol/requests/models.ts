// lacuna/models and lacuna/addModel: what there is to choose a model from, and one more made.

import { isAbortError } from '../../common/abort.js';
import { wordsOf } from '../../common/saidError.js';
import {
  addModelProgress,
  addModelRequest,
  modelsRequest,
  type AddModelParams,
  type AddModelProgress,
  type AddModelResult,
  type ModelsResult,
} from '../messages.js';
import { failed, none, type Handler } from './handler.js';

export const models: Handler<unknown, ModelsResult> = {
  method: modelsRequest,
  empty: () => ({ models: [], found: [] }),
  async run({ models: known, modelSettings, say }) {
    const listed = await known.list(modelSettings);
    const cost = (ghostTextMs: number | undefined) => (ghostTextMs === undefined ? {} : { ghostTextMs });
    return {
      models: listed.models.map(({ name, bytes, used, ships, calibrated, ghostTextMs }) => ({
        ...{ name, bytes, used, ships, calibrated },
        ...cost(ghostTextMs),
      })),
      found: listed.found.map(({ name, program, file, bytes, problem, ghostTextMs }) => ({
        ...{ name, program, file, bytes },
        ...(problem === undefined ? {} : { problem: say(problem) }),
        ...cost(ghostTextMs),
      })),
    };
  },
};

export const addModel: Handler<AddModelParams, AddModelResult> = {
  method: addModelRequest,
  empty: failed,
  async run({ models: known, notify, say }, { file, fileName }, signal) {
    const tell = (progress: AddModelProgress): void => notify(addModelProgress, progress);
    try {
      const { name, calibrated } = await known.add(file, fileName, tell, signal);
      return { kind: 'added', name, calibrated };
    } catch (error) {
      if (isAbortError(error)) throw error;
      return none(say, wordsOf(error));
    }
  },
};
