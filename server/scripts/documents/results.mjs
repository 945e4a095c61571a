// The measured figures of the documents, from docs/results/*.json to Markdown. A measurement is a table with the command, the
// data, the date and the machine that it comes from. `figures.json` chooses cells of these for the README.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'docs/results';
const readmeFile = 'figures.json';

/**
 * @typedef {{ name: string, unit?: string, digits?: number }} Column
 * @typedef {string | number | null} Cell
 * @typedef {{ id: string, title: string, data: string, command: string, measured: string, machine?: string, note?: string,
 *   columns: Column[], rows: Cell[][] }} Measurement
 * @typedef {{ order: number, title: string, about: string, measurements: Measurement[] }} Subject
 * @typedef {{ metric: string, value: string, command: string }} Figure
 */

/** @returns {{ subjects: Subject[], figures: Figure[] }} the subjects in their order */
export function readResults(root = '.') {
  const read = (name) => JSON.parse(readFileSync(join(root, folder, name), 'utf8'));
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.json') && name !== readmeFile);
  return { subjects: names.map(read).sort((one, other) => one.order - other.order), figures: read(readmeFile) };
}

/**
 * The whole of docs/results.md.
 * @param {{ subjects: Subject[] }} results
 * @returns {string}
 */
export function resultsPage({ subjects }) {
  return [
    '# Results',
    'Each table names its command, data, date and machine. `npm run documents` writes this page from `docs/results/*.json`, so a change of quality is a change of these files. Shares are in per cent. DATA and FILES are the data sets, which are not part of this repository; their fields are in `--help` of each command.',
    ...subjects.flatMap(({ title, about, measurements }) => [
      `## ${title}`,
      about,
      ...measurements.flatMap((measurement) => [`### ${measurement.title}`, table(measurement), source(measurement)]),
    ]),
  ].join('\n\n');
}

/**
 * What stands between `<!-- results: ids -->` and `<!-- /results -->`: the tables of these ids, or the README's figures.
 * @param {string} ids
 * @param {{ subjects: Subject[], figures: Figure[] }} results
 * @returns {string}
 */
export function region(ids, { subjects, figures }) {
  const measurements = subjects.flatMap((subject) => subject.measurements);
  return ids
    .split(/,\s*/)
    .map((id) => (id === 'figures' ? figuresTable(figures, measurements) : table(find(measurements, id))))
    .join('\n\n');
}

/**
 * Every cell as it is written, such as `65.6 %`.
 * @param {{ subjects: Subject[] }} results
 * @returns {Set<string>}
 */
export function writtenValues({ subjects }) {
  return new Set(
    subjects.flatMap(({ measurements }) =>
      measurements.flatMap(({ columns, rows }) =>
        rows.flatMap((row) => row.map((cell, at) => show(cell, columns[at]))),
      ),
    ),
  );
}

function figuresTable(figures, measurements) {
  const rows = figures.map(({ metric, value, command }) => [metric, fill(value, measurements), `\`${command}\``]);
  return markdownTable(['metric', 'value', 'command'], ['left', 'left', 'left'], rows);
}

/** Puts cells where a text names them: `{id|row|column}`. */
function fill(text, measurements) {
  return text.replace(/\{([^|{}]+)\|([^|{}]+)\|([^|{}]+)\}/g, (_, id, rowName, columnName) => {
    const { columns, rows } = find(measurements, id);
    const at = columns.findIndex(({ name }) => name === columnName);
    const row = rows.find(([name]) => name === rowName);
    if (at < 0 || row === undefined) throw new Error(`${id} has no ${rowName} with ${columnName}.`);
    return show(row[at], columns[at]);
  });
}

function find(measurements, id) {
  const measurement = measurements.find((each) => each.id === id);
  if (measurement === undefined) throw new Error(`No measurement in ${folder} is called ${id}.`);
  return measurement;
}

function table({ columns, rows }) {
  const isNumber = columns.map((_, at) => rows.every((row) => typeof row[at] !== 'string'));
  return markdownTable(
    columns.map(({ name }) => name),
    isNumber.map((right) => (right ? 'right' : 'left')),
    rows.map((row) => row.map((cell, at) => show(cell, columns[at]))),
  );
}

function show(cell, { unit, digits } = {}) {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  const number = digits === undefined ? cell.toLocaleString('en') : cell.toFixed(digits);
  return unit === undefined ? number : `${number} ${unit}`;
}

function source({ command, data, measured, machine, note }) {
  const lines = [
    `Command: \`${command}\``,
    `Data: ${data}`,
    `Measured: ${measured}${machine === undefined ? '' : `, ${machine}`}`,
    ...(note === undefined ? [] : [note]),
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}

function markdownTable(head, align, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(align.map((side) => (side === 'right' ? '--:' : '---'))), ...rows.map(line)].join('\n');
}
