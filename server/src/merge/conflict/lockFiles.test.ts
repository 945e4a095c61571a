import { expect, it } from 'vitest';
import { lockFileOf } from './lockFiles.js';

it.each([
  ['package-lock.json', 'npm install'],
  ['web/yarn.lock', 'yarn install'],
  ['crates\\core\\Cargo.lock', 'cargo check'],
  ['App.xcworkspace/xcshareddata/swiftpm/Package.resolved', 'swift package resolve'],
])('%s is made anew by %s', (path, command) => expect(lockFileOf(path)?.command).toBe(command));

it.each(['package.json', 'lock.ts', 'Cargo.toml', '', 'yarn.lock.bak', 'constructor', 'lock/'])(
  '%s is written by people',
  (path) => expect(lockFileOf(path)).toBeUndefined(),
);
