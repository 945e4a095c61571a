// An editor without an editor: it speaks the language server protocol with the real server over a pair of streams.

import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createConnection,
  createProtocolConnection,
  InlineCompletionRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
  type InlineCompletionItem,
  type InlineCompletionList,
  type ProtocolConnection,
  type SelectedCompletionInfo,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createCompleter, type Completer } from '../../src/completion/index.js';
import {
  type ConflictTexts,
  createMergeResolver,
  createPriorRanker,
  type MergeResolver,
} from '../../src/merge/index.js';
import type { FileInGit } from '../../src/git/index.js';
import type { LanguageModel } from '../../src/model/index.js';
import { startServer, type Holes } from '../../src/protocol/index.js';
import {
  holesFollowNotification,
  statusNotification,
  type HolesFollowParams,
  type StatusParams,
} from '../../src/protocol/messages.js';
import type { Syntax } from '../../src/syntax/index.js';
import type { Workspace } from '../../src/workspace/index.js';
import { FakeModel } from './fakeModel.js';
import { asIs, words, type Words } from '../../src/common/words.js';

export interface TestEditorOptions {
  readonly model?: FakeModel;
  /** Settings under `lacuna`; undefined for a client that cannot be asked for them. */
  readonly settings?: Record<string, unknown>;
  readonly canBeAsked?: boolean;
  /** What workspace/configuration is answered with for each item, in place of the settings. */
  readonly answer?: unknown;
  readonly initialize?: Partial<InitializeParams>;
  readonly createCompleter?: (model: LanguageModel) => Completer;
  readonly resolver?: MergeResolver;
  /** What git has kept of the file before both sides changed it, by path. */
  readonly indexBases?: Readonly<Record<string, string>>;
  readonly unmerged?: readonly string[];
  /** What git is in the middle of, everywhere. */
  readonly underWay?: Words;
  /** What git says of files, by path; files that are not named lie in no repository. */
  readonly inGit?: Readonly<Record<string, FileInGit>>;
  readonly holes?: Holes;
  /** Of the completer; without it there are no trees. */
  readonly syntax?: Syntax;
  /** By a file's path, the conflicts of the merge's other files. */
  readonly elsewhere?: Readonly<Record<string, readonly ConflictTexts[]>> | 'fails';
  /** What is known of the files on the disk; nothing where none is given. */
  readonly workspace?: Workspace;
}

/** The protocol needs no syntax trees; the rooms that do have tests of their own. */
const withoutTrees: Syntax = {
  supports: () => false,
  parses: () => false,
  parse: () => Promise.resolve(undefined),
  forget: () => undefined,
};

const withoutHoles: Holes = {
  knowledge: () => undefined,
  calibrate: () => Promise.reject(new Error('There is nothing to measure.')),
};

const emptyWorkspace: Workspace = {
  setFolders: () => undefined,
  fileChanged: () => undefined,
  choose: ({ previous }) => Promise.resolve(previous),
  state: () => Promise.reject(new Error('Nothing was read.')),
  dispose: () => Promise.resolve(),
};

export class TestEditor {
  readonly model: FakeModel;
  readonly statuses: StatusParams[] = [];
  /** Where holes followed a line. */
  readonly holesFollowed: HolesFollowParams[] = [];
  readonly log: string[] = [];
  readonly messages: string[] = [];
  /** Model paths that were started, in order. */
  readonly startedModels: string[] = [];
  readonly models: FakeModel[] = [];
  /** Folders of the workspace's own that holes were opened with. */
  readonly storages: (string | undefined)[] = [];
  settings: Record<string, unknown>;
  /** What the server has said that it can do. */
  capabilities: ServerCapabilities = {};
  private readonly documents = new Map<string, TextDocument>();

  private constructor(
    readonly connection: ProtocolConnection,
    options: TestEditorOptions,
  ) {
    this.model = options.model ?? new FakeModel({ script: 'return total;' });
    this.settings = { debounce: 0, ...options.settings };
  }

