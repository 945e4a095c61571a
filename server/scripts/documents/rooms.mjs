// The picture of the rooms in ARCHITECTURE.md, from the imports of the source: Mermaid text. TypeScript's own reader of imports
// takes a tenth of the time that dependency-cruiser does, so that a quick test can draw the picture again.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import typescript from 'typescript';

const folders = ['server/src', 'client/src'];

/**
 * Which rooms the files of each room import, tests aside. `client` is a room, `cli.ts` and its like are none.
 * @returns {Map<string, Set<string>>}
 */
export function roomImports(root = '.') {
  const imports = new Map();
  for (const file of folders.flatMap((folder) => sourceFiles(root, folder))) {
    const from = roomOf(file);
    if (from === undefined) continue;
    const to = imports.get(from) ?? imports.set(from, new Set()).get(from);
    for (const { fileName } of typescript.preProcessFile(readFileSync(join(root, file), 'utf8')).importedFiles) {
      const other = fileName.startsWith('.') ? roomOf(join(file, '..', fileName).split(sep).join('/')) : undefined;
      if (other !== undefined && other !== from) to.add(other);
    }
  }
  return imports;
}

/**
 * Arrows that others imply are left out, and so are those to common/, which every room may use.
 * @param {Map<string, Set<string>>} imports
 * @returns {string}
 */
export function roomsPicture(imports) {
  const rooms = [...imports.keys()].filter((room) => room !== 'common').sort();
  const arrows = rooms.flatMap((from) => needed(from, imports).map((to) => `  ${from} --> ${to}`));
  return ['```mermaid', 'flowchart TD', ...rooms.map((room) => `  ${room}["${room}/"]`), ...arrows, '```'].join('\n');
}

function needed(from, imports) {
  const direct = [...imports.get(from)].filter((room) => room !== 'common').sort();
  return direct.filter((to) => !direct.some((other) => other !== to && reaches(other, to, imports)));
}

function reaches(from, to, imports) {
  return [...(imports.get(from) ?? [])].some((next) => next === to || reaches(next, to, imports));
}

const roomOf = (file) => /^server\/src\/([^/]+)\//.exec(file)?.[1] ?? /^(client)\//.exec(file)?.[1];

function sourceFiles(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(({ name }) => /\.ts$/.test(name) && !name.endsWith('.test.ts'))
    .map(({ name, parentPath }) => relative(root, join(parentPath, name)).split(sep).join('/'));
}
