export type {
  Continuation,
  Finish,
  GeneratedToken,
  GenerateRequest,
  Generation,
  GenerationTiming,
  LanguageModel,
  ModelOptions,
  ModelState,
  Prompt,
} from './language.js';
export { startModel } from './client.js';
export { startSmallGraphs, type NumberTensor, type SmallGraphs, type SmallGraphsOptions } from './smallGraphs.js';
