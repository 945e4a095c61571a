export { readIndexStages, type IndexStages } from './indexStages.js';
export { readMergeBase } from './mergeBase.js';
export { mergeFiles, type MergedFiles, type MergeFilesOptions, type ThreeVersions } from './mergeFiles.js';
export { unmergedFiles } from './unmergedFiles.js';
export { readUnmergedTexts, repositoryOf, type UnmergedText } from './unmergedTexts.js';
