import { describe, expect, it } from 'vitest';
import { languageIdNamed, languagesNamed } from './languageNames.js';

describe('the name that an editor gives a language', () => {
  it.each([
    ['cs', 'file:///a/B.cs', 'csharp'], // Vim, Neovim
    ['c-sharp', 'file:///a/B.cs', 'csharp'], // Helix
    ['C#', 'file:///a/B.cs', 'csharp'], // Kate
    ['js', 'file:///a/b.mjs', 'javascript'], // Emacs, js-mode
    ['typescript-tsx', 'file:///a/b.tsx', 'typescriptreact'], // Emacs
    ['typescript.tsx', 'file:///a/b.tsx', 'typescriptreact'], // Vim, older plug-ins
    ['jsx', 'file:///a/b.jsx', 'javascriptreact'], // Helix
    ['c++', 'file:///a/b.h', 'cpp'], // Emacs
    ['sh', 'file:///a/b', 'shellscript'],
    ['web', 'file:///a/b.tsx', 'typescriptreact'], // Emacs, web-mode: every kind of page
    ['', 'file:///a/b%20c.py?x#y', 'python'],
    // What VS Code names too stays, and what nobody knows.
    ['csharp', 'file:///a/B.cs', 'csharp'],
    ['plaintext', 'file:///a/b.py', 'plaintext'],
    ['xml', 'file:///translation.ts', 'xml'],
    ['forth', 'file:///a/b.fs', 'forth'],
    ['constructor', 'file:///a/b', 'constructor'],
  ])('%j of %s is %s', (name, uri, expected) => expect(languageIdNamed(name, uri)).toBe(expected));
});

describe('settings of languages', () => {
  it('hold under the name of either editor, and under that of VS Code first', () => {
    expect(languagesNamed({ cs: false, '*': true })).toMatchObject({ csharp: false, '*': true });
    expect(languagesNamed({ js: true, javascript: false })).toMatchObject({ javascript: false });
  });
});
