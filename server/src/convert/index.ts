export { standardRecipe } from './family/recipe.js';
export { unfinishedFolder, type Converted } from './folder/convert.js';
export { convertInThreads } from './thread/client.js';
export { inspectFile } from './folder/inspect.js';
