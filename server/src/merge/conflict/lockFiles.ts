// Files that a package manager writes: which versions belong together is nothing that a merge of texts can know, so they are
// never guessed, and the user is told how to make them anew.

import type { LockFile } from '../types.js';

const commands: Readonly<Record<string, string>> = {
  'package-lock.json': 'npm install',
  'npm-shrinkwrap.json': 'npm install',
  'yarn.lock': 'yarn install',
  'pnpm-lock.yaml': 'pnpm install',
  'bun.lock': 'bun install',
  'deno.lock': 'deno install',
  'cargo.lock': 'cargo check',
  'gemfile.lock': 'bundle install',
  'composer.lock': 'composer update --lock',
  'poetry.lock': 'poetry lock',
  'pipfile.lock': 'pipenv lock',
  'uv.lock': 'uv lock',
  'pdm.lock': 'pdm lock',
  'go.sum': 'go mod tidy',
  'flake.lock': 'nix flake lock',
  'pubspec.lock': 'dart pub get',
  'mix.lock': 'mix deps.get',
  'podfile.lock': 'pod install',
  'package.resolved': 'swift package resolve',
  'packages.lock.json': 'dotnet restore',
  'gradle.lockfile': 'gradle dependencies --write-locks',
};

/** Undefined where people write the file themselves. */
export function lockFileOf(path: string): LockFile | undefined {
  const name = path.split(/[\\/]/).at(-1)!;
  const lower = name.toLowerCase();
  return Object.hasOwn(commands, lower) ? { name, command: commands[lower]! } : undefined;
}
