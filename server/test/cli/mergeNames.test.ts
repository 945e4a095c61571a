// `lacuna merge` in a repository where git merged a rename and changed parameters elsewhere in the file, with the ranker that has
// learned nothing.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type BuiltCli, buildCli } from './builtCli.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let cli: BuiltCli;
let home: string;

beforeAll(async () => {
  cli = await buildCli();
  const grammar = 'tree-sitter-typescript.wasm';
  const from = fileURLToPath(new URL('../../../node_modules/tree-sitter-typescript/', import.meta.url));
  mkdirSync(join(dirname(cli.file), 'grammars'), { recursive: true });
  copyFileSync(join(from, grammar), join(dirname(cli.file), 'grammars', grammar));
  home = mkdtempSync(join(tmpdir(), 'lacuna-merge-names-'));
});
afterAll(() => {
  cli.remove();
  rmSync(home, { recursive: true });
});

const head = (name: string, parameters: string): string =>
  `function ${name}(${parameters}) {\n  return fetch(key);\n}\n\nexport const first = ${name}(1);\n`;
const rest = (added: string): string => `\nexport function all(done: number[]) {\n${added}  return done;\n}\n`;

it.each(['merge', 'diff3'])('follows a rename that git merged elsewhere in the file (style %s)', async (style) => {
  const folder = conflictOf(style, {
    base: head('load', 'key: number') + rest(''),
    ours: head('readKey', 'key: number') + rest('  done.push(3);\n'),
    theirs: head('load', 'key: number') + rest('  done.push(load(2)); // load\n'),
  });
  const { stdout } = await cli.runIn(folder, 'merge', 'a.ts', '--model', home, '--json');
  expect(stdout).toContain('done.push(readKey(2)); // load');
  expect(stdout).toContain('“load” was renamed to “readKey” elsewhere in the file.');
});

function conflictOf(style: string, versions: Readonly<Record<'base' | 'ours' | 'theirs', string>>): string {
  const folder = mkdtempSync(join(home, 'case-'));
  const git = (...args: string[]): void => {
    try {
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
        cwd: folder,
        stdio: 'pipe',
      });
    } catch (error) {
      // The merge stops at the conflict.
      if (!args.includes('merge')) throw error;
    }
  };
  const commit = (text: string): void => {
    writeFileSync(join(folder, 'a.ts'), text);
    git('add', 'a.ts');
    git('commit', '--quiet', '-m', 'Change');
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'merge.conflictStyle', style);
  commit(versions.base);
  git('checkout', '--quiet', '-b', 'theirs');
  commit(versions.theirs);
  git('checkout', '--quiet', 'main');
  commit(versions.ours);
  git('merge', 'theirs');
  return folder;
}
