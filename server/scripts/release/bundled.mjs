// Which packages of others the shipped programs hold, by what esbuild really takes in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../prepare.mjs';
import { outside, programs } from '../programs.mjs';
import { grammarFiles } from '../../../syntaxes/treeSitterGrammars.mjs';

/**
 * Found out once: it bundles all programs.
 * @typedef {{ name: string, version: string, license: string }} Package
 * @returns {Promise<Package[]>} in the order of their names: what is bundled, and what is laid beside the bundles
 */
export const shippedPackages = () => (found ??= findPackages());
let found;

async function findPackages() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: programs,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    write: false,
    metafile: true,
    logLevel: 'error',
    external: outside,
  });
  const folders = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const beside = [...grammarFiles.map(({ name }) => name), 'onnxruntime-node', 'onnxruntime-common'];
  const all = new Set([...folders, ...beside.map((name) => `node_modules/${name}`)]);
  return [...all].map(readPackage).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return { name, version, license: license ?? 'none' };
}
