// The manifest of the extension says what the code does.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandIds } from '../../client/src/commandIds.js';
import { contributions, holes } from '../../syntaxes/conflictGrammars.mjs';
import { defaultSettings, parseSettings } from '../src/protocol/state/settings.js';

const root = new URL('../../', import.meta.url);

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Property {
  readonly type?: unknown;
  readonly default: unknown;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
}

interface Manifest {
  readonly icon: string;
  readonly repository: { readonly url: string };
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when: string }[]>>;
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly grammars: readonly unknown[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly configuration: readonly {
      readonly title: string;
      readonly order: number;
      readonly properties: Readonly<Record<string, Property>>;
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string } }[];
    }[];
  };
}

/** Settings that hold settings, as opposed to one whose value is an object. */
const groups = ['merge', 'model', 'server', 'statistics'];

const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Manifest;
const english = JSON.parse(readFileSync(new URL('package.nls.json', root), 'utf8')) as Readonly<Record<string, string>>;
const { commands, grammars, menus, submenus, views, keybindings, configuration, walkthroughs } = manifest.contributes;
const properties = Object.fromEntries(configuration.flatMap((group) => Object.entries(group.properties)));
const said = (key: string | undefined): string | undefined => english[key?.slice(1, -1) ?? ''];
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);

test('every setting has the default that the server uses', () => {
  const flat = Object.entries(defaultSettings).flatMap(([name, value]): [string, unknown][] =>
    groups.includes(name)
      ? Object.entries(value).map(([inner, each]) => [`lacuna.${name}.${inner}`, each])
      : [[`lacuna.${name}`, value]],
  );
  const declared = Object.entries(properties).map(([name, property]) => [name, property.default]);
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(flat));
});

test.each(Object.entries(properties))('%s has a description, a scope and an order', (_name, property) => {
  expect(said(property.markdownDescription)).toMatch(/\.$/);
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

test('menus hold declared commands and submenus', () => {
  for (const { command, submenu } of Object.values(menus).flat()) {
    if (submenu === undefined) expect(commandIds).toContain(command);
    else expect(submenus.map(({ id }) => id)).toContain(submenu);
  }
  for (const { id } of submenus) expect(menus[id]?.length).toBeGreaterThan(0);
});

test('what is asked of the editor, for a menu or a key, is what the client tells it', () => {
  const asked = [...Object.values(menus).flat(), ...keybindings, ...Object.values(views).flat()].flatMap(({ when }) =>
    [...(when ?? '').matchAll(/(?<![\w.])lacuna\.\w+/g)].map(([key]) => key),
  );
  const client = readdirSync(new URL('client/src', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`client/src/${name}`, root), 'utf8'))
    .filter((text) => text.includes("'setContext'"))
    .join('\n');
  expect(asked.length).toBeGreaterThan(0);
  for (const key of asked) expect(client).toContain(`'${key}'`);
});

test.each(commandIds.filter((id) => /^lacuna\.(merge|holes)\./.test(id)))(
  '%s is in the list of commands only where it can do something',
  (id) => {
    const items = menus.commandPalette!.filter(({ command }) => command === id);
    expect(items.map(({ when }) => when)).toEqual([expect.stringMatching(/\S/)]);
  },
);

test('every menu of a file in conflict offers to resolve it', () => {
  for (const menu of ['editor/title/context', 'explorer/context', 'scm/resourceState/context', 'lacuna.conflict']) {
    expect(menus[menu]!.map(({ command }) => command)).toContain('lacuna.merge.resolveFile');
  }
});

test('settings stand in groups, each with a title', () => {
  for (const { title } of configuration) expect(said(title)).toMatch(/^[A-Z]/);
  expect(configuration.map(({ order }) => order)).toEqual(configuration.map((_, index) => index + 1));
});

test.each(Object.entries(properties))('%s has a control on the page of settings', (_name, property) => {
  // A type of its own, as opposed to a choice of schemas, for which the page only links to the file.
  expect(property.type).toMatch(/^(boolean|string|integer|number|object)$/);
  const described = (property.enumDescriptions ?? []).filter((key) => said(key)?.endsWith('.'));
  expect(described).toHaveLength(property.enum?.length ?? 0);
  if (property.pattern !== undefined) {
    expect(said(property.patternErrorMessage)).toMatch(/\.$/);
    expect(property.default).toMatch(new RegExp(property.pattern));
  }
});

test.each(['debounce', 'lines'] as const)('%s takes what the page of settings lets pass, and nothing else', (name) => {
  const pattern = new RegExp(properties[`lacuna.${name}`]!.pattern!);
  const texts = ['auto', '0', '1', '7', '19', '20', '21', '300', '1000', '1001', '-1', '1.5', 'Auto', ''];
  for (const text of texts) {
    const warnings: string[] = [];
    const settings = parseSettings({ [name]: text }, (sentence) => warnings.push(sentence));
    expect([text, warnings.length === 0]).toEqual([text, pattern.test(text)]);
    if (warnings.length === 0) expect(settings[name]).toBe(text === 'auto' ? 'auto' : Number(text));
  }
});

/** What a marketplace files extensions under; the list is the editor's own. */
const marketplaceCategories = [
  'AI',
  'Azure',
  'Chat',
  'Data Science',
  'Debuggers',
  'Education',
  'Extension Packs',
  'Formatters',
  'Keymaps',
  'Language Packs',
  'Linters',
  'Machine Learning',
  'Notebooks',
  'Programming Languages',
  'SCM Providers',
  'Snippets',
  'Testing',
  'Themes',
  'Visualization',
  'Other',
];

test('a marketplace would take it: categories, keywords, address and icon', () => {
  expect(marketplaceCategories).toEqual(expect.arrayContaining([...manifest.categories]));
  expect(new Set(manifest.keywords).size).toBe(manifest.keywords.length);
  expect(manifest.keywords.length).toBeGreaterThan(0);
  expect(manifest.keywords.length).toBeLessThanOrEqual(30);
  expect(manifest.repository.url).toMatch(/^https:\/\/(github|gitlab)\.com\/[^/]+\/[^/]+$/);
  const icon = readFileSync(new URL(manifest.icon, root));
  expect([icon.toString('latin1', 1, 4), icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual(['PNG', 256, 256]);
});

test('the declared grammars are those that the build lays', () => {
  expect(grammars).toEqual([...contributions, holes]);
});

test('what a workspace that is not trusted cannot set are settings', () => {
  expect(Object.keys(properties)).toEqual(
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
