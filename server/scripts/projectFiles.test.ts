// What a newcomer meets first: the editor's tasks and the templates name only what there is, and a folder can
// be looked through.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfigFileTextToJson } from 'typescript';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: { readonly label?: string; readonly value?: string };
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const forms = readdirSync('.github/ISSUE_TEMPLATE').filter((name) => name !== 'config.yml');

it('names one address, that of package.json, wherever somebody may report', () => {
  const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as { repository: { url: string } };
  const address = repository.url.replace(/\.git$/, '');
  expect(readFileSync('SECURITY.md', 'utf8')).toContain(`<${address}/security/advisories/new>`);
});

it('has no folder of source with more files than a person looks through', () => {
  const counts = new Map<string, number>();
  for (const root of ['client/src', 'client/test', 'server/src', 'server/test', 'server/scripts']) {
    for (const { name, parentPath } of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!/\.(ts|mjs)$/.test(name) || parentPath.includes('fixtures')) continue;
      counts.set(parentPath, (counts.get(parentPath) ?? 0) + 1);
    }
  }
  expect(counts.size).toBeGreaterThan(0);
  expect([...counts].filter(([, files]) => files > 25)).toEqual([]);
});

it.each(forms)('the form %s has the parts that make it one', (name) => {
  const form = parse(readFileSync(join('.github/ISSUE_TEMPLATE', name), 'utf8')) as {
    readonly name: string;
    readonly description: string;
    readonly body: Field[];
  };
  expect(form.name).toMatch(/\S/);
  expect(form.description).toMatch(/\S/);
  const fields = form.body.filter(({ type }) => type !== 'markdown');
  expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  for (const { attributes } of fields) expect(attributes.label).toMatch(/\S/);
});

it('F5 builds first, by a task that is a script of package.json', () => {
  const { configurations } = readCommented('.vscode/launch.json') as {
    readonly configurations: { readonly preLaunchTask?: string; readonly program?: string }[];
  };
  const { tasks } = readCommented('.vscode/tasks.json') as {
    readonly tasks: { readonly label: string; readonly script: string }[];
  };
  for (const { script } of tasks) expect(Object.keys(scripts)).toContain(script);
  const [first] = configurations;
  expect(tasks.find(({ label }) => label === first?.preLaunchTask)?.script).toBe('build');
  const programs = configurations.flatMap(({ program }) => program?.replace('${workspaceFolder}/', '') ?? []);
  for (const program of programs) expect(existsSync(program)).toBe(true);
});

/** The editor's own files are JSON with comments. */
function readCommented(file: string): unknown {
  const { config, error } = parseConfigFileTextToJson(file, readFileSync(file, 'utf8')) as {
    config?: unknown;
    error?: unknown;
  };
  expect(error).toBeUndefined();
  return config;
}
