export { promptFormatNames, type PromptFormatName } from './promptFormats.js';
export { startRemoteModel } from './remoteModel.js';
export type { RemoteOptions } from './generate.js';
