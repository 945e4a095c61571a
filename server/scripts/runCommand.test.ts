// Which npm is run, on systems that this is not.

import path from 'node:path';
import { expect, it } from 'vitest';
import { npmCommand } from './runCommand.mjs';

const besideNode = 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js';
const nodeOnWindows = 'C:\\Program Files\\nodejs\\node.exe';

it('is, on Windows, the one beside Node, since npm.cmd would need a shell', () => {
  const exists = (file: string): boolean => file === besideNode;
  expect(npmCommand({}, nodeOnWindows, exists, path.win32)).toEqual([nodeOnWindows, [besideNode]]);
  const ofYarn = { npm_execpath: 'C:\\yarn\\bin\\yarn.js' };
  expect(npmCommand(ofYarn, nodeOnWindows, () => true, path.win32)).toEqual([nodeOnWindows, [besideNode]]);
});

it('is the one that runs the script, else the one in the path', () => {
  const running = { npm_execpath: '/opt/npm/bin/npm-cli.js' };
  expect(npmCommand(running, '/usr/bin/node', () => true, path.posix)).toEqual([
    '/usr/bin/node',
    [running.npm_execpath],
  ]);
  expect(npmCommand({}, '/usr/bin/node', () => false, path.posix)).toEqual(['npm', []]);
});
