export type {
  Certainty,
  Continuation,
  DeparturesRequest,
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
export { departuresWanted, likeliestDepartures } from './departures.js';
export { startModel } from './client.js';
export { ObservedModel } from './observedModel.js';
export { ContinuationBuilder, type ChosenToken } from './continuation.js';
export { openSignalWriter, type ReplayedToken } from './recordSignals.js';
export { openRecorder, type Recorder, type Recording } from './record.js';
export { smallGraphsHere } from './smallGraphsHere.js';
export { startSmallGraphs, type SmallGraphs } from './smallGraphs.js';
export { runtimeProblem } from './session.js';
