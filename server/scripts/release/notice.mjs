// Whether NOTICE names all work of others that is shipped, each under its own licence, and whether these licences let us.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { shippedModels } from '../shipped.mjs';
import { shippedPackages } from './bundled.mjs';

/** Licences that ask for no more than to be named, each with the words that head its packages in NOTICE. */
const licences = new Map([
  ['MIT', /MIT License/],
  ['ISC', /ISC License/],
  ['Apache-2.0', /Apache License, Version 2\.0/],
  ['BSD-3-Clause', /BSD 3-Clause License/],
  ['BlueOak-1.0.0', /Blue Oak Model License 1\.0\.0/],
]);

/** Those whose text has to stand in NOTICE; Apache's is LICENSE, and Blue Oak's may be an address. */
const inFull = ['MIT', 'ISC', 'BSD-3-Clause'];

/** Where the notices of the native runtime lie, which its package lacks; relative to the working tree and to the extension. */
export const runtimeNotices = (version) => `licences/onnxruntime-${version}.txt`;

/** @returns {Promise<string[]>} a sentence for each thing that is missing from this working tree's NOTICE */
export async function noticeProblems() {
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8');
  const packages = await shippedPackages();
  return [
    ...packageProblems(notice, packages),
    ...modelProblems(notice, await shippedModels()),
    ...runtimeProblems(notice, packages.find(({ name }) => name === 'onnxruntime-node').version),
  ];
}

/**
 * @param {string} notice
 * @param {import('./bundled.mjs').Package[]} packages
 * @returns {string[]}
 */
export function packageProblems(notice, packages) {
  const headings = namedUnder(notice);
  const texts = packages.map(({ license }) => license).filter((licence) => inFull.includes(licence));
  return [
    ...packages.flatMap(({ name, license }) => {
      const words = licences.get(license);
      if (words === undefined)
        return [`${name} is under ${license}, which nobody has looked at (server/scripts/release).`];
      const heading = headings.get(name);
      if (heading === undefined) return [`${name} is shipped, and NOTICE does not name it.`];
      return words.test(heading) ? [] : [`${name} is under ${license}, and NOTICE names it under "${heading}".`];
    }),
    ...[...new Set(texts)]
      .filter((licence) => !new RegExp(`^The ${licences.get(licence).source}\\n-+$`, 'm').test(notice))
      .map((licence) => `NOTICE lacks the text of ${licence}.`),
  ];
}

/** Each name of a package with the heading above it: a line that ends in a colon or is underlined. */
function namedUnder(notice) {
  const found = new Map();
  const lines = notice.split('\n');
  let heading = '';
  for (const [at, line] of lines.entries()) {
    if (line.endsWith(':') || /^-{3,}$/.test(lines[at + 1] ?? '')) heading = line;
    const name = /^(\S+)(?: {2,}| +)Copyright/.exec(line)?.[1];
    if (name !== undefined) found.set(name, heading);
  }
  return found;
}

/**
 * @param {string} notice
 * @param {string[]} models
 * @returns {string[]}
 */
export function modelProblems(notice, models) {
  return models
    .filter((name) => !notice.includes(`\nmodels/${name} `))
    .map((name) => `models/${name} is shipped, and NOTICE does not say where it comes from.`);
}

/**
 * @param {string} notice
 * @param {string} version of the runtime
 * @returns {string[]}
 */
export function runtimeProblems(notice, version) {
  const file = runtimeNotices(version);
  if (!existsSync(join(root, file))) {
    return [`${file} is missing: ThirdPartyNotices.txt of onnxruntime ${version}, as its package for Python has it.`];
  }
  return notice.includes(file) ? [] : [`NOTICE does not name ${file}.`];
}
