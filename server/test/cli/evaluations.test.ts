import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/common/logger.js';
import { buildPrompt, createCompleter } from '../../src/completion/index.js';
import { documentOf } from '../../src/measure/editItem.js';
import { benchHoles } from '../../src/cli/bench/benchHoles.js';
import { evaluateEdit } from '../../src/cli/eval/edits/evaluateEdit.js';
import { evaluateAll } from '../../src/cli/eval/evaluate.js';
import { evaluateInfill, promptOf, reportInfill } from '../../src/cli/eval/infill/evalInfill.js';
import { evaluateItems } from '../../src/cli/eval/holes/evaluateLines.js';
import { readRecords, recordOf } from '../../src/measure/partialRecords.js';
import { openSyntax } from '../support/openSyntax.js';
import { FakeModel } from '../support/fakeModel.js';
import { madeUpKnowledge, madeUpScore } from '../support/holeKnowledge.js';

const syntax = openSyntax();
const { signal } = new AbortController();
const options = { exits: 'exact' as const };

const edit = {
  id: '1',
  repo: 'a/a',
  path: 'src/secretive.ts',
  language: 'typescript',
  kind: 'mid-line',
  prefix: 'const first = 1;\nconst second =',
  suffix: '\nconst third = 3;\n',
  target_line: ' 2222;',
};

const prompt = buildPrompt(documentOf(edit), edit.prefix.length);

describe('the prompt of an infill item', () => {
  it('gets back the line ends that the benchmark took away', () => {
    const item = { prompt: 'a {', suffix: '}', canonical_solution: '  b;', language: 'js' };
    expect(promptOf(item)).toMatchObject({ path: '', prefix: 'a {\n', suffix: '}' });
  });

  it('keeps those that the benchmark left', () => {
    const item = { prompt: 'def a():\n', suffix: 'b()\n', canonical_solution: '    pass\n', language: 'py' };
    expect(promptOf(item)).toMatchObject({ path: '', prefix: 'def a():\n', suffix: 'b()\n' });
  });
});

describe('evaluating an infill item', () => {
  const item = { prompt: 'a {', suffix: '}', canonical_solution: '  return b;', language: 'js' };
  it.each([
    ['the same text', '  return b;', true, true],
    ['other indentation', 'return b;', true, false],
    ['another text', '  return c;', false, false],
    ['nothing', '', false, false],
  ])('%s', async (_name, text, exactFirstLine, exactRaw) => {
    expect(await evaluateInfill(new FakeModel({ script: text }), item, options, signal)).toMatchObject({
      exactFirstLine,
      exactRaw,
      language: 'js',
    });
  });

  it('leaves the final line end of a solution out of the raw comparison', async () => {
    const withEnd = { ...item, canonical_solution: '  return b;\n' };
    const result = await evaluateInfill(new FakeModel({ script: '  return b;\nmore' }), withEnd, options, signal);
    expect(result).toMatchObject({ exactFirstLine: true, exactRaw: true });
  });

  it('is summed up by language', async () => {
    const model = new FakeModel({ script: '  return b;' });
    const other = { ...item, canonical_solution: 'x', language: 'java' };
    const report = reportInfill([
      await evaluateInfill(model, item, options, signal),
      await evaluateInfill(model, other, options, signal),
    ]);
    expect(report).toMatchObject({
      n: 2,
      exactFirstLine: 0.5,
      exactRaw: 0.5,
      byLanguage: { js: { n: 1, exactRaw: 1 }, java: { n: 1, exactRaw: 0 } },
    });
  });
});

describe('evaluating an edit', () => {
  it('asks with the prompt of the editor, which does not hold the line', async () => {
    const model = new FakeModel({ script: ' 2222;' });
    await evaluateEdit(model, edit, prompt, options, signal);
    expect(documentOf(edit).text).not.toContain('2222');
    expect(model.lastRequest).toMatchObject({
      prompt: { path: 'src/secretive.ts', prefix: edit.prefix, suffix: 'const third = 3;\n' },
      alternatives: 1,
      maximumLines: 1,
    });
  });

  it.each([
    ['the same line', ' 2222;', true],
    ['other white space at its ends', '2222; ', true],
    ['other white space inside', '22 22;', false],
    ['nothing', '', false],
  ])('%s', async (_name, text, right) => {
    expect(await evaluateEdit(new FakeModel({ script: text }), edit, prompt, options, signal)).toMatchObject({
      right,
      generated: text,
    });
  });

  it('asks with other files in front, where there are some', async () => {
    const model = new FakeModel({ script: ' 2222;' });
    const context = [{ path: 'src/other.ts', text: 'const other = 2;', kind: 'chunk' as const, score: 1 }];
    await evaluateEdit(model, edit, buildPrompt(documentOf(edit), edit.prefix.length, context), options, signal);
    expect(model.lastRequest?.prompt.context).toEqual([{ path: 'src/other.ts', text: 'const other = 2;' }]);
  });

  it('asks once more when the model has stopped', async () => {
    const model = new FakeModel({ script: ' 2222;' });
    let asked = 0;
    model.script = () => {
      if (asked++ === 0) throw new Error('The model stopped unexpectedly.');
      return ' 2222;';
    };
    expect(await evaluateEdit(model, edit, prompt, options, signal)).toMatchObject({ right: true });
    expect(asked).toBe(2);
  });
});

