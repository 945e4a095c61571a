// `model`: the models that a user has added, and those that could be.

import { Command } from 'commander';
import { modelAddCommand } from './add.js';
import { modelListCommand } from './list.js';
import { modelPrepareCommand } from './prepare.js';
import { modelRemoveCommand } from './remove.js';
import { modelUseCommand } from './use.js';

export function modelCommand(): Command {
  return new Command('model')
    .description('Use another model: make one of a GGUF file, list, choose and remove them.')
    .addCommand(modelAddCommand())
    .addCommand(modelListCommand())
    .addCommand(modelUseCommand())
    .addCommand(modelPrepareCommand())
    .addCommand(modelRemoveCommand());
}
