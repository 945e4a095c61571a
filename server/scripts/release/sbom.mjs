// The bill of materials of a package, in CycloneDX: what npm knows of the packages that are shipped, and beside them what is no
// package of npm: models, the native runtime with what it was compiled from, and the wasm of the grammars, by their checksums.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { root } from '../prepare.mjs';
import { npm } from '../runCommand.mjs';
import { shippedFiles, shippedModels } from '../shipped.mjs';
import { shippedPackages } from './bundled.mjs';
import { runtimeNotices } from './notice.mjs';

/**
 * What is the same for every system: what npm knows of all packages, and which of them are shipped. Read once.
 * @returns {ReturnType<typeof readKnownPackages>}
 */
export const knownPackages = () => (known ??= readKnownPackages());
let known;

async function readKnownPackages() {
  const npmBill = JSON.parse(await npm(['sbom', '--sbom-format', 'cyclonedx'], { cwd: root }));
  return { npmBill, shipped: await shippedPackages() };
}

/**
 * @param {string} target the platform
 * @param {Awaited<ReturnType<typeof knownPackages>>} known
 * @returns {Promise<string>} the file's text
 */
export async function billOfMaterials(target, { npmBill, shipped }) {
  const files = await shippedFiles(target);
  const packages = onlyShipped(npmBill.components, shipped);
  const runtime = await runtimeComponent(files, shipped);
  const models = await Promise.all((await shippedModels()).map((name) => modelComponent(name, files)));
  const grammars = await fileComponents(files.filter(({ to }) => to.endsWith('.wasm')));
  const calibrations = await fileComponents(files.filter(({ to }) => to.startsWith('models/calibrated/')));
  const { version } = readJson('package.json');
  const { description } = readJson('package.nls.json');
  const own = {
    'bom-ref': `lacuna@${version}`,
    type: 'application',
    name: 'lacuna',
    version,
    description,
    purl: `pkg:generic/lacuna@${version}?target=${target}`,
    licenses: [{ license: { id: 'Apache-2.0' } }],
  };
  const parts = [runtime, ...models, ...calibrations, ...grammars];
  const { tools } = npmBill.metadata;
  const bill = {
    $schema: npmBill.$schema,
    bomFormat: 'CycloneDX',
    specVersion: npmBill.specVersion,
    version: 1,
    metadata: { timestamp: builtAt(), lifecycles: [{ phase: 'build' }], tools, component: own },
    components: [...packages, ...parts],
    dependencies: dependencies(npmBill.dependencies, packages, own, parts),
  };
  return `${JSON.stringify({ ...bill, serialNumber: serialNumber(bill) }, undefined, 2)}\n`;
}

/** What npm says of packages that are shipped. To npm most of them serve development, since they are bundled. */
function onlyShipped(components, shipped) {
  const byName = new Map(components.map((component) => [`${component.name}@${component.version}`, component]));
  return shipped.map(({ name, version }) => {
    const known = byName.get(`${name}@${version}`);
    if (known === undefined) throw new Error(`npm does not list ${name} ${version}, which is shipped.`);
    return { ...known, properties: [], scope: 'required' };
  });
}

/** The native library. What it was compiled from is known from its notices, which name more than one build takes in. */
async function runtimeComponent(files, shipped) {
  const { version } = shipped.find(({ name }) => name === 'onnxruntime-node');
  const notices = runtimeNotices(version);
  const parts = noticedNames(readFileSync(join(root, notices), 'utf8')).map((name) => ({
    'bom-ref': `onnxruntime-native@${version}/${name}`,
    type: 'library',
    name,
    scope: 'optional',
    licenses: [{ license: { name: `as in ${notices}` } }],
  }));
  const native = files.filter(({ to }) => to.includes('/bin/napi-'));
  return {
    'bom-ref': `onnxruntime-native@${version}`,
    type: 'library',
    supplier: { name: 'Microsoft Corporation' },
    name: 'onnxruntime',
    version,
    scope: 'required',
    licenses: [{ license: { id: 'MIT' } }],
    purl: `pkg:github/microsoft/onnxruntime@v${version}`,
    components: [...(await fileComponents(native)), ...parts],
  };
}

/**
 * The names that head the sections of the notices, which lines of underscores part.
 * @param {string} notices
 * @returns {string[]}
 */
export function noticedNames(notices) {
  const names = notices
    .split(/^_{5,}\s*$/m)
    .slice(1)
    .flatMap((section) => /^\s*(\S.*?)\s*$/m.exec(section)?.[1] ?? []);
  return [...new Set(names)];
}

async function modelComponent(name, files) {
  const { version, licence, source } = readJson(`models/${name}/model.json`);
  const derived =
    source === undefined
      ? {}
      : {
          pedigree: {
            ancestors: [
              {
                type: 'machine-learning-model',
                name: source.repository,
                version: source.revision,
                hashes: [{ alg: 'SHA-256', content: source.sha256 }],
              },
            ],
          },
        };
  return {
    'bom-ref': `models/${name}@${version}`,
    type: 'machine-learning-model',
    name,
    version,
    scope: 'required',
    licenses: [{ license: { id: licence } }],
    ...derived,
    components: await fileComponents(files.filter(({ to }) => to.startsWith(`models/${name}/`))),
  };
}

function fileComponents(files) {
  return Promise.all(
    files.map(async ({ from, to }) => ({
      'bom-ref': `file:${to}`,
      type: 'file',
      name: to,
      hashes: [{ alg: 'SHA-256', content: await sha256(join(root, from)) }],
    })),
  );
}

/**
 * @param {string} file
 * @returns {Promise<string>} in hexadecimal digits
 */
export async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** Who needs whom, among what is listed; what is not listed serves only to install or to build. */
function dependencies(all, packages, own, others) {
  const listed = new Set(packages.map((component) => component['bom-ref']));
  const between = all
    .filter(({ ref }) => listed.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => listed.has(each)) }));
  const direct = [...listed, ...others.map((component) => component['bom-ref'])];
  return [{ ref: own['bom-ref'], dependsOn: direct }, ...between];
}

/** The time of the source, where whoever builds says so, lest the same source give another file each time. */
function builtAt() {
  const seconds = Number(process.env.SOURCE_DATE_EPOCH);
  return (seconds > 0 ? new Date(seconds * 1000) : new Date()).toISOString();
}

/** An identifier of what the bill says: a UUID (version 8) of its text. */
function serialNumber(bill) {
  const hex = createHash('sha256').update(JSON.stringify(bill)).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

const readJson = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
