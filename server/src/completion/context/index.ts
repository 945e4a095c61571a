export { chooseContext, DEFAULT_BUDGET, type ChoiceOptions } from './choose.js';
export { namesOf, termsOf } from './identifiers.js';
export type { ContextFile, ContextPart, ContextPlace, ContextSource, FileRelation, RecentEdit } from './types.js';
export { questionOf, type Question } from './question.js';
export { ContextKeeper } from './keeper.js';
