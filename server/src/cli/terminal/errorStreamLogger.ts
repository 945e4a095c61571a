// What the rooms log, for a command.

import type { Logger } from '../../common/logger.js';

/** Warnings and errors go to standard error, one line each. */
export const errorStreamLogger: Logger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => console.error(message),
  error: (message) => console.error(message),
};
