import { describe, expect, it } from 'vitest';
import { fileBehind, fileOf } from './fileOf.js';
import { pathOf } from './documents.js';

describe('fileOf', () => {
  it.each([
    ['file:///c%3A/code/a.ts', 'c:\\code\\a.ts'],
    ['file:///C:/code/a.ts', 'c:\\code\\a.ts'],
    ['file:///c%3A/my%20code/', 'c:\\my code'],
    ['file:///c%3A/', 'c:\\'],
    ['file://host/share/a.ts', '\\\\host\\share\\a.ts'],
    ['file:///', undefined],
    ['file:///home/a.ts', undefined],
    ['untitled:a', undefined],
  ])('on Windows, %s', (uri, expected) => expect(fileOf(uri, true)).toBe(expected));

  it.each([
    ['file:///home/my%20code/', '/home/my code'],
    ['file:///', '/'],
    ['file://host/share/a.ts', undefined],
    ['file:///a%2Fb', undefined],
    ['git:/home/a.ts', undefined],
  ])('elsewhere, %s', (uri, expected) => expect(fileOf(uri, false)).toBe(expected));
});

describe('fileBehind', () => {
  it.each([
    ['file:///home/my%20code/a.ts', '/home/my code/a.ts'],
    ['vscode-notebook-cell:/home/my%20code/a.ipynb#W0sZmlsZQ%3D%3D', '/home/my code/a.ipynb'],
    ['vscode-notebook-cell:/home/a.ipynb?x#y', '/home/a.ipynb'],
    ['vscode-notebook-cell://host/home/a.ipynb#y', 'vscode-notebook-cell://host/home/a.ipynb#y'],
    ['untitled:Untitled-1', 'untitled:Untitled-1'],
  ])('%s', (uri, expected) => expect(fileBehind(uri)).toBe(expected));
});

describe('pathOf', () => {
  it.each([
    ['file:///c%3A/code/a.ts', 'file:///C:/code', 'a.ts'],
    ['file:///C:/code/src/a.ts', 'file:///c%3A/', 'code/src/a.ts'],
    ['file://host/share/src/a.ts', 'file://host/share', 'src/a.ts'],
    ['file:///home/a.ts', 'file:///', 'home/a.ts'],
  ])('%s in %s', (uri, folder, expected) => expect(pathOf(uri, [folder])).toBe(expected));
});