  static async open(options: TestEditorOptions = {}): Promise<TestEditor> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    const editor = new TestEditor(client, options);
    startServer(server, {
      startModel: ({ model: { path } }) => {
        editor.startedModels.push(path);
        const model = editor.models.length === 0 ? editor.model : new FakeModel();
        editor.models.push(model);
        return model;
      },
      openHoles: (_path, storage) => {
        editor.storages.push(storage);
        return options.holes ?? withoutHoles;
      },
      createCompleter: (model, logger, context, holes) =>
        options.createCompleter?.(model) ??
        createCompleter({
          holes,
          model,
          syntax: options.syntax ?? withoutTrees,
          logger,
          now: () => performance.now(),
          sleep: (ms, signal) => delay(ms, undefined, { signal }),
          ...(context === undefined ? {} : { context }),
        }),
      startWorkspace: () => options.workspace ?? emptyWorkspace,
      createResolver: (logger) => ({
        resolver:
          options.resolver ?? createMergeResolver({ ranker: createPriorRanker(), syntax: withoutTrees, logger }),
        dispose: () => Promise.resolve(),
      }),
      readInGit: (file) => {
        const base = options.indexBases?.[file];
        const known = options.inGit?.[file];
        if (base === undefined) return Promise.resolve(known ?? { kind: 'outside' });
        const entries = { base: undefined, ours: undefined, theirs: undefined };
        const stages = { ...entries, base };
        return Promise.resolve({ kind: 'unmerged', entries, stages, markerSize: 7, mergesLines: true });
      },
      unmergedFiles: () => Promise.resolve(options.unmerged ?? []),
      underWay: () => Promise.resolve(options.underWay),
      readElsewhere: (file) =>
        options.elsewhere === 'fails'
          ? Promise.reject(new Error('git is broken.'))
          : Promise.resolve(options.elsewhere?.[file] ?? []),
      models: {
        list: () => Promise.resolve({ models: [], found: [] }),
        add: () => Promise.reject(new Error('No model can be made here.')),
      },
      examine: () => Promise.resolve({ lines: [{ name: words('model'), value: asIs('fake'), ok: true }] }),
      now: () => performance.now(),
      wordsFolder: 'l10n',
      version: '0.0.0',
    });
    client.onNotification(statusNotification, (status: StatusParams) => void editor.statuses.push(status));
    client.onNotification(
      holesFollowNotification,
      (params: HolesFollowParams) => void editor.holesFollowed.push(params),
    );
    client.onNotification('window/logMessage', ({ message }: { message: string }) => void editor.log.push(message));
    client.onNotification(
      'window/showMessage',
      ({ message }: { message: string }) => void editor.messages.push(message),
    );
    client.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => ('answer' in options ? options.answer : editor.settings)),
    );
    client.onRequest('client/registerCapability', () => null);
    client.listen();
    const { capabilities }: InitializeResult = await client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      workspaceFolders: [{ uri: 'file:///work', name: 'work' }],
      capabilities: { workspace: { configuration: options.canBeAsked !== false, workspaceFolders: true } },
      initializationOptions: { lacunaClient: true },
      ...options.initialize,
    });
    editor.capabilities = capabilities;
    await client.sendNotification('initialized', {});
    return editor;
  }

  async openDocument(uri: string, languageId: string, text: string): Promise<void> {
    const document = TextDocument.create(uri, languageId, 1, text);
    this.documents.set(uri, document);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Types at an offset, the end by default. */
  async type(uri: string, text: string, at?: number): Promise<void> {
    const document = this.document(uri);
    const position = document.positionAt(at ?? document.getText().length);
    await this.change(uri, { range: { start: position, end: position }, text });
  }

  /** Replaces the whole text, as a formatter does. */
  async replaceAll(uri: string, text: string): Promise<void> {
    const document = this.document(uri);
    const end = document.positionAt(document.getText().length);
    await this.change(uri, { range: { start: { line: 0, character: 0 }, end }, text });
  }

  /** The same, told as a client does that tells no ranges. */
  async tellWhole(uri: string, text: string): Promise<void> {
    const document = this.document(uri);
    const version = document.version + 1;
    TextDocument.update(document, [{ text }], version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  /** Deletes so many characters from the end. */
  async deleteBackwards(uri: string, count: number): Promise<void> {
    const document = this.document(uri);
    const end = document.getText().length;
    await this.change(uri, {
      range: { start: document.positionAt(end - count), end: document.positionAt(end) },
      text: '',
    });
  }

  async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Asks for suggestions, at the end by default; automatic unless `manual`. */
  async suggest(
    uri: string,
    {
      at,
      manual,
      selected,
      cancelled,
    }: { at?: number; manual?: boolean; selected?: SelectedCompletionInfo; cancelled?: AbortSignal } = {},
  ): Promise<InlineCompletionItem[]> {
    const document = this.documents.get(uri) ?? TextDocument.create(uri, 'plaintext', 0, '');
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    cancelled?.addEventListener('abort', () => source.cancel());
    const result: InlineCompletionItem[] | InlineCompletionList | null = await this.connection.sendRequest(
      InlineCompletionRequest.type,
      {
        textDocument: { uri },
        position: document.positionAt(at ?? document.getText().length),
        context: {
          triggerKind: manual === true ? 1 : 2,
          ...(selected === undefined ? {} : { selectedCompletionInfo: selected }),
        },
      },
      source.token,
    );
    return Array.isArray(result) ? result : (result?.items ?? []);
  }

  /** Asks for suggestions, and again when holes follow the line, which they must. */
  async suggestUntilHoles(uri: string, options: { at?: number } = {}): Promise<InlineCompletionItem[]> {
    const before = this.holesFollowed.length;
    const items = await this.suggest(uri, options);
    if (items.some(({ insertText }) => typeof insertText !== 'string')) return items;
    await until(() => this.holesFollowed.length > before);
    return this.suggest(uri, options);
  }

  async changeSettings(settings: Record<string, unknown>): Promise<void> {
    this.settings = { debounce: 0, ...settings };
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: { lacuna: this.settings } });
  }

  /** What the last request came to, as the status bar gets it. */
  get outcome(): StatusParams | undefined {
    return this.statuses.findLast(({ kind }) => kind !== 'computing');
  }

  async shutDown(): Promise<void> {
    await this.connection.sendRequest('shutdown');
  }

  document(uri: string): TextDocument {
    const document = this.documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open.`);
    return document;
  }

  private async change(uri: string, change: { range: { start: object; end: object }; text: string }): Promise<void> {
    const document = this.document(uri);
    const version = document.version + 1;
    TextDocument.update(document, [change], version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [change],
    });
  }
}

/** Calls until the answer is true; a test fails by its own time limit. */
export async function until(look: () => boolean): Promise<void> {
  while (!look()) await delay(2);
}
