// `eval`: how good the model is, measured on data.

import { Command } from 'commander';
import { evalContextCommand } from './evalContext.js';
import { evalEditsCommand } from './evalEdits.js';
import { evalInfillCommand } from './evalInfill.js';
import { evalMergeCommand } from './evalMerge.js';
import { evalPartialCommand } from './evalPartial.js';

export function evalCommand(): Command {
  return new Command('eval')
    .description('Measure the quality of what is suggested.')
    .addCommand(evalInfillCommand())
    .addCommand(evalEditsCommand())
    .addCommand(evalContextCommand())
    .addCommand(evalMergeCommand())
    .addCommand(evalPartialCommand());
}
