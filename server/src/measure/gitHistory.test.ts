// Lines of a real repository, made by git itself, and of logs as git writes them.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addedLines, parseLog } from './gitHistory.js';

const folder = mkdtempSync(join(tmpdir(), 'lacuna-history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(...parameters: string[]): void {
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...parameters]);
}

function commit(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  git('add', '-A');
  git('commit', '-qm', 'Change');
}

describe('the lines that commits added', () => {
  beforeAll(() => {
    git('init', '-q');
    mkdirSync(join(folder, 'ä folder'));
    commit({
      'sum.ts': 'export function sum(a: number, b: number) {\n  return a + b;\n}\n',
      'notes.txt': 'not a program\n',
      'windows.py': 'def first():\r\n    return 1\r\n',
      'data.ts': `const data = '${'x'.repeat(300)}';\n`,
    });
    commit({
      'sum.ts': 'export function sum(a: number, b: number) {\n  check(a, b);\n  return a + b;\n}\n',
      'ä folder/Größe.java': 'class Größe {\n    int breite = 3;\n}\n',
    });
  });

  it('come with the file as it was then, the latest commit first', async () => {
    const { items } = await addedLines(folder, 100);
    expect(items.every(({ id, repo }) => /^[0-9a-f]{12}:/.test(id) && repo === folder)).toBe(true);
    const inserted = items.find(({ prefix, target_line: line }) => (prefix + line).endsWith('check(a, b);'));
    expect(inserted).toMatchObject({ path: 'sum.ts', language: 'typescript' });
    expect(inserted!.suffix).toBe('\n  return a + b;\n}\n');
    const paths = items.map(({ path }) => path);
    expect(paths).toContain('ä folder/Größe.java');
    expect(paths).not.toContain('notes.txt');
    expect(paths).not.toContain('data.ts');
    expect(items.every(({ prefix, suffix }) => !`${prefix}${suffix}`.includes('\r'))).toBe(true);
    expect(paths.indexOf('sum.ts')).toBeLessThan(paths.indexOf('windows.py'));
  });

  it('are as many as wanted', async () => expect((await addedLines(folder, 2)).items).toHaveLength(2));

  it('are those of the latest commits where the log is too long to be read', async () => {
    const { items } = await addedLines(folder, 100, undefined, 600);
    expect(items.map(({ path }) => path)).toContain('sum.ts');
    expect(items.map(({ path }) => path)).not.toContain('windows.py');
  });

  it('are the same whatever the repository is configured to do with what is shown, and none of its programs runs', async () => {
    const before = (await addedLines(folder, 100)).items;
    writeFileSync(join(folder, '.git', 'info', 'attributes'), '* diff=shown\n');
    const settings = { 'diff.shown.textconv': 'touch ran; cat', 'diff.interHunkContext': '20', 'diff.context': '9' };
    for (const [name, value] of Object.entries(settings)) git('config', name, value);
    expect((await addedLines(folder, 100)).items).toEqual(before);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    for (const name of Object.keys(settings)) git('config', '--unset', name);
    rmSync(join(folder, '.git', 'info', 'attributes'));
  });

  it('are not fetched from elsewhere where a clone lacks them', async () => {
    const clones = mkdtempSync(join(tmpdir(), 'lacuna-clones-'));
    const clone = join(clones, 'clone');
    git('config', 'uploadpack.allowFilter', 'true');
    git('clone', '-q', '--filter=blob:none', pathToFileURL(folder).href, clone);
    const objects = () => execFileSync('git', ['-C', clone, 'count-objects', '-v'], { encoding: 'utf8' });
    const before = objects();
    await addedLines(clone, 100).catch(() => []);
    expect(objects()).toBe(before);
    rmSync(clones, { recursive: true });
  });

  it('come with the files that the editor would have shown beside them, as these were before the commit', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
      commit({ [`${name}.ts`]: `export const ${name} = 'before';\n` });
    commit({
      'id_rsa.ts': 'const key = 1;\n',
      'd.ts': 'export const d = "last";\n',
      'c.ts': '\uFEFFexport const c = 1;\r\n',
    });
    commit({
      'user.ts': "import { sum } from './sum';\nimport { h } from './h';\nexport const user = sum(h);\n",
      'h.ts': "export const h = 'after';\n",
    });
    const { items, files } = await addedLines(folder, 100);
    const shown = await files.get(items.find(({ path, suffix }) => path === 'user.ts' && suffix === '\n')!.id);
    expect(shown!.map(({ path, relation }) => `${relation} ${path}`)).toEqual([
      ...['imported sum.ts', 'imported h.ts', 'recent c.ts', 'recent d.ts', 'recent g.ts', 'recent f.ts'],
      ...['sibling a.ts', 'sibling b.ts', 'sibling data.ts'],
    ]);
    expect(shown!.find(({ path }) => path === 'h.ts')!.text).toBe("export const h = 'before';\n");
    expect(shown!.find(({ path }) => path === 'c.ts')!.text).toBe('export const c = 1;\n');
    const before = await files.get(items.find(({ target_line: line }) => line.includes('./h'))!.id);
    expect(before!.map(({ path, relation }) => `${relation} ${path}`)).not.toContain('imported h.ts');
    expect(await files.get(items.find(({ path, suffix }) => path === 'user.ts' && suffix === '\n')!.id)).toEqual(shown);
    const first = items.find(({ path }) => path === 'windows.py')!;
    expect(await files.get(first.id)).toEqual([]);
    expect(files.get('of another repository')).toBeUndefined();
  });

  it('are of no file that may hold secrets', async () => {
    commit({ 'wp-config.php': "<?php\ndefine('DB_HOST', 'localhost');\n" });
    expect((await addedLines(folder, 100)).items.map(({ path }) => path)).not.toContain('wp-config.php');
  });

  it('are none where there is no repository, and one sentence says so', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'lacuna-empty-'));
    await expect(addedLines(empty, 10)).rejects.toThrow(/cannot be read as a git repository: .*\.$/);
    rmSync(empty, { recursive: true });
  });

  it('stop being read when nobody wants them', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(addedLines(folder, 10, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a log', () => {
  const log = (...lines: string[]): string => `\0abc\n\n${lines.join('\n')}\n`;

  it.each<[string, string, readonly [path: string, line: number][]]>([
    ['without commits has no lines', '', []],
    [
      'numbers the lines of each hunk',
      log(
        'diff --git a/a.ts b/a.ts',
        '--- a/a.ts',
        '+++ b/a.ts',
        '@@ -0,0 +5,2 @@',
        '+one();',
        '+two();',
        '@@ -9 +12 @@ f',
        '-old',
        '+three();',
      ),
      [
        ['a.ts', 5],
        ['a.ts', 6],
        ['a.ts', 12],
      ],
    ],
    [
      'takes added lines that look like a header for what they are',
      log('diff --git a/a.ts b/a.ts', '--- a/a.ts', '+++ b/a.ts', '@@ -0,0 +1,2 @@', '+++ b;', '+d();'),
      [
        ['a.ts', 1],
        ['a.ts', 2],
      ],
    ],
    [
      'leaves out blank lines, lines of signs alone, and other languages',
      log(
        ...['diff --git a/a.ts b/a.ts', '+++ b/a.ts', '@@ -0,0 +1,3 @@', '+', '+});', '+f();'],
        ...['diff --git a/a.txt b/a.txt', '+++ b/a.txt', '@@ -0,0 +1 @@', '+text'],
      ),
      [['a.ts', 3]],
    ],
    [
      'takes three lines of a file at most',
      log('diff --git a/a.ts b/a.ts', '+++ b/a.ts', '@@ -0,0 +1,9 @@', ...Array.from({ length: 9 }, () => '+f();')),
      [
        ['a.ts', 1],
        ['a.ts', 4],
        ['a.ts', 7],
      ],
    ],
  ])('%s', (_name, text, expected) => {
    expect(parseLog(text).map(({ path, line }) => [path, line])).toEqual(expected);
  });
});
