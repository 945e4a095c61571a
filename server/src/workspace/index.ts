export { startWorkspace } from './client.js';
export type { ContextQuestion, OpenFile, Workspace, WorkspaceState } from './types.js';
