import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, Hover, MarkupContent, Range, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileInGit } from '../../src/git/index.js';
import type { Conflict } from '../../src/merge/index.js';
import {
  acceptResolutionCommand,
  certainResolutionsRequest,
  conflictsRequest,
  mergeStateRequest,
  pausedNotification,
  previewCommand,
  resolutionsRequest,
  showResolutionsCommand,
  trustedNotification,
  unmergedRequest,
  type AcceptResolutionParams,
  type CertainResult,
  type ConflictListResult,
  type MergeStateResult,
  type PreviewParams,
  type ResolutionsResult,
  type UnmergedResult,
} from '../../src/protocol/messages.js';
import { manyConflicts, marked } from '../support/conflictText.js';
import { ScriptedResolver, type ScriptedResolution } from '../support/scriptedResolver.js';
import { TestEditor, until, type TestEditorOptions } from '../support/TestEditor.js';
import { asIs } from '../../src/common/words.js';

const uri = 'file:///work/src/list.ts';
const lines = (...text: readonly string[]): string => text.join('\n');
const conflict = marked({ base: ['const a = 1;'], ours: ['const a = 2;'], theirs: ['const a = 1;', 'const b = 3;'] });
const text = lines('// before', ...conflict, '// after', '');
/** The line of the conflict's opening marker, and of the line behind its end. */
const [first, behind] = [1, 1 + conflict.length];

/** Ours and theirs joined, then ours. */
const both = ({ ours, theirs }: Conflict): readonly ScriptedResolution[] => [
  { text: `${ours.text}const b = 3;\n`, confidence: 0.92, explanation: asIs('Ours changes a line, theirs adds one.') },
  { text: ours.text, confidence: 0.05 },
  { text: theirs.text, confidence: 0.004, parses: false },
  { text: ours.text + theirs.text, confidence: 0.001 },
];

const resolver = new ScriptedResolver(both);
const capabilities = {
  workspace: { configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true } },
};

let editor: TestEditor;
const open = async (options: TestEditorOptions = {}, content = text): Promise<void> => {
  editor = await TestEditor.open({ initialize: { capabilities }, ...options });
  await editor.openDocument(uri, 'typescript', content);
};
afterEach(async () => {
  await editor.shutDown();
  editor.connection.dispose();
});

