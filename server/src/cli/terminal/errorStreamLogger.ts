// What the rooms log, for a command.

import type { Logger } from '../../common/logger.js';
import { say } from './output.js';

/** Warnings and errors go to standard error, one line each. */
export const errorStreamLogger: Logger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: say,
  error: say,
};
