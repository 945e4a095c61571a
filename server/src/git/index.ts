export { readIndexStages, type IndexStages } from './indexStages.js';
export { unmergedFiles } from './unmergedFiles.js';
