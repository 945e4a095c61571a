// What must and must not stand in a package. The same rules look at the list that is about to be laid and at the package as
// it was packed.
import { nativeFiles } from './platforms.mjs';

/** Bytes that a package may have; at 250 MB and more, installing over a slow line takes longer than people wait. */
export const MOST_BYTES = 245e6;

/** What every package holds, whatever the system. */
const needed = [
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'LICENSE',
  'NOTICE',
  'sbom.cdx.json',
  'l10n/bundle.l10n.de.json',
  'dist/extension.cjs',
  'dist/server.cjs',
  'dist/worker.cjs',
  'dist/workspace.cjs',
  'dist/convert.cjs',
  'dist/graphs.cjs',
  'dist/cli.cjs',
  'dist/driver.cjs',
  'dist/commands.cjs',
  'dist/grammars/web-tree-sitter.wasm',
  'dist/node_modules/onnxruntime-node/dist/index.js',
  'dist/node_modules/onnxruntime-common/dist/cjs/index.js',
  'models/lacuna-0.5b/model.json',
  'models/lacuna-merge/model.json',
];

/** What nobody who installs the extension needs, each with the word that says what it is. */
const unwanted = [
  // The examples are what a model is calibrated on.
  ['a source', /^(?!examples\/).*\.(ts|tsx|mts|cts|py|c|cc|h|rs)$/],
  ['a map of sources', /\.map$/],
  ['a test', /(^|\/)(__tests__|tests?|fixtures?)\/|\.(test|spec)\.\w+$/],
  [
    'a tool',
    /(^|\/)(\.github|\.ci|\.git|\.vscode|\.vscode-test|\.venv|scripts?|build|src)\/|(^|\/)(tsconfig|package-lock)\.json$/,
  ],
  ['an archive', /\.(tgz|zip|gz|vsix|whl)$/],
];

const isNative = (path) => /\.(node|dll|exe|dylib|so(\.\d+)*|lib|a|pdb)$/.test(path);

/**
 * @param {{ path: string, mode?: number }[]} files relative to the extension; `mode` as in the package, where it is known
 * @param {string} target the platform
 * @returns {string[]} a sentence for each thing that is wrong
 */
export function listingProblems(files, target) {
  const paths = new Set(files.map(({ path }) => path));
  const native = nativeFiles(target).map((path) => `dist/node_modules/${path}`);
  return [
    ...[...needed, ...native].filter((path) => !paths.has(path)).map((path) => `${path} is missing.`),
    ...[...paths]
      .filter((path) => isNative(path) && !native.includes(path))
      .map((path) => `${path} is native, and ${target} does not load it.`),
    ...[...paths].flatMap((path) =>
      unwanted.filter(([, pattern]) => pattern.test(path)).map(([what]) => `${path} is ${what}.`),
    ),
    ...files.flatMap(({ path, mode }) => (mode === undefined ? [] : modeProblem(path, mode))),
  ];
}

/** Everybody may read a file, and nobody runs one: Node runs the programs, and loaders load the libraries. */
function modeProblem(path, mode) {
  const isAsItShouldBe = (mode & 0o444) === 0o444 && (mode & 0o7111) === 0;
  return isAsItShouldBe ? [] : [`${path} has the mode ${(mode & 0o7777).toString(8)} instead of 644.`];
}
