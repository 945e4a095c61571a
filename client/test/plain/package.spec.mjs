// What the installed package holds. Only where the editor installed one.
import assert from 'node:assert/strict';
import { readdir, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { test } from '../window.mjs';

test('the editor runs the package: models inside, nothing of tests, sources or other platforms', async ({
  extension,
}) => {
  test.skip(process.env.LACUNA_VSIX === undefined, 'the editor runs links to the working tree');
  const files = await filesBelow(extension);
  const holds = (pattern) => files.filter((file) => pattern.test(file));
  assert.ok(holds(/^models\/[^/]+\/model\.json$/).length >= 2);
  assert.deepEqual(
    holds(/\.(node|so|dll|dylib)(\.|$)/).filter((file) => !file.includes(`/${process.platform}/${process.arch}/`)),
    [],
  );
  assert.ok(holds(/onnxruntime_binding\.node$/).length === 1);
  const unwanted = holds(/(^|\/)(test|tests|src|build|scripts)\/|\.(ts|map|py|gz|xz)$|\.test\.|\.lock$/);
  // The examples are what a model is calibrated on.
  assert.deepEqual(
    unwanted.filter((file) => !file.startsWith('examples/')),
    [],
  );
  assert.equal(await realpath(join(extension, 'dist/server.cjs')), join(await realpath(extension), 'dist/server.cjs'));
});

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
