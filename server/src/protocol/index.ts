export { startServer } from './server.js';
export { defaultSettings, parseSettings, type Settings } from './settings.js';
export type { Holes, ServerDependencies } from './state.js';
