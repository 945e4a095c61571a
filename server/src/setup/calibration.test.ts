// A model without a controller of its own is calibrated on the spot: from commits or from programs, and on from where a
// calibration was stopped or killed.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { FakeModel } from '../../test/support/fakeModel.js';
import { commonSignals, readRecalibration, type Generation, type GenerateRequest } from '../model/index.js';
import { inEnglish } from '../common/words.js';
import { createSyntax } from '../syntax/index.js';
import { recordsFile } from './calibrateModel.js';
import { openCalibrationRecords } from './calibrationRecords.js';
import { nameInCalibrations } from './holesData.js';
import { openHoles } from './openHoles.js';

const base = mkdtempSync(join(tmpdir(), 'lacuna-calibration-'));
const programsFolder = fileURLToPath(new URL('../../../examples', import.meta.url));
const grammarFolder = fileURLToPath(new URL('../../../dist/grammars', import.meta.url));
const syntax = createSyntax({ grammarFolder });
const silent = { trace: noted, debug: noted, info: noted, warn: noted, error: noted };
function noted(): void {
  // Nothing that is logged matters here.
}

let modelFolder: string;
beforeEach(() => {
  modelFolder = mkdtempSync(join(base, 'model-'));
  writeFileSync(join(modelFolder, 'model.json'), '{}');
});
afterAll(() => {
  syntax.dispose();
  rmSync(base, { recursive: true });
});

/** Knows every other line of the programs, and gives signals; it is surer of what it knows. */
class SignallingModel extends FakeModel {
  recalibrated = 0;
  /** Of the lines that it writes, the one at which it ends the work. */
  constructor(private readonly killAt = Infinity) {
    super();
  }
  recalibrate(): void {
    this.recalibrated++;
  }
  override async generate(request: GenerateRequest, signal: AbortSignal): Promise<Generation> {
    const number = this.requests.length;
    if (number >= this.killAt) throw new Error('killed');
    const knows = number % 2 === 0;
    this.script = () => (knows ? targetOf(request) : 'something else');
    const generation = await super.generate(request, signal);
    const signals = commonSignals.map((name) => (name === 'lineLogProbability' ? (knows ? -0.1 : -2) : 0));
    const continuations = generation.continuations.map((one) => ({
      ...one,
      tokens: one.tokens.map((token) => ({ ...token, signals })),
    }));
    return { ...generation, continuations };
  }
}

const sources = new Map<string, string>();

/** The rest of the line that a program has at a prompt. */
function targetOf({ prompt: { path, prefix } }: GenerateRequest): string {
  const text = sources.get(path) ?? readFileSync(join(programsFolder, path), 'utf8');
  sources.set(path, text);
  const from = text.indexOf(prefix) + prefix.length;
  return text.slice(from, text.indexOf('\n', from));
}

const calibrate = (model: FakeModel, folder?: string, showsOtherFiles = true) =>
  openHoles({ modelFolder, programsFolder, storage: undefined, syntax }, silent).calibrate(
    model,
    folder === undefined ? undefined : { folder, showsOtherFiles },
    () => undefined,
    new AbortController().signal,
  );

it('takes the programs of Lacuna where there is no repository, and keeps what came of it with the model', async () => {
  const model = new SignallingModel();
  const sentence = inEnglish(await calibrate(model));
  expect(sentence).toMatch(/^150 lines were measured, 7\d of them right; they count as \d+ independent ones\./);
  expect(sentence).toMatch(/are calibrated from now on/);
  expect(await readRecalibration(modelFolder)).toMatchObject({ lines: 150, source: 'programs' });
  expect(model.recalibrated).toBe(1);
  expect(existsSync(recordsFile(modelFolder))).toBe(false);
});

it('goes on where it was killed, and finds the same', async () => {
  await calibrate(new SignallingModel());
  const whole = await readRecalibration(modelFolder);
  rmSync(join(modelFolder, 'recalibration.json'));
  // A line is written twice before the model counts as lost.
  await expect(calibrate(new SignallingModel(60))).rejects.toThrow('killed');
  expect(await readRecalibration(modelFolder)).toBeUndefined();
  const file = recordsFile(modelFolder);
  // The process ended in the middle of a line.
  writeFileSync(file, readFileSync(file, 'utf8') + '{"id":"programs:c/st');
  const second = new SignallingModel();
  await calibrate(second);
  expect(second.requests).toHaveLength(150 - 60);
  expect(await readRecalibration(modelFolder)).toEqual(whole);
});

it('says so where there are too few lines, and leaves the model as it was', async () => {
  const few = join(base, 'few');
  mkdirSync(join(few, 'c'), { recursive: true });
  writeFileSync(join(few, 'c', 'small.c'), 'int main(void) {\n  return 0;\n}\n');
  const model = new SignallingModel();
  const holes = openHoles({ modelFolder, programsFolder: few, storage: undefined, syntax }, silent);
  sources.set('c/small.c', readFileSync(join(few, 'c', 'small.c'), 'utf8'));
  const sentence = inEnglish(await holes.calibrate(model, undefined, () => undefined, new AbortController().signal));
  expect(sentence).toMatch(/^2 lines were measured.*That is too few: it takes 50/);
  expect(await readRecalibration(modelFolder)).toBeUndefined();
  expect(model.recalibrated).toBe(0);
});

