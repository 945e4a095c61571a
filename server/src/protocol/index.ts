export { startServer } from './server.js';
export type { Holes } from './state/state.js';
