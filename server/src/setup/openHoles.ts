// What holes are chosen by in the editor: the trained score and the calibration of the model's folder, and the user's own
// calibration, which lies in the workspace's storage and goes first where it fits the model.

import { existsSync } from 'node:fs';
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
  type BlockCalibration,
  type Calibration,
  type TrainedScore,
} from '../partial/index.js';
import type { Syntax } from '../syntax/index.js';
import { addedLines } from '../measure/gitHistory.js';
import { calibrateModel, hasOwnController, modelCalibrationWords, recordsFile } from './calibrateModel.js';
import { openCalibrationRecords } from './calibrationRecords.js';
import { calibrationFile, nameInCalibrations, readBlockCalibration, readCalibration, scoreFor } from './holesData.js';
import { LINES_FOR_MODEL, linesForModel } from './linesForModel.js';
import { measureOwn } from './measureOwn.js';
import { keepCalibration, ownCalibrationFile, ownRecordsFile } from './ownCalibration.js';
import { SaidError } from '../common/saidError.js';
import { inEnglish, joined, words, type Words } from '../common/words.js';

export interface HolesPlace {
  readonly modelFolder: string;
  /** Programs that come with Lacuna. */
  readonly programsFolder: string;
  /** The workspace's storage; undefined where there is none. */
  readonly storage: string | undefined;
  readonly syntax: Syntax;
}

/** Lines of a repository that are measured: about five minutes of a small machine. */
const LINES = 300;

/** Holes that the summary speaks of, as the setting has them by default. */
const HOLES = 2;

export function openHoles({ modelFolder, programsFolder, storage, syntax }: HolesPlace, logger: Logger) {
  const ownFile = storage === undefined ? undefined : ownCalibrationFile(storage);
  const isGeneral = !hasOwnController(modelFolder);
  let model = basename(modelFolder);
  let score: TrainedScore | undefined;
  let shipped: Calibration | undefined;
  let own: Calibration | undefined;
  let blocks: BlockCalibration | undefined;

  const warn = (error: unknown): undefined => {
    logger.warn(`Holes: ${messageOf(error)}`);
    return undefined;
  };
  const read = async (): Promise<void> => {
    model = await nameInCalibrations(modelFolder);
    // That another model was not measured is no fault; a calibration that is of no use any more is worth a word.
    const isMeasured = !isGeneral || existsSync(calibrationFile(modelFolder));
    shipped = isMeasured ? await readCalibration(modelFolder, undefined).catch(warn) : undefined;
    // A name alone does not say which weights were measured.
    if (isGeneral && shipped?.model !== model) shipped = undefined;
    if (ownFile !== undefined && existsSync(ownFile)) {
      const found = await readCalibration(modelFolder, ownFile).catch(warn);
      if (found?.model === model) own = found;
      else if (found !== undefined) logger.info('Your own calibration of holes is for another model and is not used.');
    }
    score = await scoreFor(modelFolder).catch(warn);
    blocks = await readBlockCalibration(modelFolder).catch(warn);
  };
  const reading = read();

  /** Lines of the repository, or else, for a model without a controller of its own, those of the programs. */
  const linesFor = async (folder: string | undefined, signal: AbortSignal) => {
    if (!isGeneral) {
      if (folder === undefined) throw new SaidError(words('Open a folder that is a git repository.'));
      return { ...(await addedLines(folder, LINES, signal)), source: 'commits' as const };
    }
    const lines = await linesForModel(folder, programsFolder, signal);
    if (lines.source === 'programs')
      logger.info('There are too few lines of commits; the programs of Lacuna are taken.');
    return lines;
  };

  return {
    knowledge(): HoleKnowledge | undefined {
      const calibrations = [own, shipped].filter((one) => one !== undefined);
      // Without a measurement there is no guarantee, and so no holes.
      return score === undefined || calibrations.length === 0
        ? undefined
        : { score, calibrations: () => calibrations, blocks };
    },

    async calibrate(
      languageModel: LanguageModel,
      repository: { readonly folder: string; readonly showsOtherFiles: boolean } | undefined,
      tell: (progress: { readonly done: number; readonly total: number }) => void,
      signal: AbortSignal,
    ): Promise<Words> {
      await reading;
      if (score === undefined && !isGeneral)
        throw new SaidError(words('This model has no score of holes, so there is nothing to measure.'));
      tell({ done: 0, total: isGeneral ? LINES_FOR_MODEL : LINES });
      const { items, source, files: others } = await linesFor(repository?.folder, signal);
      const files = repository?.showsOtherFiles === true ? others : undefined;
      if (items.length === 0) {
        throw new SaidError(words('The latest commits added no lines in a language that Lacuna has a grammar for.'));
      }
      let done = 0;
      const advance = (): void => tell({ done: ++done, total: items.length });
      const withHoles = source === 'commits' ? score : undefined;
      const records = await openCalibrationRecords(isGeneral ? recordsFile(modelFolder) : ownRecordsFile(storage), {
        model,
        branches: withHoles !== undefined,
        otherFiles: files !== undefined,
      });
      // Said before minutes of measuring whose outcome nobody could keep.
      if (isGeneral && records.problem !== undefined) throw new SaidError(records.problem);
      const measuring = { model: languageModel, score: withHoles, syntax, files, records, advance };
      const { judged, holes } = await measureOwn(items, measuring, signal).catch(async (error: unknown) => {
        await records.close();
        throw error;
      });
      const sentences: Words[] = [];
      let isKept = true;
      if (isGeneral) {
        const calibrated = await calibrateModel(modelFolder, judged, source);
        isKept = calibrated.unkept === undefined;
        if (calibrated.found.kind === 'fitted') languageModel.recalibrate?.();
        sentences.push(modelCalibrationWords(calibrated));
      }
      if (withHoles !== undefined) {
        const measured = conformalCalibration(holes, model, { lines: holes.length });
        own = measured;
        const unkept = storage === undefined ? undefined : await keepCalibration(storage, measured);
        isKept &&= unkept === undefined;
        if (unkept !== undefined) logger.warn(inEnglish(unkept));
        sentences.push(
          summary(measured, isGeneral && shipped === undefined),
          ...(unkept === undefined ? [] : [unkept]),
        );
      } else sentences.push(words('Holes need lines of your own commits, so there are none.'));
      await (isKept ? records.remove() : records.close());
      return joined(sentences, ' ');
    },
  };
}

/** What the measured lines allow, for each word of the setting. */
function summary(measured: Calibration, isAlone: boolean): Words {
  const allowed = Object.entries(riskLevels).map(([word, epsilon]) => {
    const guarantee = offerGuaranteeFor([measured], { holes: HOLES, epsilon, delta: DELTA });
    const name = riskWords[word as keyof typeof riskLevels];
    return guarantee === undefined
      ? isAlone
        ? words('{0}: too few for a promise, so there are no holes', name)
        : words('{0}: too few for a promise, so the general measurement stays', name)
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