const at = (line: number, character = 0): Range => ({ start: { line, character }, end: { line, character } });
const ask = <Result>(method: string, params: object): Promise<Result> => editor.connection.sendRequest(method, params);
const actions = (range: Range, only?: readonly string[]): Promise<CodeAction[]> =>
  ask('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  });
const lenses = (): Promise<CodeLens[]> => ask('textDocument/codeLens', { textDocument: { uri } });
const hover = async (line: number): Promise<string> => {
  const found = await ask<Hover | null>('textDocument/hover', {
    textDocument: { uri },
    position: { line, character: 0 },
  });
  return (found?.contents as MarkupContent | undefined)?.value ?? '';
};
const certain = (from = 0, count = 100): Promise<CertainResult> =>
  ask(certainResolutionsRequest, { textDocument: { uri }, from, count });
/** The document's text after an action's edit. */
const applied = ({ edit }: CodeAction): string => {
  const [change] = edit!.documentChanges as TextDocumentEdit[];
  expect(change!.textDocument).toEqual({ uri, version: editor.document(uri).version });
  return TextDocument.applyEdits(editor.document(uri), change!.edits as never);
};
const titles = (found: readonly CodeAction[]): string[] => found.map(({ title }) => title);

describe('quick fixes on a conflict', () => {
  it('offers the three most likely resolutions with their confidence, and a preview of each', async () => {
    await open({ resolver });
    expect(titles(await actions(at(first)))).toEqual([
      'Lacuna: join both changes (92 %)',
      'Lacuna: take ours (5 %) · ours: HEAD',
      'Lacuna: take theirs (< 1 %, breaks the syntax) · theirs: feature',
      'Lacuna: preview “join both changes”',
      'Lacuna: preview “take ours” · ours: HEAD',
      'Lacuna: preview “take theirs” · theirs: feature',
      'Lacuna: resolve what is certain in this file',
    ]);
  });

  it('replaces the conflict and nothing else, for the version that was asked about', async () => {
    await open({ resolver });
    const [joined, ours] = await actions(at(first));
    expect(applied(joined!)).toBe(lines('// before', 'const a = 2;', 'const b = 3;', '// after', ''));
    expect(applied(ours!)).toBe(lines('// before', 'const a = 2;', '// after', ''));
  });

  it('prefers the first where it is as sure as the user wants, and only there', async () => {
    await open({ resolver });
    const preferred = async (): Promise<number[]> =>
      (await actions(at(first))).flatMap(({ isPreferred }, index) => (isPreferred === true ? [index] : []));
    expect(await preferred()).toEqual([0]);
    await editor.changeSettings({ merge: { threshold: 0.93 } });
    expect(await preferred()).toEqual([]);
  });

  it('prefers nothing that is known to break the syntax', async () => {
    await open({ resolver: new ScriptedResolver(() => [{ text: 'x(', confidence: 0.99, parses: false }]) });
    const [fix] = await actions(at(first));
    expect(fix).toMatchObject({ title: 'Lacuna: join both changes (99 %, breaks the syntax)', isPreferred: false });
  });

  it.each([
    ['on the first line', at(first), true],
    ['inside', at(first + 3, 4), true],
    ['at the end of the last line', at(behind - 1, 15), true],
    ['behind', at(behind), false],
    ['in front', at(0, 3), false],
    ['a selection that ends inside', { start: at(0).start, end: at(first + 1).end }, true],
  ])('%s', async (_name, range, isOffered) => {
    await open({ resolver });
    expect((await actions(range)).length > 0).toBe(isOffered);
  });

  it('are found at the very end of a text without a last line end', async () => {
    await open({ resolver }, lines(...conflict));
    expect(await actions(at(conflict.length - 1, 15))).not.toEqual([]);
  });

  it('come where all kinds or quick fixes are asked for, and leave diagnostics to their tools', async () => {
    await open({ resolver });
    expect(await actions(at(first), ['refactor', 'source.organizeImports'])).toEqual([]);
    const found = await actions(at(first), ['quickfix']);
    expect(found).toHaveLength(7);
    for (const action of found) expect(action).not.toHaveProperty('diagnostics');
  });

  it('are edits alone for another editor, which knows none of our commands', async () => {
    await open({ resolver, initialize: { initializationOptions: {} } });
    const found = await actions(at(first));
    expect(found).toHaveLength(3);
    for (const { edit, command } of found) {
      expect(command).toBeUndefined();
      expect(edit?.changes?.[uri]).toHaveLength(1);
    }
    expect(await lenses()).toEqual([]);
  });

  it('lead the preview to the conflict and the resolution', async () => {
    await open({ resolver });
    const second = (await actions(at(first))).find(({ title }) => title.includes('preview “take ours”'));
    const [params] = second!.command!.arguments as [PreviewParams];
    expect(second!.command!.command).toBe(previewCommand);
    expect(params.rank).toBe(1);
    const result = await ask<ResolutionsResult>(resolutionsRequest, params);
    expect(result).toMatchObject({
      kind: 'resolutions',
      version: 1,
      range: { start: { line: first, character: 0 }, end: { line: behind, character: 0 } },
      sides: { ours: 'const a = 2;\n', base: 'const a = 1;\n', theirs: 'const a = 1;\nconst b = 3;\n' },
    });
    expect(result.kind === 'resolutions' && result.resolutions[1]).toMatchObject({
      words: 'take ours',
      confidence: '5 %',
      text: 'const a = 2;\n',
    });
  });

  it('are none where merging or Lacuna is switched off', async () => {
    await open({ resolver });
    for (const off of [{ merge: { enable: false } }, { enable: false }]) {
      await editor.changeSettings(off);
      expect(await actions(at(first))).toEqual([]);
      expect(await lenses()).toEqual([]);
      expect(await hover(first)).toBe('');
      expect(await certain()).toMatchObject({ kind: 'none' });
    }
    await editor.changeSettings({});
    expect(await actions(at(first))).toHaveLength(7);
  });

  it('are answered while suggestions are snoozed', async () => {
    await open({ resolver });
    await editor.connection.sendNotification(pausedNotification, { paused: true });
    expect(await actions(at(first))).toHaveLength(7);
  });
});

describe('with the real room', () => {
  it('resolves what does not clash token by token, and keeps Windows line ends', async () => {
    const clash = marked({
      base: ['call(first, second);'],
      ours: ['call(first, second, third);'],
      theirs: ['invoke(first, second);'],
    });
    await open({}, ['one();', ...clash, 'two();', ''].join('\r\n'));
    const found = await actions(at(1));
    expect(found.filter(({ edit }) => edit !== undefined).map(applied)).toContain(
      'one();\r\ninvoke(first, second, third);\r\ntwo();\r\n',
    );
  });

  it('leaves broken markers alone and says what is wrong with them', async () => {
    await open({}, lines('<<<<<<< HEAD', 'a();', '>>>>>>> feature', ''));
    expect(await actions(at(0))).toEqual([]);
    expect(await hover(0)).toMatch(/^\*\*Lacuna\*\*: .+left alone\.$/);
    const { conflicts, broken } = await ask<ConflictListResult>(conflictsRequest, { textDocument: { uri } });
    expect(conflicts).toEqual([]);
    expect(broken).toEqual([{ line: 0, sentence: expect.stringMatching(/\.$/) as string }]);
  });

  it('takes the base from git where the markers do not show it', async () => {
    const clash = marked({ ours: ['call(first, second, third);'], theirs: ['invoke(first, second);'] });
    const content = lines('one();', ...clash, 'two();', '');
    const joined = lines('one();', 'invoke(first, second, third);', 'two();', '');
    await open({ indexBases: { '/work/src/list.ts': 'one();\ncall(first, second);\ntwo();\n' } }, content);
    const fixes = (await actions(at(1))).filter(({ edit }) => edit !== undefined);
    expect(fixes.map(applied)).toContain(joined);
    const result = await ask<ResolutionsResult>(resolutionsRequest, {
      textDocument: { uri },
      position: { line: 1, character: 0 },
    });
    expect(result).toMatchObject({ sides: { base: 'call(first, second);\n' } });
  });

  it('asks git for nothing in a workspace that is not trusted, until it is', async () => {
    const clash = marked({ ours: ['call(first, second, third);'], theirs: ['invoke(first, second);'] });
    const sides = async (): Promise<object> => {
      const params = { textDocument: { uri }, position: { line: 0, character: 0 } };
      const result = await ask<ResolutionsResult>(resolutionsRequest, params);
      return result.kind === 'none' ? {} : result.sides;
    };
    const base = 'call(first, second);\n';
    const options = {
      indexBases: { '/work/src/list.ts': base },
      unmerged: ['/work/src/list.ts'],
      underWay: asIs('Git is merging: x'),
    };
    const untrusted = { initialize: { capabilities, initializationOptions: { lacunaClient: true, trusted: false } } };
    const list = (): Promise<UnmergedResult> => ask(unmergedRequest, { folders: ['file:///work', 'untitled:x'] });
    await open({ ...options, ...untrusted }, lines(...clash, ''));
    expect(await sides()).not.toHaveProperty('base');
    expect(await list()).toEqual({ uris: [], underWay: [] });
    await editor.connection.sendNotification(trustedNotification, {});
    expect(await list()).toEqual({ uris: [uri], underWay: ['Git is merging: x'] });
    await editor.close(uri);
    await editor.openDocument(uri, 'typescript', lines(...clash, ''));
    expect(await sides()).toMatchObject({ base });
  });
});

describe('what git says of the file', () => {
  const path = '/work/src/list.ts';
  const entry = { mode: '100644', object: '1' };
  const entries = { base: entry, ours: entry, theirs: entry };
  const unmerged = (ours: string, base: string, theirs: string, markerSize = 7): FileInGit => ({
    kind: 'unmerged',
    entries,
    stages: { ours, base, theirs },
    markerSize,
    mergesLines: true,
  });
  const listed = async (): Promise<number> =>
    (await ask<ConflictListResult>(conflictsRequest, { textDocument: { uri } })).conflicts.length;

  it('decides: where it is not in conflict, markers are text', async () => {
    await open({ resolver, inGit: { [path]: { kind: 'settled' } } });
    expect(await actions(at(first))).toEqual([]);
    expect(await lenses()).toEqual([]);
    expect(await hover(first)).toBe('');
    expect(await listed()).toBe(0);
    expect(await certain()).toMatchObject({ kind: 'resolved', conflicts: 0, edits: [] });
  });

  it('tells an example of a version from a conflict, and markers of another size', async () => {
    const example = lines('<<<<<<< HEAD', 'a', '=======', 'b', '>>>>>>> topic', '');
    const wide = example.replace(/([<=>])\1{6}/g, '$1$1$1$1$1$1$1$1$1');
    const git = unmerged(`${example}const a = 2;\n`, example, `${example}const a = 1;\nconst b = 3;\n`);
    await open({ resolver, inGit: { [path]: git } }, lines(example, wide, ...conflict, ''));
    expect(await listed()).toBe(1);
    expect(await actions(at(0))).toEqual([]);
  });

  it('ends the last line as the versions do', async () => {
    const git = unmerged('const a = 2;', 'const a = 1;', 'const a = 1;\nconst b = 3;');
    await open({ resolver, inGit: { [path]: git } }, lines(...conflict, ''));
    const [joined] = await actions(at(0));
    expect(applied(joined!)).toBe(lines('const a = 2;', 'const b = 3;'));
  });

  it.each<[string, TestEditorOptions]>([
    [
      'may not be asked',
      { initialize: { capabilities, initializationOptions: { lacunaClient: true, trusted: false } } },
    ],
    ['does not answer', { inGit: { [path]: { kind: 'unknown', message: 'no' } } }],
  ])('is not known where git %s: each conflict is answered, and not all are taken at once', async (_name, options) => {
    await open({ resolver, ...options });
    expect(await actions(at(first))).not.toEqual([]);
    expect(await certain()).toEqual({
      kind: 'none',
      sentence: 'Git cannot be asked here, so conflicts are resolved one by one.',
    });
  });

  it('is heard again when git writes its index', async () => {
    const inGit: Record<string, FileInGit> = { [path]: { kind: 'settled' } };
    await open({ resolver, inGit });
    expect(await lenses()).toEqual([]);
    inGit[path] = unmerged('const a = 2;\n', 'const a = 1;\n', 'const a = 1;\nconst b = 3;\n');
    const changes = [{ uri: 'file:///work/.git/index', type: 2 }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await expect.poll(async () => (await lenses()).length).toBeGreaterThan(0);
  });
});

describe('while a thousand conflicts are answered', () => {
  it('others are answered in between, and a change of the document ends it', async () => {
    const counted = new ScriptedResolver(both);
    await open({ resolver: counted }, manyConflicts(1_000));
    const ended: string[] = [];
    const note =
      (name: string) =>
      <T>(result: T): T => {
        ended.push(name);
        return result;
      };
    const all = certain(0, 1_000).then(note('all'));
    const listed = ask<ConflictListResult>(conflictsRequest, { textDocument: { uri } }).then(note('list'));
    expect((await listed).conflicts).toHaveLength(1_000);
    expect(ended).toEqual(['list']);
    await editor.type(uri, 'x', 0);
    expect(await all).toMatchObject({ kind: 'none' });
    expect(counted.asked.length).toBeLessThan(1_000);
  });
});

describe('several folders', () => {
  it('are all asked for files in conflict, and a file is named once', async () => {
    await open({ unmerged: ['/work/a.ts', '/other/b.ts'] });
    const folders = ['file:///work', 'file:///other', 'vscode-vfs://github/x'];
    expect(await ask<UnmergedResult>(unmergedRequest, { folders })).toEqual({
      uris: ['file:///work/a.ts', 'file:///other/b.ts'],
      underWay: [],
    });
  });
});

describe('the other files of the merge', () => {
  const others = [{ ours: 'a\n', theirs: 'b\n', base: 'c\n' }];
  const elsewhere = { '/work/src/list.ts': others };

  it('are told of to whoever answers', async () => {
    const counted = new ScriptedResolver(both);
    await open({ resolver: counted, elsewhere });
    await actions(at(first));
    expect(counted.elsewhere).toEqual([others]);
  });

  it('are not read in a workspace that is not trusted', async () => {
    const counted = new ScriptedResolver(both);
    const initialize = { capabilities, initializationOptions: { lacunaClient: true, trusted: false } };
    await open({ resolver: counted, elsewhere, initialize });
    await actions(at(first));
    expect(counted.elsewhere).toEqual([[]]);
  });

  it('keep no answer back when they cannot be read', async () => {
    const counted = new ScriptedResolver(both);
    await open({ resolver: counted, elsewhere: 'fails' });
    expect(await actions(at(first))).not.toEqual([]);
    expect(counted.elsewhere).toEqual([[]]);
  });
});

describe('answers', () => {
  it('are computed once for all who ask at the same time, and kept while the conflict stays', async () => {
    const counted = new ScriptedResolver(both);
    const far = Array.from({ length: 20 }, (_, index) => `// ${index}`);
    await open({ resolver: counted }, lines(text, ...far));
    await Promise.all([actions(at(first)), hover(first), actions(at(first + 1))]);
    expect(counted.asked).toHaveLength(1);
    await editor.type(uri, 'more');
    await actions(at(first));
    await hover(first);
    expect(counted.asked).toHaveLength(1);
  });

  it('are computed anew when the conflict or what stands beside it changes', async () => {
    const counted = new ScriptedResolver(both);
    await open({ resolver: counted });
    await actions(at(first));
    await editor.type(uri, '!', text.indexOf('2;'));
    await actions(at(first));
    await editor.type(uri, '// ', 0);
    await actions(at(first));
    expect(counted.asked).toHaveLength(3);
  });

  it('are given up when nobody waits for them any more', async () => {
    const held = new ScriptedResolver(both);
    await open({ resolver: held });
    const letGo = held.hold();
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const sources = [new CancellationTokenSource(), new CancellationTokenSource()];
    const params = { textDocument: { uri }, position: { line: first, character: 0 } };
    const requests = sources.map(({ token }) => editor.connection.sendRequest('textDocument/hover', params, token));
    const ended = Promise.allSettled(requests);
    await until(() => held.asked.length === 1);
    sources[0]!.cancel();
    await expect(requests[0]).rejects.toMatchObject({ code: -32800 });
    expect(held.aborted).toBe(0);
    sources[1]!.cancel();
    await ended;
    await until(() => held.aborted === 1);
    letGo();
    expect(await hover(first)).toContain('join both changes');
  });

  it('that come after an edit are dropped', async () => {
    const held = new ScriptedResolver(both);
    await open({ resolver: held });
    const letGo = held.hold();
    const late = actions(at(first));
    await until(() => held.asked.length === 1);
    await editor.type(uri, 'x');
    await ask(conflictsRequest, { textDocument: { uri } });
    letGo();
    expect(await late).toEqual([]);
  });

  it('that fail are logged, and the next request is answered', async () => {
    let calls = 0;
    await open({ resolver: new ScriptedResolver((found) => (++calls === 1 ? 'fails' : both(found))) });
    expect(await actions(at(first))).toEqual([]);
    expect(await actions(at(first))).toHaveLength(7);
    expect(editor.log.some((line) => line.includes('The resolver is broken.'))).toBe(true);
  });

  it('are none for a document that is not open', async () => {
    await open({ resolver });
    await editor.close(uri);
    expect(await actions(at(first))).toEqual([]);
    expect(await lenses()).toEqual([]);
    expect(await hover(first)).toBe('');
    expect(await certain()).toMatchObject({ kind: 'none' });
    expect(await ask(conflictsRequest, { textDocument: { uri } })).toEqual({ conflicts: [], broken: [] });
  });
});

describe('the lens above a conflict', () => {
  it('says the likeliest resolution when it comes into view, and leads to the others', async () => {
    const counted = new ScriptedResolver(both);
    await open({ resolver: counted });
    const [best, more, ...rest] = await lenses();
    expect(rest).toEqual([]);
    expect(more).toMatchObject({ range: at(first), command: { title: 'more…', command: showResolutionsCommand } });
    expect(counted.asked).toHaveLength(0);
    const { command } = await ask<CodeLens>('codeLens/resolve', best!);
    expect(command).toMatchObject({ title: 'Lacuna: join both changes (92 %)', command: acceptResolutionCommand });
    const expected: AcceptResolutionParams = {
      textDocument: { uri, version: 1 },
      range: { start: { line: first, character: 0 }, end: { line: behind, character: 0 } },
      text: 'const a = 2;\nconst b = 3;\n',
    };
    expect(command?.arguments).toEqual([expected]);
  });

  it('says why where there is no resolution, and then does nothing', async () => {
    await open({ resolver: new ScriptedResolver(() => 'tooLarge') });
    const [best] = await lenses();
    const { command } = await ask<CodeLens>('codeLens/resolve', best!);
    expect(command).toEqual({ title: 'Lacuna: The conflict is too large to be answered.', command: '' });
  });

  it('of an older version takes nothing', async () => {
    await open({ resolver });
    const [best] = await lenses();
    await editor.type(uri, 'x', 0);
    expect((await ask<CodeLens>('codeLens/resolve', best!)).command?.command).toBe('');
  });

  it('is not there when it is switched off', async () => {
    await open({ resolver, settings: { merge: { codeLens: false } } });
    expect(await lenses()).toEqual([]);
    expect(await actions(at(first))).toHaveLength(7);
  });
});

describe('hover on a conflict', () => {
  it('says what is likeliest, why, what each line comes from, and what else there is', async () => {
    const pieces = [
      { range: { start: 0, end: 13 }, origin: 'ours' },
      { range: { start: 13, end: 26 }, origin: 'theirs' },
    ] as const;
    const scripted = new ScriptedResolver((found) => both(found).map((each) => ({ ...each, pieces })));
    await open({ resolver: scripted });
    expect(await hover(first + 2)).toBe(
      lines(
        '**Lacuna: join both changes** (92 %)',
        '',
        'Ours changes a line, theirs adds one.',
        '',
        'Ours is `HEAD`, theirs `feature`.',
        '',
        '```text',
        'ours   | const a = 2;',
        'theirs | const b = 3;',
        '```',
        '',
        'Otherwise: take ours (5 %); take theirs (< 1 %).',
      ),
    );
  });

  it('shows text that looks like markdown as it is', async () => {
    const tricky = new ScriptedResolver(() => [{ text: '```\n**x**\n', confidence: 0.4 }]);
    await open({ resolver: tricky });
    expect(await hover(first)).toContain(lines('````text', '```', '**x**', '````'));
  });

  it('is silent elsewhere', async () => {
    await open({ resolver });
    expect(await hover(0)).toBe('');
    expect(await hover(behind)).toBe('');
  });
});

describe('all that is certain in a file', () => {
  const unsure = (found: Conflict): readonly ScriptedResolution[] =>
    found.index % 2 === 0 ? both(found) : [{ text: '', confidence: 0.6 }];

  it('is resolved by edits that leave the rest as it is', async () => {
    await open({ resolver: new ScriptedResolver(unsure) }, lines(...conflict, 'x', ...conflict, 'y', ...conflict));
    const result = await certain();
    expect(result).toMatchObject({ kind: 'resolved', version: 1, conflicts: 3, broken: 0 });
    if (result.kind === 'none') return;
    const edits = result.edits.map(({ range, text: newText }) => ({ range, newText }));
    expect(result.edits[0]).toMatchObject({ words: 'join both changes', confidence: '92 %' });
    const joined = ['const a = 2;', 'const b = 3;'];
    expect(TextDocument.applyEdits(editor.document(uri), edits)).toBe(
      lines(...joined, 'x', ...conflict, 'y', ...joined, ''),
    );
  });

  it('comes in stretches', async () => {
    await open({ resolver }, manyConflicts(12));
    const counts = [];
    for (const from of [0, 5, 10]) {
      const result = await certain(from, 5);
      counts.push(result.kind === 'resolved' ? result.edits.length : result.sentence);
    }
    expect(counts).toEqual([5, 5, 2]);
  });

  it('is given up when the file changes meanwhile', async () => {
    const held = new ScriptedResolver(both);
    await open({ resolver: held }, manyConflicts(3));
    const letGo = held.hold();
    const result = certain();
    await until(() => held.asked.length === 1);
    await editor.type(uri, 'x');
    await ask(conflictsRequest, { textDocument: { uri } });
    letGo();
    expect(await result).toEqual({ kind: 'none', sentence: 'The file has changed meanwhile.' });
    expect(held.asked).toHaveLength(1);
  });

  it('is nothing in a file that was read in another encoding than its own, since saving it would lose bytes', async () => {
    const unmerged = (first: string | undefined): FileInGit => {
      const entry = { mode: '100644', object: '1' };
      const sides = { ours: first, base: first, theirs: first };
      return {
        kind: 'unmerged',
        entries: { ours: entry, base: entry, theirs: entry },
        stages: sides,
        markerSize: 7,
        mergesLines: true,
      };
    };
    const inGit: Record<string, FileInGit> = { '/work/src/list.ts': unmerged(undefined) };
    await open({ resolver, inGit }, `// caf\ufffd\n${text}`);
    expect(await certain()).toMatchObject({
      kind: 'none',
      sentence: expect.stringMatching(/another encoding/) as string,
    });
    inGit['/work/src/list.ts'] = unmerged('// caf\ufffd\n');
    const changes = [{ uri: 'file:///work/.git/index', type: 2 }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await expect.poll(async () => (await certain()).kind).toBe('resolved');
  });

  it('is nothing where the user wants to be surer than that', async () => {
    await open({ resolver, settings: { merge: { threshold: 0.95 } } });
    expect(await certain()).toMatchObject({ kind: 'resolved', conflicts: 1, edits: [] });
  });
});

describe('how far a file in conflict is', () => {
  const path = '/work/src/list.ts';
  const state = (from = 0, count = 100): Promise<MergeStateResult> =>
    ask(mergeStateRequest, { textDocument: { uri }, from, count });
  const answers = (found: Conflict): readonly ScriptedResolution[] =>
    [
      both(found),
      [{ text: 'x\n', confidence: 0.6 }],
      [{ text: '', confidence: 0.95, refusal: 'droppedEdit' as const }],
      [],
    ][found.index]!;

  it('is told conflict by conflict, with the reason why somebody has to look', async () => {
    const content = lines(...conflict, 'x', ...conflict, 'y', ...conflict, 'z', ...conflict, '<<<<<<< stray', '');
    await open({ resolver: new ScriptedResolver(answers) }, content);
    const result = await state();
    expect(result).toMatchObject({
      kind: 'file',
      total: 4,
      conflicts: [
        { certainty: 'certain', words: 'join both changes', confidence: '92 %' },
        { certainty: 'likely', confidence: '60 %', sentence: 'No answer is certain enough.' },
        {
          sentence: 'It is not taken without asking: something that a side changed is not in it.',
          reason: 'something that a side changed is not in it',
        },
        { certainty: 'open', answers: [], sentence: 'There is no resolution.' },
      ],
      broken: [{ line: content.split('\n').indexOf('<<<<<<< stray') }],
    });
    const [first] = (result as Extract<MergeStateResult, { kind: 'file' }>).conflicts;
    expect(first!.answers).toHaveLength(3);
    expect(first!.range.start).toEqual({ line: 0, character: 0 });
  });

  it('comes in stretches', async () => {
    await open({ resolver }, manyConflicts(7));
    expect(await state(5, 5)).toMatchObject({ total: 7, conflicts: [{}, {}] });
  });

  const entry = { mode: '100644', object: '1' };
  it.each([
    ['theirs deleted it', undefined, /^ours changed it and theirs deleted it/],
    ['it is no text', entry, /^it is not text in UTF-8/],
  ])('says why no line is in conflict where %s, though it cannot be opened', async (_, theirs, left) => {
    const unmerged: FileInGit = {
      kind: 'unmerged',
      entries: { base: entry, ours: entry, theirs },
      stages: { base: undefined, ours: undefined, theirs: undefined },
      markerSize: 7,
      mergesLines: true,
    };
    await open({ resolver, inGit: { [path]: unmerged, '/work/gone.ts': unmerged } }, 'nothing\n');
    for (const each of [uri, 'file:///work/gone.ts']) {
      const result = await ask<MergeStateResult>(mergeStateRequest, { textDocument: { uri: each }, from: 0, count: 1 });
      expect(result).toMatchObject({ kind: 'file', total: 0, left: expect.stringMatching(left) as string });
    }
  });

  it('is over where one side alone is what somebody took, and not where there never was a marker', async () => {
    const unmerged = (object: string): FileInGit => ({
      kind: 'unmerged',
      entries: { base: entry, ours: entry, theirs: { ...entry, object } },
      stages: { base: 'a\n', ours: 'b\n', theirs: 'c\n' },
      markerSize: 7,
      mergesLines: true,
    });
    const inGit: Record<string, FileInGit> = { [path]: unmerged('2') };
    await open({ resolver, inGit }, 'b\n');
    expect(await state()).toMatchObject({ left: expect.stringMatching(/holds ours alone/) as string });
    const text = lines('<<<<<<< HEAD', 'b', '=======', 'c', '>>>>>>> topic', '');
    await editor.replaceAll(uri, text);
    expect(await state()).toMatchObject({ total: 1 });
    await editor.replaceAll(uri, 'b\n');
    expect(await state()).toEqual({ kind: 'file', total: 0, conflicts: [], broken: [] });
  });

  it('is over where nothing is marked any more', async () => {
    await open({ resolver, inGit: { [path]: { kind: 'settled' } } }, 'const a = 1;\n');
    expect(await state()).toEqual({ kind: 'file', total: 0, conflicts: [], broken: [] });
  });

  it('is told in German', async () => {
    await open({
      resolver: new ScriptedResolver(() => [{ text: 'x\n', confidence: 0.6 }]),
      initialize: { capabilities, locale: 'de' },
    });
    expect(await state()).toMatchObject({ conflicts: [{ sentence: 'Keine Antwort ist sicher genug.' }] });
  });
});

describe('settings of merging', () => {
  it('keep the default of a field that is not valid and take the others', async () => {
    await open({ resolver, settings: { merge: { threshold: 7, codeLens: false } } });
    expect((await actions(at(first)))[0]).toMatchObject({ isPreferred: true });
    expect(await lenses()).toEqual([]);
    expect(editor.log.filter((line) => line.includes('lacuna.merge.threshold is not valid'))).toHaveLength(1);
  });

  it('that are no group at all are replaced by the defaults', async () => {
    await open({ resolver, settings: { merge: 'yes' } });
    expect(await actions(at(first))).toHaveLength(7);
    expect(editor.log.some((line) => line.includes('lacuna.merge is not valid'))).toBe(true);
  });
});
