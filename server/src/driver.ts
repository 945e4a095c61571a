// The command line with the merge driver alone.

import { runProgram } from './cli/terminal/program.js';
import { mergeDriverCommand } from './cli/merge/mergeDriver.js';

void runProgram([mergeDriverCommand()], process.argv);
