export { calibrationWords } from './calibrationWords.js';
export { commonSignals } from './exits/signals.js';
export { generalLogit, logOddsOf } from './exits/general.js';
export {
  RECALIBRATION_FILE,
  readRecalibration,
  recalibrationTarget,
  type Recalibration,
} from './exits/recalibration.js';
export type {
  CalibrationNote,
  Certainty,
  Continuation,
  BranchesRequest,
  ExitsMode,
  Finish,
  GeneratedToken,
  GenerateRequest,
  Generation,
  GenerationTiming,
  PassesByRows,
  LanguageModel,
  ModelState,
  Prompt,
} from './language.js';
export { branchesWanted, likeliestBranches } from './generation/branches.js';
export { startModel } from './thread/client.js';
export { ObservedModel } from './thread/observedModel.js';
export { ContinuationBuilder, type ChosenToken } from './passes/continuation.js';
export { openSignalWriter, type ReplayedToken } from './recording/recordSignals.js';
export { openRecorder, type Recorder, type Recording } from './recording/record.js';
export { smallGraphsHere } from './smallGraphs/smallGraphsHere.js';
export { startSmallGraphs, type SmallGraphs } from './smallGraphs/smallGraphs.js';
export type { RuntimeProblem } from './runtime/notLoaded.js';
export { runtimeProblem } from './runtime/session.js';
export { readManifest } from './manifest.js';
export { checkPrefill, PREFILL_FILE, prefillTarget, readPrefill, type Prefill } from './runtime/prefill.js';
export { addsUpExactly, prefillTimeRatio } from './runtime/timePrefill.js';
export { openBlockRows, type BlockMatrix } from './runtime/blockRows.js';
