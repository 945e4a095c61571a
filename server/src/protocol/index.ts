export { startServer, type ServerDependencies } from './server.js';
export { defaultSettings, parseSettings, type Settings } from './settings.js';
