// What the merge driver costs: `git merge` of files that both sides changed, once with git's merge-file as the driver and
// once with Lacuna's, taken in turn. Prints processor time (user and system, with all processes) in the median of the
// rounds: for files that git can merge, and for files with a conflict. `npm run build` comes first; it needs bash.
//
//   node server/scripts/driverCost.mjs [--rounds 5] [--files 100] [--conflicts 10]

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    files: { type: 'string', default: '100' },
    conflicts: { type: 'string', default: '10' },
  },
});
const [rounds, files, conflicts] = [values.rounds, values.files, values.conflicts].map(Number);
const cli = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

const lines = Array.from({ length: 60 }, (_, index) => `export const value${index} = compute(${index});`);
const file = (changes) => `${lines.map((line, index) => changes[index] ?? line).join('\n')}\n`;
const kinds = {
  clean: { count: files, ours: { 3: 'first(1);' }, theirs: { 50: 'last(2);' } },
  conflict: { count: conflicts, ours: { 30: 'call(one, two);' }, theirs: { 30: 'call(one, three);' } },
};
const bare = [];
const result = {};
for (const [kind, { count, ours, theirs }] of Object.entries(kinds)) {
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-cost-'));
  const git = (...args) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  const commit = (text) => {
    for (let index = 0; index < count; index++) writeFileSync(join(folder, `file${index}.ts`), text);
    git('add', '--all');
    git('-c', 'user.name=Cost', '-c', 'user.email=cost@example.org', 'commit', '--quiet', '--message', 'change');
  };
  git('init', '--quiet', '--initial-branch=main');
  execFileSync(process.execPath, [cli, 'merge-driver', '--install'], { cwd: folder, stdio: 'ignore' });
  git('config', 'merge.plain.driver', 'git merge-file -q --marker-size=%L %A %O %B');
  commit(file({}));
  git('checkout', '--quiet', '-b', 'theirs');
  commit(file(theirs));
  git('checkout', '--quiet', 'main');
  commit(file(ours));
  const seconds = (driver) => {
    writeFileSync(join(folder, '.git/info/attributes'), `*.ts merge=${driver}\n`);
    const spent = processorSeconds('git merge --quiet --no-commit theirs', folder);
    git('reset', '--quiet', '--hard');
    return spent;
  };
  const measured = Array.from({ length: rounds }, () => ({ plain: seconds('plain'), lacuna: seconds('lacuna') }));
  bare.push(...measured.map(() => processorSeconds(`'${process.execPath}' -e 0`, folder)));
  const plain = median(measured.map((each) => each.plain));
  const lacuna = median(measured.map((each) => each.lacuna));
  result[kind] = {
    files: count,
    mergeFileSeconds: plain,
    lacunaSeconds: lacuna,
    ratio: median(measured.map((each) => each.lacuna / each.plain)),
    lacunaSecondsAFile: lacuna / count,
  };
  rmSync(folder, { recursive: true });
}
// How long Node alone takes, since this depends on the machine and on what else it does.
result.nodeStartSeconds = median(bare);
console.log(JSON.stringify(result, undefined, 2));

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** User and system time of a command and all that it starts. */
function processorSeconds(command, folder) {
  const timed = `TIMEFORMAT="%U %S"; time ${command} >/dev/null 2>&1`;
  const { stderr } = spawnSync('bash', ['-c', timed], { cwd: folder, encoding: 'utf8' });
  const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return user + system;
}
