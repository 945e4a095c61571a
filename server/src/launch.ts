#!/usr/bin/env node
// Where the command line begins: it loads the program that has the command. The merge driver is started by git for one file
// after the other, so it has a small program of its own.

import { createRequire } from 'node:module';

const program = process.argv[2] === 'merge-driver' ? './driver.cjs' : './commands.cjs';
createRequire(import.meta.url)(program);
