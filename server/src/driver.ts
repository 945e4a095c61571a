// The command line with the merge driver alone.

import { runProgram } from './cli/program.js';
import { mergeDriverCommand } from './cli/mergeDriver.js';

void runProgram([mergeDriverCommand()], process.argv);
