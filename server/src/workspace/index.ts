export { startWorkspace } from './client.js';
export type {
  ContextQuestion,
  EditedLines,
  LeftOut,
  OpenFile,
  Workspace,
  WorkspaceOptions,
  WorkspaceState,
} from './types.js';
