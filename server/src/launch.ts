#!/usr/bin/env node
// Where the command line begins: it loads the program that has the command. The merge driver is started by git for one file
// after the other, so it has a small program of its own.

import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

const isDriver = process.argv[2] === 'merge-driver';
if (isDriver) {
  // It ends before it would pay to compile WebAssembly a second time, which threads in the background do otherwise. A Node
  // that no longer knows an option says so on standard error, and goes on.
  setFlagsFromString('--no-wasm-dynamic-tiering');
  setFlagsFromString('--no-wasm-tier-up');
}
createRequire(import.meta.url)(isDriver ? './driver.cjs' : './commands.cjs');
