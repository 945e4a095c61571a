// Syntax trees for a test file. Tests run before anything is bundled, so the grammars are laid into a folder of their own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { createSyntax, type OwnedSyntax, type SyntaxOptions } from '../../src/syntax/index.js';
import { layTreeSitterGrammars } from '../../../syntaxes/treeSitterGrammars.mjs';

/** All grammars, until the tests of the file have run; a tree that none of them deleted is an error. */
export function openSyntax(options: Omit<SyntaxOptions, 'grammarFolder'> = {}): OwnedSyntax {
  const grammarFolder = mkdtempSync(join(tmpdir(), 'lacuna-grammars-'));
  layTreeSitterGrammars(grammarFolder);
  const syntax = createSyntax({ grammarFolder, ...options });
  afterAll(() => {
    syntax.dispose();
    rmSync(grammarFolder, { recursive: true, force: true });
    expect(syntax.liveTrees).toBe(0);
  });
  return syntax;
}
