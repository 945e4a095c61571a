// The guide leaves out no setting and no command, and names none that there is not.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly default: unknown }>> }[];
  };
}

it('lists every setting with its default', () => {
  const { configuration } = (JSON.parse(readFileSync('package.json', 'utf8')) as Manifest).contributes;
  const properties = configuration.flatMap((group) => Object.entries(group.properties));
  const wanted = properties.map(([name, property]) => [name, property.default === '' ? 'empty' : property.default]);
  const rows = [
    ...readFileSync('docs/guide/settings.md', 'utf8').matchAll(/^\| `(lacuna\.[\w.]+)`\s*\| (\S.*?)\s*\|/gm),
  ];
  const listed = rows.map(([, name, value]) => [
    name,
    value!.startsWith('`') ? (JSON.parse(value!.slice(1, -1)) as unknown) : value,
  ]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(wanted));
  expect(listed).toHaveLength(wanted.length);
});

it('lists every command', () => {
  const rows = [...readFileSync('docs/guide/command-line.md', 'utf8').matchAll(/^\| `([a-z-]+(?: [a-z]+)?)[^`]*`/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual(commandNames().sort());
});

/** Commands that have others below them, and where these lie. */
const groups: Readonly<Record<string, string>> = { eval: 'eval/', model: 'models/' };

/** What the source calls commands, but those that record data for training, which only models/README.md speaks of. */
function commandNames(): string[] {
  return readdirSync('server/src/cli', { recursive: true, encoding: 'utf8' })
    .map((path) => path.split('\\').join('/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !/^(record|terminal)\//.test(path))
    .flatMap((path) => {
      const name = /new Command\('([a-z-]+)'\)/.exec(readFileSync(join('server/src/cli', path), 'utf8'))?.[1];
      if (name === undefined || name in groups) return [];
      const group = Object.entries(groups).find(([, folder]) => path.startsWith(folder))?.[0];
      return [group === undefined ? name : `${group} ${name}`];
    });
}
