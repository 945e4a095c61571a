// A machine for which the ONNX runtime has no library: the package is there, and what it loads is not.

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainClient } from '../support/plainClient.js';
import { start } from '../support/tracer.js';
import { buildCli } from './builtCli.js';

const model = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));
const packages = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const noLibrary = /^The ONNX runtime, which runs the model, has no library for this machine \(.+\)\.$/;
let folder: string;
let cli: string;
const at = (name: string): string => join(folder, name);
const run = (...args: string[]) => start([process.execPath, cli, ...args]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-bare-'));
  const built = await buildCli();
  await cp(dirname(built.file), at('dist'), { recursive: true });
  built.remove();
  cli = at('dist/cli.cjs');
  for (const name of ['onnxruntime-node/package.json', 'onnxruntime-node/dist', 'onnxruntime-common']) {
    await mkdir(dirname(at(`node_modules/${name}`)), { recursive: true });
    await cp(join(packages, name), at(`node_modules/${name}`), { recursive: true });
  }
  await writeFile(at('a.py'), 'def add(a, b):\n    return \n');
  await writeFile(at('a.txt'), '<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> branch\n');
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('without a library of the runtime', { timeout: 60_000 }, () => {
  it.each(['--version', '--help', 'complete --help'])('%s works', async (args) => {
    const { status, stderr } = await run(...args.split(' '));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('complete says so in one sentence', async () => {
    const { status, stdout, stderr } = await run('complete', `${at('a.py')}:2:12`, '--model', model);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trim()).toMatch(noLibrary);
  });

  it.runIf(process.platform === 'linux')('on a Linux without glibc, complete names musl', async () => {
    const binding = at(`node_modules/onnxruntime-node/bin/napi-v6/linux/${process.arch}/onnxruntime_binding.node`);
    await mkdir(dirname(binding), { recursive: true });
    await writeFile(binding, 'cannot be loaded');
    await writeFile(at('musl.cjs'), 'process.report.getReport = () => ({ header: {} });');
    const args = ['complete', `${at('a.py')}:2:12`, '--model', model];
    const broken = await run(...args);
    const other = await start([process.execPath, '--require', at('musl.cjs'), cli, ...args]);
    await rm(at('node_modules/onnxruntime-node/bin'), { recursive: true });
    expect(broken.stderr).toMatch(/^The ONNX runtime, which runs the model, cannot be loaded: .+\.$/m);
    expect({ status: other.status, stderr: other.stderr.trim() }).toEqual({
      status: 2,
      stderr: `The ONNX runtime, which runs the model, has no library for this machine (linux ${process.arch}, musl).`,
    });
  });

  it('merge answers', async () => {
    const { status, stdout } = await run('merge', at('a.txt'), '--json');
    expect(status).toBeLessThan(2);
    expect((JSON.parse(stdout) as { conflicts: unknown[] }).conflicts).toHaveLength(1);
  });

  it('doctor names it', async () => {
    const { status, stdout } = await run('doctor', '--json', '--model', model);
    const { lines } = JSON.parse(stdout) as { lines: { name: string; ok: boolean; value: string; advice?: string }[] };
    expect(status).toBe(1);
    expect(lines.find(({ name }) => name === 'onnxruntime')).toMatchObject({ ok: false });
    expect(lines.find(({ name }) => name === 'loading')?.value).toMatch(noLibrary);
  });

  it('the language server says so, stays, and answers what needs no model', async () => {
    const uri = pathToFileURL(at('conflict.py')).href;
    let message = '';
    let hover = '';
    const { status } = await start([process.execPath, cli, 'serve', '--stdio'], async (streams) => {
      const client = await plainClient(streams, { model: { path: model } });
      const said = (): unknown => client.heard.find(({ method }) => method === 'window/showMessage')?.params;
      const deadline = performance.now() + 30_000;
      while (said() === undefined && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      message = (said() as { message: string } | undefined)?.message ?? '';
      const text = '<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> branch\n';
      await client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
      const place = { textDocument: { uri }, position: { line: 1, character: 0 } };
      hover = (await client.request<{ contents: { value: string } }>('textDocument/hover', place)).contents.value;
      await client.end();
    });
    expect(status).toBe(0);
    expect(message.replace(/^Lacuna: /, '')).toMatch(noLibrary);
    expect(hover).toContain('Lacuna');
  });
});
