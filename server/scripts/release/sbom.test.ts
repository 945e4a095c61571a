// The bill of materials: CycloneDX by its own schema, and complete by what is really laid.

import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { shippedFiles } from '../shipped.mjs';
import { billOfMaterials, knownPackages, noticedNames } from './sbom.mjs';

interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly scope?: string;
  readonly licenses?: unknown[];
  readonly hashes?: { alg: string; content: string }[];
  readonly components?: Component[];
}
interface Bill {
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp: string; readonly component: Component };
  readonly components: Component[];
  readonly dependencies: { ref: string; dependsOn?: string[] }[];
}

const target = 'win32-arm64';

describe('the bill of materials', { timeout: 60_000 }, () => {
  let known: Awaited<ReturnType<typeof knownPackages>>;
  let text: string;
  let bill: Bill;
  const all = (components: readonly Component[]): Component[] =>
    components.flatMap((component) => [component, ...all(component.components ?? [])]);

  const billAt = async (seconds: string, system: string): Promise<string> => {
    vi.stubEnv('SOURCE_DATE_EPOCH', seconds);
    try {
      return await billOfMaterials(system, known);
    } finally {
      vi.unstubAllEnvs();
    }
  };

  beforeAll(async () => {
    known = await knownPackages();
    text = await billAt('1700000000', target);
    bill = JSON.parse(text) as Bill;
  }, 60_000);

  it('is CycloneDX by the schema of its version', async () => {
    expect(bill.specVersion).toBe('1.5');
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);
    expect(await validator.validate(text)).toBeNull();
    expect(await validator.validate(text.replace('"type": "library"', '"type": "thing"'))).not.toBeNull();
  });

  it('lists every package that is shipped, with its licence, and no other', () => {
    const listed = bill.components.flatMap(({ purl, name, version }) =>
      purl?.startsWith('pkg:npm/') ? [`${name}@${version}`] : [],
    );
    const shipped = known.shipped.map(({ name, version }) => `${name}@${version}`);
    expect(listed.sort()).toEqual(shipped.sort());
    for (const component of bill.components.filter(({ type }) => type !== 'file')) {
      expect([component.name, component.scope, component.licenses?.length]).toEqual([component.name, 'required', 1]);
    }
  });

  it('gives a checksum for every native file, grammar and file of a model', async () => {
    const hashed = all(bill.components).filter(({ type }) => type === 'file');
    for (const { hashes } of hashed) expect(hashes?.[0]).toMatchObject({ alg: 'SHA-256' });
    const wanted = (await shippedFiles(target))
      .map(({ to }) => to)
      .filter((to) => /\.(node|dll|dylib|wasm)$|^models\//.test(to));
    expect(hashed.map(({ name }) => name).sort()).toEqual(wanted.sort());
    const { files } = JSON.parse(readFileSync('models/lacuna-0.5b/model.json', 'utf8')) as {
      files: Record<string, { sha256: string }>;
    };
    const head = hashed.find(({ name }) => name === 'models/lacuna-0.5b/head-0.bin');
    expect(head?.hashes?.[0]?.content).toBe(files['head-0.bin']!.sha256);
  });

  it('names what the runtime was compiled from, as its notices do', () => {
    const runtime = bill.components.find(({ name }) => name === 'onnxruntime');
    const parts = runtime?.components?.filter(({ type }) => type === 'library').map(({ name }) => name);
    expect(parts).toEqual(
      expect.arrayContaining(['Eigen', 'protocolbuffers/protobuf', 'abseil-cpp', 'pytorch/cpuinfo']),
    );
  });

  it('gives each thing one reference, and refers to nothing else', () => {
    const references = [bill.metadata.component, ...all(bill.components)].map((component) => component['bom-ref']);
    expect(new Set(references).size).toBe(references.length);
    const used = bill.dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]);
    expect(used.filter((reference) => !references.includes(reference))).toEqual([]);
  });

  it('is the same for the same source and time, and another for another system', async () => {
    expect(bill.metadata.timestamp).toBe('2023-11-14T22:13:20.000Z');
    const again = await billAt('1700000000', target);
    const other = await billAt('1700000000', 'linux-x64');
    expect(again).toBe(text);
    expect((JSON.parse(other) as Bill).serialNumber).not.toBe(bill.serialNumber);
  });
});

it('reads the names that head the sections of notices', () => {
  const notices = 'Notices\n\n_____\n\nEigen\n\nMPL v2.0\n_____\n\n zlib \ntext\n\n______\nEigen\n';
  expect(noticedNames(notices)).toEqual(['Eigen', 'zlib']);
});
