// `npm run release:publish -- STORE [--from FOLDER]`: gives the packages of a release to a store, the Visual Studio
// Marketplace or Open VSX. Without its key nothing is published, and a sentence says so. Keys come in the environment, and
// go on in it: arguments can be read by others.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../prepare.mjs';
import { isStarted, mustRun } from '../runCommand.mjs';
import { installPackager, packagerProgram } from './packager.mjs';

const stores = {
  marketplace: { title: 'the Visual Studio Marketplace', key: 'VSCE_PAT', tool: '@vscode/vsce', program: 'vsce' },
  'open-vsx': { title: 'Open VSX', key: 'OVSX_PAT', tool: 'ovsx', program: 'ovsx' },
};

/**
 * What to do for a store.
 * @param {string | undefined} name of the store
 * @param {{ env: NodeJS.ProcessEnv, address: string, packages: string[] }} given
 * @returns {{ skipped: string } | { title: string, tool: string, program: string, args: string[] }}
 * @throws where nothing can be published
 */
export function publication(name, { env, address, packages }) {
  if (name === undefined || !Object.hasOwn(stores, name)) {
    throw new Error(`Name a store to publish to: ${Object.keys(stores).join(' or ')}.`);
  }
  const { title, key, tool, program } = stores[name];
  if ((env[key] ?? '') === '') return { skipped: `Nothing is published to ${title}, since ${key} is not set.` };
  if (/\/OWNER\//.test(address)) {
    throw new Error(`Set repository.url of package.json to the address of the source; ${address} is only its place.`);
  }
  if (packages.length === 0) throw new Error('There is no package to publish; npm run release makes them.');
  return { title, tool, program, args: ['publish', '--packagePath', ...packages] };
}

async function run() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: { type: 'string', default: 'release' } },
  });
  const folder = resolve(values.from);
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const found = publication(positionals[0], {
    env: process.env,
    address: repository.url,
    packages: readdirSync(folder, { withFileTypes: true })
      .map(({ name }) => join(folder, name))
      .filter((file) => file.endsWith('.vsix')),
  });
  if ('skipped' in found) return console.log(found.skipped);
  await installPackager();
  const { title, tool, program, args } = found;
  await mustRun(process.execPath, [packagerProgram(tool, program), ...args], { show: true });
  console.log(`Published to ${title}.`);
}

if (isStarted(import.meta.url)) {
  await run().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
