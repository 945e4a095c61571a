// The documents say what the data say: their tables and pictures are made from docs/results, from the imports of the source
// and from lint's table of rooms, and a share in the text of a page is one that was measured.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readResults, region, resultsPage, writtenValues } from './results.mjs';
import { roomsPicture } from './rooms.mjs';
import { fillRegions, madeDocuments } from './write.mjs';

const pages = [
  'README.md',
  ...['docs/guide', 'docs/method'].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
];
const results = readResults();

describe('what is made from data', () => {
  let made: Map<string, string>;
  beforeAll(async () => {
    made = await madeDocuments();
  }, 60_000);

  it('is in the documents that have it', () => {
    expect([...made.keys()]).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'docs/results.md']));
  });

  it('is as it would be written now (npm run documents)', () => {
    const stale = [...made].filter(([file, text]) => readFileSync(file, 'utf8') !== text).map(([file]) => file);
    expect(stale).toEqual([]);
  });
});

describe.each(pages)('%s', (page) => {
  it('states no share that is not in docs/results', () => {
    const measured = writtenValues(results);
    const stated = written(readFileSync(page, 'utf8')).match(/\d+(?:\.\d+)? %/g) ?? [];
    expect(stated.filter((share) => !measured.has(share))).toEqual([]);
  });
});

/** A text without the tables that are made, and without code: an example of what Lacuna prints is no figure. */
const written = (markdown: string): string =>
  markdown.replace(/<!-- (\w+)[^>]*-->[\s\S]*?<!-- \/\1 -->|^```[\s\S]*?^```$|`[^`\n]*`/gm, '');

describe('a measurement', () => {
  const measurements = results.subjects.flatMap((subject) => subject.measurements);

  it('has an id of its own', () => {
    const ids = measurements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(measurements.map((measurement) => [measurement.id, measurement] as const))(
    '%s says where it comes from, and fills its table',
    (_, { command, data, measured, columns, rows }) => {
      expect(command).toMatch(/\S/);
      expect(data).toMatch(/\S/);
      expect(measured).toMatch(/^\d{4}-\d{2}-\d{2}/);
      expect(rows.map((row) => row.length)).toEqual(rows.map(() => columns.length));
    },
  );
});

describe('of made-up results', () => {
  const measurement = {
    ...{
      id: 'speed',
      title: 'Speed',
      data: 'ten lines',
      command: 'measure',
      measured: '2026-01-31',
      machine: 'two cores',
    },
    columns: [{ name: 'what' }, { name: 'right', unit: '%', digits: 1 }, { name: 'lines' }],
    rows: [['all', 32, 1_350] as (string | number)[]],
  };
  const made = {
    subjects: [{ order: 1, title: 'Quality', about: 'How good.', measurements: [measurement] }],
    figures: [{ metric: 'right', value: 'about {speed|all|right}', command: 'measure' }],
  };

  it('a table has numbers with their digits and units', () => {
    expect(region('speed', made)).toBe('| what | right | lines |\n| --- | --: | --: |\n| all | 32.0 % | 1,350 |');
  });

  it('a figure quotes a cell', () => expect(region('figures', made)).toContain('| right | about 32.0 % | `measure` |'));

  it('a figure that quotes nothing is an error', () => {
    const figures = [{ metric: 'right', value: '{speed|none|right}', command: 'measure' }];
    expect(() => region('figures', { ...made, figures })).toThrow('speed has no none');
    expect(() => region('slowness', made)).toThrow('slowness');
  });

  it('the page names command, data, date and machine', () => {
    const page = resultsPage(made);
    for (const text of ['`measure`', 'ten lines', '2026-01-31, two cores']) expect(page).toContain(text);
  });
});

it('fills what stands between two marks, and nothing else', () => {
  const filled = fillRegions('a\n<!-- list: x -->\nold\n<!-- /list -->\nb', { list: (ids: string) => `new ${ids}` });
  expect(filled).toBe('a\n<!-- list: x -->\n\nnew x\n\n<!-- /list -->\nb');
  expect(fillRegions('a <!-- remark -->', {})).toBeUndefined();
});

it('draws no arrow that others imply', () => {
  const imports = new Map([
    ['top', new Set(['middle', 'low', 'common'])],
    ['middle', new Set(['low'])],
    ['low', new Set<string>()],
  ]);
  expect(roomsPicture(imports).match(/\w+ --> \w+/g)).toEqual(['middle --> low', 'top --> middle']);
});
