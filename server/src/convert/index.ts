export { standardRecipe } from './family/recipe.js';
export { type Converted } from './folder/convert.js';
export { unfinishedFolder } from './folder/unfinished.js';
export { convertInThreads, makePrefillInThread } from './thread/client.js';
export type { MadePrefill } from './prefill/makePrefill.js';
export { inspectFile } from './folder/inspect.js';
