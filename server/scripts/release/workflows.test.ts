// The workflows, by the parser that GitHub publishes, and by what they may do: pinned actions, scripts that there are, no
// permission that no job needs.

import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { publication } from './publish.mjs';
import { checkTag, releaseNotes } from './notes.mjs';

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Record<string, string>;
}
interface Job {
  readonly uses?: string;
  readonly needs?: string | string[];
  readonly permissions?: Record<string, string>;
  readonly strategy?: { readonly matrix: { readonly os?: string[] } };
  readonly steps?: Step[];
  readonly 'timeout-minutes'?: number;
}
interface Workflow {
  readonly on: Record<string, { readonly tags?: string[] } | null>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
  readonly env?: Record<string, string>;
}

const folder = '.github/workflows';
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const { scripts, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  version: string;
};

/** What the parser says of a workflow, and of what it is made into. */
async function problemsOf(name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const said = context.errors.getErrors().map(({ message }) => message);
  if (value === undefined || said.length > 0) return said.length > 0 ? said : ['It is no workflow.'];
  const template = await convertWorkflowTemplate(context, value);
  return (template.errors ?? []).map(({ Message }) => Message);
}

describe.each(readdirSync(folder))('%s', (name) => {
  const workflow = parse(read(name)) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap(({ steps: own = [] }) => own);

  it('is a workflow', async () => {
    expect(await problemsOf(name, read(name))).toEqual([]);
  });

  it.each([
    ['a key that there is not', (text: string) => text.replace('runs-on:', 'run-on:')],
    ['an event that there is not', (text: string) => text.replace('push:', 'pushed:')],
    ['a context that there is not', (text: string) => text.replace('name: package', 'name: ${{ nothing.here }}')],
    ['a need that there is not', (text: string) => text.replace('runs-on:', 'needs: nobody\n    runs-on:')],
  ])('with %s is refused', async (_, broken) => {
    const text = broken(read(name));
    if (text === read(name)) return expect(['release.yml', 'site.yml']).toContain(name);
    expect(await problemsOf(name, text)).not.toEqual([]);
  });

  it('uses actions of a stated version, of GitHub itself or of this repository', () => {
    const used = [...steps, ...jobs].flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used)
      expect(action).toMatch(/^(actions\/[\w-]+@(v\d+(\.\d+)*|[0-9a-f]{40})|\.\/\.github\/.*)$/);
  });

  it('runs scripts that package.json has', () => {
    const named = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script!));
    expect(named).not.toEqual([]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it('may only read, unless a job that uses no code of a package says what it writes', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of jobs.filter(({ permissions }) => permissions !== undefined)) {
      expect(job.permissions).toEqual({ contents: 'write' });
      expect(job.steps?.flatMap(({ run = '' }) => /\bnpm\b|\bnode\b/.exec(run) ?? [])).toEqual([]);
    }
  });

  it('gives every step one thing to do, and puts no text of others into a command', () => {
    for (const { run, uses } of steps) expect([run, uses].filter((each) => each !== undefined)).toHaveLength(1);
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it('ends, and installs no libraries for graphics processors', () => {
    for (const job of jobs.filter(({ uses }) => uses === undefined)) expect(job['timeout-minutes']).toBeLessThan(60);
    expect(workflow.env?.['ONNXRUNTIME_NODE_INSTALL']).toBe('skip');
  });
});

it('a change is checked on all three systems', () => {
  const { jobs } = parse(read('check.yml')) as Workflow;
  const systems = Object.values(jobs).flatMap(({ strategy }) => strategy?.matrix.os ?? []);
  expect(systems.map((os) => os.split('-')[0]).sort()).toEqual(['macos', 'ubuntu', 'windows']);
});

it('a tag makes a release, once everything was checked', () => {
  const { on, jobs } = parse(read('release.yml')) as Workflow;
  expect(on).toEqual({ push: { tags: ['v*'] } });
  expect(jobs['release']!.needs).toEqual(['check', 'package']);
  expect(jobs['publish']!.needs).toBe('release');
  expect(jobs['check']!.uses).toBe('./.github/workflows/check.yml');
  expect(Object.keys((parse(read('check.yml')) as Workflow).on)).toContain('workflow_call');
});

describe('notes', () => {
  const changelog =
    '# Changelog\n\n## Unreleased\n\nNothing.\n\n## 1.2.0 (2026-11-01)\n\n### Added\n\n- A.\n\n## [1.1.0]\n\n- B.\n\n## 1.0.0\n';

  it.each([
    ['1.2.0', '### Added\n\n- A.\n'],
    ['1.1.0', '- B.\n'],
  ])('of %s are its part of the changelog', (asked, notes) => {
    expect(releaseNotes(changelog, asked)).toBe(notes);
    expect(releaseNotes(changelog.replaceAll('\n', '\r\n'), asked)).toBe(notes);
  });

  it.each(['1.0.0', '1.2', '2.0.0', '1.2.0-rc.1'])('of %s are missing', (asked) => {
    expect(() => releaseNotes(changelog, asked)).toThrow(`CHANGELOG.md says nothing of ${asked};`);
  });

  it('of this version are there', () => {
    expect(releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), version)).toMatch(/^### Added/);
  });

  it.each(['v1.2.1', '1.2.0', 'v1.2.0-rc', 'latest', ''])(
    'a tag %j that does not fit the version is refused',
    (tag) => {
      expect(() => checkTag(tag, '1.2.0')).toThrow(/^The tag .* its tag is v1\.2\.0\.$/);
      expect(() => checkTag('v1.2.0', '1.2.0')).not.toThrow();
    },
  );
});

describe('publishing', () => {
  const given = {
    env: { VSCE_PAT: 'key' },
    address: 'https://example.org/somebody/lacuna',
    packages: ['a.vsix', 'b.vsix'],
  };

  it.each([
    ['marketplace', 'Nothing is published to the Visual Studio Marketplace, since VSCE_PAT is not set.'],
    ['open-vsx', 'Nothing is published to Open VSX, since OVSX_PAT is not set.'],
  ])('to %s is left out without its key', (store, skipped) => {
    expect(publication(store, { ...given, env: {} })).toEqual({ skipped });
    expect(publication(store, { ...given, env: { VSCE_PAT: '', OVSX_PAT: '' } })).toEqual({ skipped });
  });

  it('gives all packages to the store, and no key in an argument', () => {
    const args = ['publish', '--packagePath', 'a.vsix', 'b.vsix'];
    expect(publication('marketplace', given)).toMatchObject({ program: 'vsce', args });
    expect(publication('open-vsx', { ...given, env: { OVSX_PAT: 'key' } })).toMatchObject({ program: 'ovsx', args });
  });

  it.each([
    ['a store', 'shop', given, /^Name a store/],
    ['a name', undefined, given, /^Name a store/],
    ['an address', 'marketplace', { ...given, address: 'https://github.com/OWNER/lacuna' }, /^Set repository\.url/],
    ['packages', 'marketplace', { ...given, packages: [] }, /^There is no package/],
  ])('without %s is refused', (_, store, what, problem) => {
    expect(() => publication(store, what)).toThrow(problem);
  });
});
