// The package of the command line, packed from dist/ and installed by npm without a network, as a user of its own runs it.
// The tiny model takes the place of the large one, which would only take time.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageCommandLine } from './commandLinePackage.mjs';
import { npm } from './runCommand.mjs';

const root = join(import.meta.dirname, '../..');
const isWindows = process.platform === 'win32';

let folder: string;
let installed: string;
let home: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna cli '));
  home = join(folder, 'home');
  mkdirSync(home);
  const { file } = await packageCommandLine(folder, undefined, join(root, 'server/test/fixtures/tiny-model'));
  const prefix = join(folder, 'prefix');
  // Without a cache and a registry: whatever npm would fetch makes it fail.
  const alone = ['--offline', `--cache=${join(folder, 'cache')}`, '--no-audit', '--no-fund', '--no-update-notifier'];
  await npm(['install', '--global', `--prefix=${prefix}`, ...alone, file], { cwd: folder });
  installed = isWindows ? join(prefix, 'node_modules/lacuna') : join(prefix, 'lib/node_modules/lacuna');
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

/** Runs the installed command as a shell finds it. */
function lacuna(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const program = isWindows ? join(folder, 'prefix/lacuna.cmd') : join(folder, 'prefix/bin/lacuna');
  return spawnSync(isWindows ? `"${program}"` : program, args, {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, HOME: home, USERPROFILE: home, APPDATA: home, LOCALAPPDATA: home },
    shell: isWindows,
  });
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

describe('the installed package', { timeout: 120_000 }, () => {
  it.each(['--version', '-V'])('says its version for %s', (option) => {
    expect(lacuna(option)).toMatchObject({ status: 0, stdout: `${version}\n` });
  });

  it('is whole: the Doctor finds nothing wrong', () => {
    const { stdout, stderr } = lacuna('doctor', '--json');
    const { lines } = JSON.parse(stdout) as { lines: { name: string; ok: boolean }[] };
    // How fast a machine is that runs tests says nothing of the package.
    expect(lines.filter(({ name, ok }) => !ok && name !== 'speed')).toEqual([]);
    expect({ lines: lines.length > 5, stderr }).toEqual({ lines: true, stderr: '' });
  });

  it('has a manual page, which npm puts where man looks', () => {
    const { man } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { man: [string] };
    const page = readFileSync(join(installed, man[0]), 'utf8');
    expect(page).toContain(`Lacuna ${version}`);
    expect(page).toBe(lacuna('man').stdout);
    if (!isWindows) expect(readFileSync(join(folder, 'prefix/share/man/man1/lacuna.1'), 'utf8')).toBe(page);
  });

  it('completes a file', () => {
    copyFileSync(join(root, 'examples/python/measurements.py'), join(home, 'measurements.py'));
    const { status, stdout } = lacuna('complete', 'measurements.py:5:1', '--json');
    const { suggestions, timing } = JSON.parse(stdout) as { suggestions: object[]; timing: { tokens: number } };
    expect(timing.tokens).toBeGreaterThan(0);
    expect(status).toBe(suggestions.length > 0 ? 0 : 1);
  });

  it('merges a file', () => {
    writeFileSync(
      join(home, 'a.ts'),
      '<<<<<<< ours\nconst a = 1;\n||||||| base\nlet a = 1;\n=======\nconst a = 1;\n>>>>>>> theirs\n',
    );
    const { status, stderr } = lacuna('merge', '--any', '--write', 'a.ts');
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(readFileSync(join(home, 'a.ts'), 'utf8')).toBe('const a = 1;\n');
  });

  it('holds the runtime for one platform, and nothing of tests, sources and editors', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    const own = files.filter((file) => !/^(node_modules|examples)\//.test(file));
    expect(own.filter((file) => /\.(ts|map|py)$|test|extension|nls|\.vsix/.test(file))).toEqual([]);
    expect(files.filter((file) => /^node_modules\/[^/]+$/.test(file)).sort()).toEqual([
      'node_modules/onnxruntime-common',
      'node_modules/onnxruntime-node',
    ]);
    const native = files.filter((file) => /\.(node|so|dll|dylib)(\.|$)/.test(file));
    expect(native).not.toEqual([]);
    expect(native.filter((file) => !file.includes(`/${process.platform}/${process.arch}/`))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'NOTICE', 'README.md', 'l10n/bundle.l10n.de.json']));
  });

  it('runs nothing and asks for nothing when it is installed, and refuses other systems', () => {
    const read = (path: string): Record<string, unknown> =>
      JSON.parse(readFileSync(join(installed, path, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(read('')).toMatchObject({ os: [process.platform], cpu: [process.arch] });
    expect(read('')).not.toHaveProperty('scripts');
    for (const name of ['onnxruntime-node', 'onnxruntime-common']) {
      const { scripts, dependencies } = read(join('node_modules', name));
      expect(scripts).toBeUndefined();
      expect(Object.keys(dependencies as object).filter((each) => each !== 'onnxruntime-common')).toEqual([]);
    }
  });

  it('leaves the packages of the working tree as they were', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'node_modules/onnxruntime-node/package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts['postinstall']).toBeDefined();
  });
});
