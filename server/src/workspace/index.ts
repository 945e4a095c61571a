export { startWorkspace } from './client.js';
export { importedFiles } from './imports.js';
export type { ContextQuestion, Definition, OpenFile, Workspace, WorkspaceState } from './types.js';
