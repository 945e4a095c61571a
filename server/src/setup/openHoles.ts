// What holes are chosen by in the editor: the trained score and the calibration of the model's folder, and the user's own
// calibration, which lies in the workspace's storage and goes first where it fits the model.

import { basename } from 'node:path';
import type { Logger } from '../common/logger.js';
import { messageOf } from '../common/messageOf.js';
import type { HoleKnowledge } from '../completion/index.js';
import type { LanguageModel } from '../model/index.js';
import {
  riskLevels,
  conformalCalibration,
  DELTA,
  offerGuaranteeFor,
  sourceWords,
  type Calibration,
  type TrainedScore,
} from '../partial/index.js';
import type { Syntax } from '../syntax/index.js';
import { addedLines } from '../measure/gitHistory.js';
import { readCalibration, readScore } from './holesData.js';
import { measureOwn } from './measureOwn.js';
import { keepCalibration, ownCalibrationFile } from './ownCalibration.js';
import { SaidError } from '../common/saidError.js';
import { inEnglish, joined, words, type Words } from '../common/words.js';

export interface HolesPlace {
  readonly modelFolder: string;
  /** The workspace's storage; undefined where there is none. */
  readonly storage: string | undefined;
  readonly syntax: Syntax;
}

/** Lines of a repository that are measured: about five minutes of a small machine. */
const LINES = 300;

/** Holes that the summary speaks of, as the setting has them by default. */
const HOLES = 2;

export function openHoles({ modelFolder, storage, syntax }: HolesPlace, logger: Logger) {
  const model = basename(modelFolder);
  const ownFile = storage === undefined ? undefined : ownCalibrationFile(storage);
  let score: TrainedScore | undefined;
  let shipped: Calibration | undefined;
  let own: Calibration | undefined;

  const warn = (error: unknown): undefined => {
    logger.warn(`Holes: ${messageOf(error)}`);
    return undefined;
  };
  const read = async (): Promise<void> => {
    shipped = await readCalibration(modelFolder, undefined).catch(warn);
    if (ownFile !== undefined) {
      const found = await readCalibration(modelFolder, ownFile).catch(() => undefined);
      if (found?.model === model) own = found;
      else if (found !== undefined) logger.info('Your own calibration of holes is for another model and is not used.');
    }
    score = await readScore(modelFolder).catch(warn);
  };
  const reading = read();

  return {
    knowledge(): HoleKnowledge | undefined {
      if (score === undefined) return undefined;
      return { score, calibrations: () => [own, shipped].filter((one) => one !== undefined) };
    },

    async calibrate(
      languageModel: LanguageModel,
      folder: string,
      tell: (progress: { readonly done: number; readonly total: number }) => void,
      signal: AbortSignal,
    ): Promise<Words> {
      await reading;
      if (score === undefined)
        throw new SaidError(words('This model has no score of holes, so there is nothing to measure.'));
      tell({ done: 0, total: LINES });
      const items = await addedLines(folder, LINES, signal);
      if (items.length === 0) {
        throw new SaidError(words('The latest commits added no lines in a language that Lacuna has a grammar for.'));
      }
      let done = 0;
      const advance = (): void => tell({ done: ++done, total: items.length });
      const lines = await measureOwn(items, languageModel, score, syntax, advance, signal);
      const measured = conformalCalibration(lines, model, { lines: lines.length });
      own = measured;
      const unkept = storage === undefined ? undefined : await keepCalibration(storage, measured);
      if (unkept !== undefined) logger.warn(inEnglish(unkept));
      return unkept === undefined ? summary(measured) : joined([summary(measured), unkept], ' ');
    },
  };
}

/** What the measured lines allow, for each word of the setting. */
function summary(measured: Calibration): Words {
  const allowed = Object.entries(riskLevels).map(([word, epsilon]) => {
    const guarantee = offerGuaranteeFor([measured], { holes: HOLES, epsilon, delta: DELTA });
    const name = riskWords[word as keyof typeof riskLevels];
    return guarantee === undefined
      ? words('{0}: too few for a promise, so the general measurement stays', name)
      : words(
          '{0}: {1} of {2} suggestions with holes were wrong outside of them',
          name,
          guarantee.missed,
          guarantee.offered,
        );
  });
  return words('Holes were {0}. {1}.', sourceWords(measured.source), joined(allowed, '; '));
}

const riskWords: Readonly<Record<keyof typeof riskLevels, Words>> = {
  bold: words('bold'),
  balanced: words('balanced'),
  careful: words('careful'),
};
