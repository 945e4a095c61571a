export { chooseContext, DEFAULT_BUDGET, type ChoiceOptions } from './choose.js';
export { termsOf } from './identifiers.js';
export type { ContextFile, ContextPart, ContextPlace, FileRelation, RecentEdit } from './types.js';
