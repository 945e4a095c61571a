export { startWorkspace } from './client.js';
export type { ContextQuestion, LeftOut, OpenFile, Workspace, WorkspaceOptions, WorkspaceState } from './types.js';