describe('lines that were recorded for holes', () => {
  const list = [{ start: 0, end: 5, logProbability: -1, entropy: 0.5 }];
  // The names that recordings have.
  const departures = [
    { text: ' d();', logProbability: -4, leaving: -3, fit: 0.5 },
    { text: ' e;', logProbability: -6, leaving: -5 },
  ];
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lacuna-records-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const recorded = async (line: object): Promise<string> => {
    const file = join(folder, 'lines.jsonl');
    await writeFile(file, `${JSON.stringify({ id: '1', generated: ' a();', list, ...line })}\n`);
    return file;
  };

  it('have their branches, with next-line scores', async () => {
    const [line] = await readRecords([await recorded({ departures })], [edit]);
    expect(line?.completion).toMatchObject({
      text: ' a();',
      branches: [
        { text: ' d();', logProbability: -4, branchLogProbability: -3, nextLineScore: 0.5 },
        { text: ' e;', logProbability: -6, branchLogProbability: -5 },
      ],
    });
  });

  it('are read as they were written', async () => {
    const [line] = await readRecords([await recorded({ departures })], [edit]);
    const [again] = await readRecords([await recorded(recordOf('1', line!.completion))], [edit]);
    expect(again).toEqual(line);
  });

  it('are refused where none has branches, which the trained score needs', async () => {
    const options = { records: [await recorded({})], score: madeUpScore, threads: 1 };
    await expect(evaluateItems([edit], options)).rejects.toThrow('without branches');
  });
});

describe('evaluateAll', () => {
  const evaluate = (failing: readonly number[]) => (item: number) =>
    failing.includes(item) ? Promise.reject(new Error(`${item} failed.`)) : Promise.resolve(item);
  const items = Array.from({ length: 12 }, (_, i) => i);

  it('leaves out what the model could not answer', async () => {
    const { results, failed } = await evaluateAll(items, evaluate([1, 2, 3, 4, 7]));
    expect(results).toEqual([0, 5, 6, 8, 9, 10, 11]);
    expect(failed).toBe(5);
  });

  it('ends when the model answers nothing any more', async () => {
    await expect(evaluateAll(items, evaluate([3, 4, 5, 6, 7]))).rejects.toThrow('7 failed.');
  });
});

describe('how long holes follow behind a line', () => {
  const pieces = ['return', ' total', '(', 'a', ',', ' count', ')', ';'];
  const unsure = (argument: number) => ({
    text: pieces.join(''),
    pieces,
    probability: [0.98, 0.98, 0.98, 0.98, 0.98, argument, 0.98],
  });
  const inFunction = { ...edit, prefix: 'function sum(a: number[]) {\n  ', suffix: '\n}\n' };

  it.each([
    ['a line that gets them at once, since it is too unlikely alone', 0.1, { withHoles: 1 }],
    ['a line that gets them later', 0.45, { withHoles: 1, later: 1 }],
    ['a line that stays as it is', 0.98, { inVain: 1 }],
  ])('%s', async (_name, argument, expected) => {
    const completer = createCompleter({
      model: new FakeModel({ script: unsure(argument) }),
      syntax,
      logger: silentLogger,
      now: () => performance.now(),
      sleep: () => Promise.resolve(),
      holes: () => madeUpKnowledge,
    });
    const found = await benchHoles(completer, [inFunction]);
    const { withHoles, later, inVain } = found;
    expect({ withHoles, later, inVain }).toEqual({ withHoles: 0, later: 0, inVain: 0, ...expected });
    expect(found).toMatchObject({ n: 1, shown: 1 });
    expect(found.holesMs.p50 === undefined).toBe(later === 0);
  });
});
