export { startWorkspace } from './client.js';
export type { ContextQuestion, Definition, OpenFile, Workspace, WorkspaceState } from './types.js';
