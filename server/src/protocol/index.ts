export { startServer, type Holes, type ServerDependencies } from './server.js';
export { defaultSettings, parseSettings, type Settings } from './settings.js';
