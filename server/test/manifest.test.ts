// The manifest of the extension says what the code does.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandIds } from '../../client/src/commandIds.js';
import { contributions, holes } from '../../syntaxes/conflictGrammars.mjs';
import { defaultSettings } from '../src/protocol/state/settings.js';

const root = new URL('../../', import.meta.url);

interface Manifest {
  readonly icon: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly grammars: readonly unknown[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { default: unknown; scope?: string; order?: number; markdownDescription?: string }>
      >;
    };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string } }[];
    }[];
  };
}

/** Settings that hold settings, as opposed to one whose value is an object. */
const groups = ['merge', 'model', 'server', 'statistics'];

const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Manifest;
const english = JSON.parse(readFileSync(new URL('package.nls.json', root), 'utf8')) as Readonly<Record<string, string>>;
const { commands, grammars, menus, keybindings, configuration, walkthroughs } = manifest.contributes;
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);

test('every setting has the default that the server uses', () => {
  const flat = Object.entries(defaultSettings).flatMap(([name, value]): [string, unknown][] =>
    groups.includes(name)
      ? Object.entries(value).map(([inner, each]) => [`lacuna.${name}.${inner}`, each])
      : [[`lacuna.${name}`, value]],
  );
  const declared = Object.entries(configuration.properties).map(([name, property]) => [name, property.default]);
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(flat));
});

test.each(Object.entries(configuration.properties))('%s has a description, a scope and an order', (_name, property) => {
  expect(english[property.markdownDescription?.slice(1, -1) ?? '']).toMatch(/\.$/);
  expect(property.scope).toMatch(/^(language-overridable|resource|machine-overridable|machine)$/);
  expect(property.order).toBeGreaterThan(0);
});

test('the declared commands are those that the client registers', () => {
  expect(commands.map(({ command }) => command)).toEqual(commandIds);
});

test.each(commands)('$command has a title and a category', ({ title, category }) => {
  expect(title).not.toBe('');
  expect(category).toBe('Lacuna');
});

test('keys are bound to declared commands, and Tab is left to the editor', () => {
  for (const { command, key } of keybindings) {
    expect(commandIds).toContain(command);
    expect(key).not.toMatch(/tab/i);
  }
});

test('menus hold declared commands', () => {
  for (const { command } of Object.values(menus).flat()) expect(commandIds).toContain(command);
});

test('the declared grammars are those that the build lays', () => {
  expect(grammars).toEqual([...contributions, holes]);
});

test('what a workspace that is not trusted cannot set are settings', () => {
  expect(Object.keys(configuration.properties)).toEqual(
    expect.arrayContaining([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations]),
  );
});

test('every picture is there', () => {
  const pictures = [manifest.icon, ...steps.map(({ media }) => media.svg)];
  expect(pictures.filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([]);
});

test('the walkthrough links to declared commands', () => {
  const linked = steps.flatMap(({ description }) => [
    ...english[description.slice(1, -1)]!.matchAll(/command:(lacuna\.[\w.]+)/g),
  ]);
  expect(linked.length).toBeGreaterThan(0);
  for (const [, command] of linked) expect(commandIds).toContain(command);
});
