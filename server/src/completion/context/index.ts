export { chooseContext, DEFAULT_BUDGET } from './choose.js';
export { namesBefore, namesOf, termsOf } from './identifiers.js';
export type {
  ContextFile,
  ContextPart,
  ContextPlace,
  ContextSource,
  DefinedName,
  FileRelation,
  RecentEdit,
} from './types.js';
export { questionOf } from './question.js';
export { ContextKeeper } from './keeper.js';
