// The folder that is open in an editor with its own defaults: for each test a document of its own, which goes on as anybody
// would guess.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../server/scripts/prepare.mjs';

const queue = [
  'export const words: string[] = [];',
  ...['one', 'two', 'three'].map((word) => `words.push('${word}');`),
  '',
];
const digits = [...['one', 'two', 'three', 'four'].map((word, index) => `export const ${word} = ${index + 1};`), ''];
const shapes = [
  "import { multiply } from './multiply.js';",
  '',
  'export function square(side) {',
  '  return multiply(side, side);',
  '}',
  '',
];

const rectangle = ['export function rectangle(width, height) {', '  return multiply(width, height);', '}', ''];

const addition = (name, price) => [
  `export function add${name[0].toUpperCase()}${name.slice(1)}(order: Order): Order {`,
  `  order.lines.push({ name: '${name}', price: ${price} });`,
  `  order.total += ${price};`,
  '  return order;',
  '}',
  '',
];
const fruits = ['fruits = {}', ...['apple', 'banana'].map((name) => `fruits["${name}"] = 1`)];

const order = ['interface Order {', '  lines: { name: string; price: number }[];', '  total: number;', '}', ''];

const documents = {
  'oblong.js': [...shapes, 'export function oblong(width, height) {', ''],
  'panel.js': [...shapes, ...rectangle, 'export function panel(width, height) '],
  'cursors.ts': [...queue, ''],
  'order.ts': [
    ...order,
    ...addition('soup', 4),
    ...addition('bread', 2),
    'export function addTea(order: Order): Order ',
  ],
  'right.ts': digits,
  'fruits.py': fruits,
  ...Object.fromEntries(['dots', 'rows', 'quotes', 'undone', 'twice', 'left'].map((name) => [`${name}.ts`, queue])),
};

/** Lays the folder, before the editor opens it. */
export async function layDocuments(workspace) {
  await mkdir(workspace);
  for (const [name, lines] of Object.entries(documents)) await writeFile(join(workspace, name), lines.join('\n'));
  await cp(join(root, '.vscode-test/workspace/Menu.java'), join(workspace, 'Menu.java'));
}

/**
 * Opens a document with the cursor at its end.
 * @param {{ isWrong?: boolean }} [what] whether the editor marks an error in it, which is waited for: then its own language
 *   server runs, which fills its list
 */
export async function openDocument({ editor, workspace }, name, { isWrong = false } = {}) {
  await editor.openFile(name);
  if (isWrong) await editor.page.locator('.editor-instance .squiggly-error').first().waitFor({ timeout: 60_000 });
  await editor.untilStatus(/ready/i);
  await editor.goToEnd();
  return { file: join(workspace, name), before: documents[name].join('\n') };
}
