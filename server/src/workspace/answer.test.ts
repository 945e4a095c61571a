import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from './answer.js';
import { importedFiles } from './imports.js';
import { openReading, type Reading } from './reading.js';
import type { ContextQuestion } from './types.js';

const withoutTrees = {
  supports: () => false,
  parses: () => false,
  parse: () => Promise.resolve(undefined),
  forget: () => undefined,
};

let root: string;
let reading: Reading;
const at = (path: string): string => join(root, path);
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lacuna-answer-'));
  const files = {
    '.gitignore': 'generated/\n',
    'src/basket.ts': 'export class Basket {\n  totalInCents() {\n    return 1;\n  }\n}\n',
    'src/weather.ts': 'export function forecast(city: string) {\n  return city;\n}\n',
    'generated/basket.ts': 'export class Basket { totalInCents() {} generatedOnly() {} }\n',
    '.env': 'basket totalInCents secretOnly\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
  reading = openReading({ duty: 1, sleep: () => Promise.resolve(), now: () => performance.now() });
  await reading.setFolders([root]);
});
afterAll(() => {
  reading.close();
  rmSync(root, { recursive: true });
});

const question = (changes: Partial<ContextQuestion> = {}): ContextQuestion => ({
  place: {
    path: 'src/pay.ts',
    languageId: 'typescript',
    prefix: "import { Basket } from './basket';\nconst total = basket.",
    suffix: '',
    before: '',
    after: '',
  },
  file: at('src/pay.ts'),
  open: [],
  edits: [],
  definitions: [],
  previous: [],
  budget: 1200,
  ...changes,
});

const ask = (changes?: Partial<ContextQuestion>) => answer(question(changes), reading, withoutTrees, () => false);

describe('answer', () => {
  it('shows pieces of files on the disk, by their paths in the workspace', async () => {
    const parts = await ask();
    expect(parts?.map(({ path }) => path)).toEqual(['src/basket.ts']);
    expect(parts?.[0]?.text).toContain('totalInCents');
  });

  it('takes what is open instead of what lies on the disk', async () => {
    const text = 'export class Basket {\n  justTyped() {}\n}\n';
    const parts = await ask({
      open: [{ file: at('src/basket.ts'), path: 'src/basket.ts', languageId: 'typescript', text }],
    });
    expect(parts?.map((part) => part.text).join()).toContain('justTyped');
    expect(parts?.map((part) => part.text).join()).not.toContain('totalInCents');
  });

  it.each([
    ['ignored', 'generated/basket.ts'],
    ['secret', '.env'],
  ])('shows no %s file, not even an open or edited one', async (_name, path) => {
    const open = [{ file: at(path), path, languageId: 'typescript', text: 'basket secretOnly generatedOnly' }];
    const edits = [{ file: at(path), path, text: 'basket.secretOnly = generatedOnly;' }];
    const shown = (await ask({ open, edits }))?.map(({ text }) => text).join() ?? '';
    expect(shown).not.toMatch(/secretOnly|generatedOnly/);
  });

  it('shows no file any more that git has come to ignore, nor pieces that were chosen of it', async () => {
    const before = (await ask())!;
    writeFileSync(at('src/.gitignore'), 'basket.ts\n');
    const after = await ask({ previous: before });
    rmSync(at('src/.gitignore'));
    expect(before.map(({ path }) => path)).toEqual(['src/basket.ts']);
    expect(after?.map(({ path }) => path)).not.toContain('src/basket.ts');
  });

  it('shows no piece any more of a file that is gone, unless it is open', async () => {
    const before = (await ask())!;
    renameSync(at('src/basket.ts'), at('src/bag.ts'));
    const open = [{ file: at('src/basket.ts'), path: 'src/basket.ts', languageId: 'typescript', text: '' }];
    const [gone, inEditor] = [await ask({ previous: before }), await ask({ previous: before, open })];
    renameSync(at('src/bag.ts'), at('src/basket.ts'));
    expect(gone?.map(({ path }) => path)).not.toContain('src/basket.ts');
    expect(inEditor?.map(({ path }) => path)).toContain('src/basket.ts');
  });

  it('keeps what was chosen where it may be shown', async () => {
    const before = (await ask())!;
    expect(await ask({ previous: before })).toBe(before);
  });

  it('takes several open documents of one file, as the cells of a notebook are', async () => {
    const cells = ['forecast();', 'basket.secondCell();'];
    const open = cells.map((text) => ({ file: at('src/a.ipynb'), path: 'src/a.ipynb', languageId: 'python', text }));
    const shown = (await ask({ open }))?.map(({ text }) => text).join() ?? '';
    expect(shown).toContain('secondCell');
  });

  it('never shows the file with the cursor as it lies on the disk', async () => {
    const parts = await ask({ file: at('src/basket.ts') });
    expect(parts?.map(({ path }) => path)).not.toContain('src/basket.ts');
  });

  it('shows what was edited lately elsewhere', async () => {
    const parts = await ask({ edits: [{ file: at('src/till.ts'), path: 'src/till.ts', text: 'basket.payAtTill();' }] });
    expect(parts?.find(({ kind }) => kind === 'edit')?.text).toBe('basket.payAtTill();');
  });

  it('shows where the editor knows a name to be defined, but no file that must stay out', async () => {
    const definitions = [
      { name: 'basket', file: at('src/weather.ts'), line: 1 },
      { name: 'basket', file: at('generated/basket.ts'), line: 0 },
      { name: 'basket', file: '/elsewhere/secret.ts', line: 0 },
    ];
    const paths = (await ask({ definitions }))?.map(({ path }) => path);
    expect(paths).toContain('src/weather.ts');
    expect(paths).not.toContain('generated/basket.ts');
    expect(paths?.join()).not.toContain('secret');
  });

  it('gives up when nobody waits any more', async () => {
    expect(await answer(question(), reading, withoutTrees, () => true)).toBeUndefined();
  });
});

describe('imported files', () => {
  const files = ['/w/src/basket.ts', '/w/src/util/index.ts', '/w/llm/models.py', '/w/com/a/Order.java', '/w/other.ts'];
  it.each([
    ['a relative path', "import { a } from './basket';", ['/w/src/basket.ts']],
    ['a relative path with another ending', "import { a } from './basket.js';", ['/w/src/basket.ts']],
    ['a folder', "import { a } from './util';", ['/w/src/util/index.ts']],
    ['require', "const a = require('../other');", ['/w/other.ts']],
    ['a Python module', 'from llm.models import Model\n', ['/w/llm/models.py']],
    ['a Java class', 'import com.a.Order;\n', ['/w/com/a/Order.java']],
    ['a package', "import { z } from 'zod';", []],
    ['nothing', '', []],
  ])('%s', (_name, text, found) => {
    expect(importedFiles(text, '/w/src/pay.ts', files)).toEqual(found);
  });
});