it('takes the commits of a repository that has enough of them, and shows other files where the editor does', async () => {
  const folder = join(base, 'repository');
  mkdirSync(folder);
  const git = (...rest: string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...rest]);
  };
  git('init', '-q');
  for (let file = 0; file < 20; file++) {
    const text = Array.from({ length: 6 }, (_, line) => `const value${file}${line} = ${line};`).join('\n');
    writeFileSync(join(folder, `f${file}.ts`), `${text}\n`);
    sources.set(`f${file}.ts`, `${text}\n`);
  }
  git('add', '-A');
  git('commit', '-qm', 'Begin');
  const own = 'const own0 = value00;\nconst own1 = value01;\n';
  sources.set('own.ts', own);
  writeFileSync(join(folder, 'own.ts'), own);
  git('add', '-A');
  git('commit', '-qm', 'Use the values');
  for (const [showsOtherFiles, shown] of [
    [false, 0],
    [true, 2],
  ] as const) {
    const model = new SignallingModel();
    await calibrate(model, folder, showsOtherFiles);
    expect(model.requests.filter(({ prompt }) => (prompt.context ?? []).length > 0)).toHaveLength(shown);
  }
  const sentence = inEnglish(await calibrate(new SignallingModel(), folder));
  expect(sentence).toMatch(/^62 lines were measured/);
  expect(await readRecalibration(modelFolder)).toMatchObject({ lines: 62, source: 'commits' });
});

it('says before it measures where nothing can be kept', async () => {
  mkdirSync(recordsFile(modelFolder));
  const model = new SignallingModel();
  await expect(calibrate(model)).rejects.toThrow(/^\S+ is a folder, where a file belongs\.$/);
  expect(model.requests).toHaveLength(0);
});

it('keeps the lines where what came of them cannot be written', async () => {
  mkdirSync(join(modelFolder, 'recalibration.json'));
  expect(inEnglish(await calibrate(new SignallingModel()))).toMatch(
    /independent ones\. The calibration could not be written: \S.*\. The lines that were measured stay for the next one/,
  );
  rmSync(join(modelFolder, 'recalibration.json'), { recursive: true });
  const again = new SignallingModel();
  await calibrate(again);
  expect(again.requests).toHaveLength(0);
  expect(await readRecalibration(modelFolder)).toMatchObject({ lines: 150 });
  expect(existsSync(recordsFile(modelFolder))).toBe(false);
});

it('begins anew where lines were written by another model', async () => {
  const file = recordsFile(modelFolder);
  const record = { id: 'a', generated: 'x', list: [], logits: [1] };
  const first = await openCalibrationRecords(file, { model: 'one' });
  await first.append(record);
  await first.close();
  const same = await openCalibrationRecords(file, { model: 'one' });
  expect([...same.known.keys()]).toEqual(['a']);
  await same.close();
  const other = await openCalibrationRecords(file, { model: 'two' });
  expect(other.known.size).toBe(0);
  await other.close();
});

it('makes no holes by what was measured with other weights', async () => {
  const shipped = fileURLToPath(new URL('../../../models/lacuna-0.5b/holes', import.meta.url));
  const calibration = JSON.parse(readFileSync(join(shipped, 'calibration.json'), 'utf8')) as object;
  const keep = (model: string): void =>
    writeFileSync(join(modelFolder, 'holes', 'calibration.json'), JSON.stringify({ ...calibration, model }));
  mkdirSync(join(modelFolder, 'holes'));
  copyFileSync(join(shipped, 'score.json'), join(modelFolder, 'holes', 'score.json'));
  const knowledge = async () => {
    const holes = openHoles({ modelFolder, programsFolder, storage: undefined, syntax }, silent);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    return holes.knowledge();
  };
  keep(basename(modelFolder));
  expect(await knowledge()).toBeUndefined();
  keep(await nameInCalibrations(modelFolder));
  expect(await knowledge()).toBeDefined();
});

it.each([
  ['before they were measured', undefined, []],
  ['by a calibration that this version cannot use, and says so', '{"version":4}', [/calibration\.json is not a file/]],
])('makes no holes %s', async (_name, text, said) => {
  if (text !== undefined) {
    mkdirSync(join(modelFolder, 'holes'));
    writeFileSync(join(modelFolder, 'holes', 'calibration.json'), text);
  }
  const warnings: string[] = [];
  const logger = { ...silent, warn: (line: string) => void warnings.push(line) };
  const holes = openHoles({ modelFolder, programsFolder, storage: undefined, syntax }, logger);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(holes.knowledge()).toBeUndefined();
  expect(warnings).toEqual(said.map((pattern) => expect.stringMatching(pattern) as string));
});
