// `npm run documents`: writes what is made from data into the documents: docs/results.md, the tables between
// `<!-- results: ids -->` and `<!-- /results -->`, and the rooms of ARCHITECTURE.md. A test of the quick ring fails where
// the documents are not what this writes.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { isStarted } from '../runCommand.mjs';
import { readResults, region, resultsPage } from './results.mjs';
import { roomImports, roomsPicture } from './rooms.mjs';
import { subRoomsList } from './subRooms.mjs';

const resultsFile = 'docs/results.md';

/**
 * @returns {Promise<Map<string, string>>} each document that holds something made, with its text as it should be
 */
export async function madeDocuments() {
  const results = readResults();
  const style = await resolveConfig(resultsFile);
  const makers = {
    results: (ids) => region(ids, results),
    rooms: () => roomsPicture(roomImports()),
    subrooms: () => subRoomsList(),
  };
  const made = new Map([[resultsFile, resultsPage(results)]]);
  for (const file of documentsOfUsers()) {
    const text = readFileSync(file, 'utf8');
    const filled = fillRegions(text, makers);
    if (filled !== undefined) made.set(file, filled);
  }
  for (const [file, text] of made) made.set(file, await format(text, { ...style, parser: 'markdown' }));
  return made;
}

/**
 * A text with its regions filled, or undefined where it has none.
 * @param {string} text
 * @param {Record<string, (ids: string) => string>} makers
 * @returns {string | undefined}
 */
export function fillRegions(text, makers) {
  let count = 0;
  const filled = text.replace(/^<!-- (\w+)(?:: ([^>]*?))? -->$[\s\S]*?^<!-- \/\1 -->$/gm, (_, name, ids) => {
    if (!Object.hasOwn(makers, name)) throw new Error(`Nothing makes ${name}.`);
    count++;
    return `<!-- ${name}${ids === undefined ? '' : `: ${ids}`} -->\n\n${makers[name](ids)}\n\n<!-- /${name} -->`;
  });
  return count === 0 ? undefined : filled;
}

const documentsOfUsers = () =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && file !== resultsFile && !file.startsWith('server/'));

if (isStarted(import.meta.url)) {
  for (const [file, text] of await madeDocuments()) writeFileSync(file, text);
}
