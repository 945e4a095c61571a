#!/usr/bin/env node
// Lacuna without an editor: the same rooms behind commands. This file only knows which commands there are; each command is
// a file in cli/.

import { benchCommand } from './cli/bench/bench.js';
import { benchIndexCommand } from './cli/bench/benchIndex.js';
import { calibrateCommand } from './cli/holes/calibrate.js';
import { completeCommand } from './cli/complete/complete.js';
import { completionCommand } from './cli/shells/completion.js';
import { doctorCommand } from './cli/doctor.js';
import { evalCommand } from './cli/eval/eval.js';
import { holeFeaturesCommand } from './cli/record/holeFeatures.js';
import { manCommand } from './cli/shells/man.js';
import { modelCommand } from './cli/models/model.js';
import { mergeCommand } from './cli/merge/merge.js';
import { mergeDriverCommand } from './cli/merge/mergeDriver.js';
import { runProgram } from './cli/terminal/program.js';
import { recordGeneralCommand } from './cli/record/recordGeneral.js';
import { recordCommand } from './cli/record/record.js';
import { recordMergeCommand } from './cli/record/recordMerge.js';
import { recordSignalsCommand } from './cli/record/recordSignals.js';
import { partialCommand } from './cli/holes/partial.js';
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
    modelCommand(),
    doctorCommand(),
    serveCommand(),
    completionCommand(),
    manCommand(),
  ],
  process.argv,
  [recordCommand(), recordSignalsCommand(), recordGeneralCommand(), recordMergeCommand(), holeFeaturesCommand()],
);
