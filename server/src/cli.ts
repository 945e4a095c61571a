#!/usr/bin/env node
// Lacuna without an editor: the same rooms behind commands. This file only knows which commands there are; each command is
// a file in cli/.

import { benchCommand } from './cli/bench.js';
import { benchIndexCommand } from './cli/benchIndex.js';
import { calibrateCommand } from './cli/calibrate.js';
import { completeCommand } from './cli/complete.js';
import { doctorCommand } from './cli/doctor.js';
import { evalCommand } from './cli/eval.js';
import { holeFeaturesCommand } from './cli/holeFeatures.js';
import { mergeCommand } from './cli/merge.js';
import { mergeDriverCommand } from './cli/mergeDriver.js';
import { runProgram } from './cli/program.js';
import { recordCommand } from './cli/record.js';
import { recordMergeCommand } from './cli/recordMerge.js';
import { recordSignalsCommand } from './cli/recordSignals.js';
import { partialCommand } from './cli/partial.js';
import { serveCommand } from './cli/serve.js';

void runProgram(
  [
    completeCommand(),
    mergeCommand(),
    mergeDriverCommand(),
    partialCommand(),
    calibrateCommand(),
    evalCommand(),
    benchCommand(),
    benchIndexCommand(),
    doctorCommand(),
    serveCommand(),
  ],
  process.argv,
  [recordCommand(), recordSignalsCommand(), recordMergeCommand(), holeFeaturesCommand()],
);
