// `eval`: how good the model is, measured on data.

import { Command } from 'commander';
import { evalBlocksCommand } from './blocks/evalBlocks.js';
import { evalContextCommand } from './context/evalContext.js';
import { evalEditsCommand } from './edits/evalEdits.js';
import { evalInfillCommand } from './infill/evalInfill.js';
import { evalMergeCommand } from './merge/evalMerge.js';
import { evalPartialCommand } from './holes/evalPartial.js';

export function evalCommand(): Command {
  return new Command('eval')
    .description('Measure the quality of what is suggested.')
    .addCommand(evalInfillCommand())
    .addCommand(evalEditsCommand())
    .addCommand(evalContextCommand())
    .addCommand(evalMergeCommand())
    .addCommand(evalPartialCommand())
    .addCommand(evalBlocksCommand());
}
