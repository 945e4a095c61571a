export { readFileInGit, type FileInGit, type UnmergedFile } from './fileInGit.js';
export { gitProgram, useGit } from './gitProgram.js';
export { readIndexStages } from './indexStages.js';
export { readMergeBase } from './mergeBase.js';
export { mergeFiles, type MergedFiles, type ThreeVersions } from './mergeFiles.js';
export { unmergedFiles } from './unmergedFiles.js';
export { readUnmergedTexts, repositoryOf } from './unmergedTexts.js';
