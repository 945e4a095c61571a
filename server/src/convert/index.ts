export { standardRecipe } from './family/recipe.js';
export { type Converted } from './folder/convert.js';
export { unfinishedFolder } from './folder/unfinished.js';
export { convertInThreads } from './thread/client.js';
export { inspectFile } from './folder/inspect.js';
