// The set-ups of docs/guide/other-editors.md in the editors themselves: `npm run test:editors`, which brings the editors.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltCli, buildCli } from '../cli/builtCli.js';
import { emacsObstacle, runEmacs } from './emacs.js';
import { neovimVersion, runNeovim } from './neovim.js';

let cli: BuiltCli;
let folder: string;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-editors-'));
});
afterEach(() => rm(folder, { recursive: true }));

const resolved = /^a = 0\n(b = \d\n)+c = 3\n$/;
const named = expect.arrayContaining([expect.stringMatching(/^Lacuna: take theirs \(\d+ %\)/)]) as string[];

/** Neovim of Debian, and a newer one where npm run test:editors laid it. */
const neovims = ['nvim', process.env.LACUNA_NEOVIM].filter((program) => program !== undefined);

describe.each(neovims)('Neovim: %s', { timeout: 60_000 }, (program) => {
  const isThere = neovimVersion(program) !== undefined;

  it('takes a resolution, and asks for completions', async ({ skip }) => {
    if (!isThere) skip(`${program} is not installed`);
    const { problem, completions, titles, written } = await runNeovim(program, cli.file, folder);
    expect(problem).toBeUndefined();
    expect(completions).toBeInstanceOf(Array);
    expect(titles).toEqual(named);
    expect(written).toMatch(resolved);
  });

  it('has the settings that the set-up names', async ({ skip }) => {
    if (!isThere) skip(`${program} is not installed`);
    const { titles, written } = await runNeovim(program, cli.file, folder, 'merge = { enable = false }');
    expect(titles).toEqual([]);
    expect(written).toContain('<<<<<<< HEAD');
  });
});

describe.each([
  ['eglot', `(setq-default eglot-workspace-configuration '((:lacuna . (:merge (:enable :json-false)))))`],
  ['lsp-mode', `(with-eval-after-load 'lsp-mode (lsp-register-custom-settings '(("lacuna.merge.enable" nil t))))`],
] as const)('Emacs: %s', { timeout: 60_000 }, (client, off) => {
  const obstacle = emacsObstacle(client);

  it('takes a resolution, and shows what speaks for it', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const { said, titles, hover, written } = await runEmacs(client, cli.file, folder);
    expect(titles, said).toEqual(named);
    expect(hover).toMatch(/^\*\*Lacuna: take (ours|theirs)\*\*/);
    expect(written).toMatch(resolved);
  });

  it('has the settings that it answers when it is asked, over those of the set-up', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const { said, titles, written } = await runEmacs(client, cli.file, folder, off);
    expect(titles, said).toEqual([]);
    expect(written).toContain('<<<<<<< HEAD');
  });
});
