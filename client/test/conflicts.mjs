// A repository in which a merge has stopped at conflicts, made by git itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The versions of each file: a text with one line for each side, or both, or none, where they differ. */
const basket = {
  head: ["import { Item } from './item';", '', 'export function total(items: Item[]): number {', '  let sum = 0;'],
  base: ['  for (const item of items) sum += item.price;'],
  ours: ['  for (const item of items) sum += item.price * item.count;'],
  theirs: ['  for (const item of items ?? []) sum += item.price;'],
  tail: ['  return sum;', '}', '', 'export const emptyBasket: Item[] = [];'],
};
const orders = {
  head: ['export class Orders {', '  private readonly open: string[] = [];'],
  base: [],
  ours: ['  private readonly closed: string[] = [];'],
  theirs: ['  private lastNumber = 0;'],
  tail: ['', '  add(order: string): void {', '    this.open.push(order);', '  }', '}'],
};
const measure = {
  head: ['def mean(values):'],
  base: ['    return sum(values)'],
  ours: ['    return sum(values) / len(values)'],
  theirs: ['    """The average."""', '    return sum(values)'],
  tail: ['', '', 'def largest(values):', '    return max(values)'],
};
export const files = [
  { name: 'basket.ts', versions: basket, lineEnd: '\n' },
  { name: 'orders.ts', versions: orders, lineEnd: '\n' },
  { name: 'measure.py', versions: measure, lineEnd: '\r\n' },
];

/** Makes the workspace a repository in which a merge has stopped at conflicts. */
export async function prepareConflicts(workspace) {
  const git = (...parameters) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...parameters], {
      cwd: workspace,
      stdio: 'pipe',
    });
  const commit = async (side) => {
    for (const { name, versions, lineEnd } of files) {
      await writeFile(join(workspace, name), whole(versions, versions[side], lineEnd));
    }
    git('add', ...files.map(({ name }) => name));
    git('commit', '--quiet', '--message', side);
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'core.autocrlf', 'false');
  await commit('base');
  git('checkout', '--quiet', '-b', 'feature');
  await commit('theirs');
  git('checkout', '--quiet', 'main');
  await commit('ours');
  assert.throws(() => git('merge', 'feature'), 'the merge should stop at conflicts');
  // What counts as certain is set so low that the likeliest resolution of each does.
  await mkdir(join(workspace, '.vscode'));
  await writeFile(join(workspace, '.vscode/settings.json'), JSON.stringify({ 'lacuna.merge.threshold': 0.05 }));
}

export function whole({ head, tail }, middle, lineEnd) {
  return [...head, ...middle, ...tail, ''].join(lineEnd);
}
