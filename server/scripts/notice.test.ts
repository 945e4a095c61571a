// What is shipped is named in NOTICE, and its licence lets us ship it.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shippedPackages } from './release/bundled.mjs';
import { modelProblems, noticeProblems, packageProblems, runtimeProblems } from './release/notice.mjs';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const notice = readFileSync('NOTICE', 'utf8');

it('names all that is shipped, each under a licence that lets us', async () => {
  expect(await noticeProblems()).toEqual([]);
});

it('knows of bundles, grammars and the runtime', async () => {
  const names = (await shippedPackages()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['zod', 'web-tree-sitter', 'tree-sitter-go', 'onnxruntime-node']));
  expect(names.filter((name) => name === 'typescript' || name === 'vitest')).toEqual([]);
});

describe('a notice', () => {
  const zod = { name: 'zod', version: '1.0.0', license: 'MIT' };

  it.each([
    ['a package', { ...zod, name: 'left-pad' }, 'left-pad is shipped, and NOTICE does not name it.'],
    ['the licence', { ...zod, license: 'ISC' }, 'zod is under ISC, and NOTICE names it under "MIT License:".'],
    ['a licence that is known', { ...zod, license: 'GPL-3.0' }, 'zod is under GPL-3.0, which nobody has looked at'],
    ['any licence', { ...zod, license: 'none' }, 'zod is under none, which nobody has looked at'],
  ])('without %s is refused', (_, entry, problem) => {
    expect(packageProblems(notice, [entry])).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['MIT', 'The MIT License'],
    ['ISC', 'The ISC License'],
    ['BSD-3-Clause', 'The BSD 3-Clause License'],
  ])('without the text of %s is refused', (license, title) => {
    const named = { MIT: 'zod', ISC: 'yaml', 'BSD-3-Clause': 'diff' }[license]!;
    const shortened = notice.replace(new RegExp(`^${title}\\n-+$`, 'm'), '');
    expect(shortened).not.toBe(notice);
    expect(packageProblems(notice, [{ name: named, version: '1.0.0', license }])).toEqual([]);
    expect(packageProblems(shortened, [{ name: named, version: '1.0.0', license }])).toEqual([
      `NOTICE lacks the text of ${license}.`,
    ]);
  });

  it('without a model is refused', () => {
    expect(modelProblems(notice, ['lacuna-0.5b', 'lacuna-merge'])).toEqual([]);
    expect(modelProblems(notice, ['lacuna-9b'])).toEqual([expect.stringContaining('models/lacuna-9b is shipped')]);
  });

  it('of another runtime is refused', () => {
    expect(runtimeProblems(notice, '0.0.1')).toEqual([
      expect.stringContaining('licences/onnxruntime-0.0.1.txt is missing'),
    ]);
    expect(runtimeProblems('', '1.30.0')).toEqual(['NOTICE does not name licences/onnxruntime-1.30.0.txt.']);
  });
});

it('has a lock file that pins every package by its content', () => {
  for (const file of ['package-lock.json', 'server/packager/package-lock.json']) {
    const { packages } = readJson(file) as { packages: Record<string, { integrity?: string; resolved?: string }> };
    const loose = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined);
    expect(loose.map(([path]) => path)).toEqual([]);
    // Without an address a package comes from the registry that is set up; with one it could come from anywhere.
    expect(Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined)).toEqual([]);
  }
});
