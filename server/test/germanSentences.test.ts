// What the real server says to a client whose language is German: no English is left. To any other it speaks English.

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, Hover, MarkupContent } from 'vscode-languageserver/node';
import { asIs, inEnglish, words, type Words } from '../src/common/words.js';
import { explain } from '../src/merge/explain/explain.js';
import { reasonFrom } from '../src/merge/ranking/attributionWords.js';
import { explainHole, explainOfferGuarantee } from '../src/partial/show/explain.js';
import { kindOfHole } from '../src/partial/show/kinds.js';
import {
  calibrateRequest,
  certainResolutionsRequest,
  conflictsRequest,
  doctorRequest,
  explainRequest,
  resolutionsRequest,
  type CalibrateResult,
  type CertainResult,
  type ConflictListResult,
  type DoctorReport,
  type Explanation,
  type ResolutionsResult,
} from '../src/protocol/messages.js';
import { sayIn } from '../src/protocol/state/language.js';
import { marked } from './support/conflictText.js';
import { TestEditor } from './support/TestEditor.js';

/** Words of English sentences that are no German ones. */
const english =
  /\b(the|of|and|is|are|it|its|with|takes?|take|both|joins?|lines?|for|against|otherwise|model|holes?|right|wrong|what|left|has|sides?|preview|more|ours|theirs)\b/i;

const silent = { trace: noted, debug: noted, info: noted, warn: noted, error: noted };
function noted(): void {
  // Nothing is said in these tests that is of interest.
}

const uri = 'file:///work/src/list.ts';
let editor: TestEditor | undefined;

afterEach(async () => {
  await editor?.shutDown();
  editor?.connection.dispose();
  editor = undefined;
});

async function open(locale: string | undefined, text: readonly string[]): Promise<TestEditor> {
  editor = await TestEditor.open({
    initialize: {
      ...(locale === undefined ? {} : { locale }),
      initializationOptions: { lacunaClient: true },
    },
  });
  await editor.openDocument(uri, 'typescript', ['// vorher', ...text, '// nachher', ''].join('\n'));
  return editor;
}

/** A change of ours, which theirs does not touch. */
const changes = marked({ base: ['const a = 1;'], ours: ['const a = 2;'], theirs: ['const a = 1;', 'x();'] });
const place = { textDocument: { uri }, position: { line: 1, character: 0 } };

/** All that is said of one conflict. */
async function saidOfConflict(of: TestEditor): Promise<Record<'hover' | 'lens' | 'fix' | 'list', string>> {
  const ask = of.connection;
  const found = await ask.sendRequest<Hover | null>('textDocument/hover', place);
  const lenses = await ask.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  const resolved = await ask.sendRequest<CodeLens>('codeLens/resolve', lenses[0]);
  const range = { start: place.position, end: place.position };
  const fixes = await ask.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
  const all = await ask.sendRequest<ResolutionsResult>(resolutionsRequest, place);
  return {
    hover: (found?.contents as MarkupContent).value,
    lens: [resolved, lenses[1]].map((lens) => lens?.command?.title).join('\n'),
    fix: fixes.map(({ title }) => title).join('\n'),
    list:
      all.kind === 'none' ? all.sentence : all.resolutions.map((one) => `${one.words}. ${one.explanation}`).join('\n'),
  };
}

/** Without the lines in the fence, where names of the sides stand in front, and without the user's own names. */
const prose = (text: string): string => text.replace(/```[\s\S]*```/g, '').replaceAll('Lacuna', '');

describe('a German client', () => {
  it.each([
    ['changes that can be joined', changes],
    ['a clash', marked({ base: ['const a = 1;'], ours: ['const a = 2;'], theirs: ['const a = 3;'] })],
    ['a deletion', marked({ base: ['zahl();'], ours: [], theirs: ['zahl(1);'] })],
    ['additions', marked({ base: [], ours: ['import a from "a";'], theirs: ['import b from "b";'] })],
  ])('hears of %s in German', async (_, conflict) => {
    const inGerman = await saidOfConflict(await open('de', conflict));
    for (const [where, said] of Object.entries(inGerman)) expect(prose(said), where).not.toMatch(english);
    await editor?.shutDown();
    editor?.connection.dispose();
    const spoken = await saidOfConflict(await open('en', conflict));
    for (const [where, said] of Object.entries(spoken)) expect(prose(said), where).toMatch(english);
    // What the file holds stays as it is.
    expect(/```[\s\S]*```/.exec(inGerman.hover)?.[0]).toBe(/```[\s\S]*```/.exec(spoken.hover)?.[0]);
  });

  it('is told which side is which, and what a title does', async () => {
    const { lens, fix, hover } = await saidOfConflict(await open('de', changes));
    expect(lens).toMatch(/^Lacuna: .+ \(.*%\).*\nmehr…$/);
    expect(fix).toMatch(/^Lacuna: unsere nehmen \(\d+ %\) · unsere: \S+$/m);
    expect(fix).toMatch(/^Lacuna: Vorschau von „.+“/m);
    expect(fix).toMatch(/^Lacuna: auflösen, was in dieser Datei sicher ist$/m);
    expect(hover).toMatch(/^Unsere Seite ist `.+`, ihre `.+`\.$/m);
  });

  it('hears what is wrong with markers', async () => {
    const { connection } = await open('de', ['<<<<<<< HEAD', 'const a = 1;', '>>>>>>> branch']);
    const sentence = 'Der Konflikt hat keine Trennung zwischen seinen Seiten, darum bleibt er, wie er ist.';
    const found = await connection.sendRequest<Hover | null>('textDocument/hover', place);
    expect((found?.contents as MarkupContent).value).toBe(`**Lacuna**: ${sentence}`);
    const { broken } = await connection.sendRequest<ConflictListResult>(conflictsRequest, { textDocument: { uri } });
    expect(broken).toEqual([{ line: 1, sentence }]);
  });

  it('hears why nothing is suggested, how a suggestion came about, and how the model is', async () => {
    const own = await open('de', ['const summe = ']);
    await own.suggest(uri, { manual: true });
    const explained = await own.connection.sendRequest<Explanation>(explainRequest, {});
    expect([explained.outcome, ...explained.figures].join(' ')).not.toMatch(english);
    expect(explained.outcome).toMatch(/^Vorgeschlagen|^Kein|^Das|^Der|^Rechts/);
    await own.changeSettings({ enable: false });
    await own.suggest(uri);
    expect(own.outcome).toMatchObject({ sentence: 'Vorschläge sind hier ausgeschaltet.' });
    own.model.setState({ kind: 'failed', reason: words('The model file {0} is missing.', 'head.bin') });
    await own.suggest(uri);
    expect(own.statuses).toContainEqual({ kind: 'failed', sentence: 'Die Modelldatei head.bin fehlt.' });
    // The log is for whoever mends it.
    expect(own.log).toContain('The model file head.bin is missing.');
  });

  it('hears why something cannot be done, and what the doctor finds', async () => {
    const { connection } = await open('de', ['const a = 1;']);
    expect(await connection.sendRequest<ResolutionsResult>(resolutionsRequest, place)).toEqual({
      kind: 'none',
      sentence: 'Am Cursor ist kein Konflikt.',
    });
    const elsewhere = await connection.sendRequest<CalibrateResult>(calibrateRequest, { folder: 'vscode-vfs://a' });
    expect(elsewhere.sentence).toBe('Nur ein Repository auf diesem Rechner kann gemessen werden.');
    const closed = { textDocument: { uri: 'file:///work/closed.ts' }, from: 0, count: 1 };
    expect(await connection.sendRequest<CertainResult>(certainResolutionsRequest, closed)).toMatchObject({
      sentence: 'Konflikte werden hier nicht beantwortet.',
    });
    // A request that fails is answered in words too.
    expect(await connection.sendRequest<ResolutionsResult>(resolutionsRequest, {})).toMatchObject({
      sentence: 'Lacuna konnte nicht antworten; das Protokoll sagt mehr.',
    });
    const { lines } = await connection.sendRequest<DoctorReport>(doctorRequest, {});
    expect(lines).toEqual([{ name: 'Modell', value: 'fake', ok: true }]);
  });

  it('need not be our own', async () => {
    editor = await TestEditor.open({ initialize: { locale: 'de_DE.UTF-8', initializationOptions: {} } });
    await editor.openDocument(uri, 'typescript', ['// vorher', ...changes, ''].join('\n'));
    editor.model.setState({ kind: 'failed', reason: words('The model is still loading.') });
    await editor.suggest(uri);
    expect(editor.messages).toEqual(['Lacuna: Das Modell wird noch geladen.']);
    const found = await editor.connection.sendRequest<Hover | null>('textDocument/hover', place);
    expect(prose((found?.contents as MarkupContent).value)).not.toMatch(english);
  });
});

describe('the language of a client', () => {
  const said = words('The model is loading.');
  it.each([
    ['de', 'Das Modell wird geladen.'],
    ['de-AT', 'Das Modell wird geladen.'],
    ['DE', 'Das Modell wird geladen.'],
    ['de_DE.UTF-8', 'Das Modell wird geladen.'],
    ['en', 'The model is loading.'],
    ['en-us', 'The model is loading.'],
    ['fr', 'The model is loading.'],
    ['deutsch', 'The model is loading.'],
    ['C', 'The model is loading.'],
    ['../de', 'The model is loading.'],
    ['', 'The model is loading.'],
    [undefined, 'The model is loading.'],
  ])('%s', (locale, expected) => expect(sayIn(locale, 'l10n', silent)(said)).toBe(expected));

  it('is English where the bundle is broken, and the log says so', () => {
    const logged: string[] = [];
    const logger = { ...silent, warn: (message: string) => void logged.push(message) };
    // A folder is no file that can be read.
    expect(sayIn('de', 'server/test/fixtures/l10n', logger)(said)).toBe('The model is loading.');
    expect(logged.join()).toContain('bundle.l10n.de.json cannot be read');
  });
});

describe('single sentences', () => {
  const say = (one: Words): string => sayIn('de', 'l10n', silent)(one);
  const attributions = [
    { reason: reasonFrom('edits', true), weight: 2 },
    { reason: reasonFrom('names', false), weight: -1 },
  ];
  const name = (isRest: boolean): Words => kindOfHole({ isRest } as never, 'while (');

  it.each([
    [
      explain(
        { source: 'token', pattern: 'ours', parts: [] },
        {
          text: '',
          pieces: [],
          parses: false,
          confidence: 0.5,
          attributions,
          refusal: undefined,
          isSettled: false,
          isSpelledAnew: false,
          renames: [],
          misfit: undefined,
        },
      ),
      'Vereinigt beide Änderungen; wo sie sich treffen: nimmt unsere. Vom Konflikt bleibt nichts. ' +
        'Dafür spricht: was die Seiten geändert haben, bleibt erhalten. ' +
        'Dagegen spricht: die Umgebung kennt ihre Namen weniger als andere. Es bleibt ein Syntaxfehler, den keine Seite hat.',
    ],
    [
      explainHole(name(false), [{ start: 0, end: 3, logProbability: Math.log(0.25) } as never], 'of: the. {0} And'),
      'Ihnen überlassen: Bedingung. Das Modell würde „of: the. {0} And“ schreiben und hält das zu 25 % für wahrscheinlich.',
    ],
    [
      explainHole(name(false), [{ start: 0, end: 3, logProbability: Math.log(0.025) } as never], 'x'),
      'Ihnen überlassen: Bedingung. Das Modell würde „x“ schreiben und hält das zu 2,5 % für wahrscheinlich.',
    ],
    [explainHole(name(true), [], ''), 'Ihnen überlassen: Rest der Zeile.'],
    [
      explainOfferGuarantee(
        { level: 0, lines: 100, offered: 80, missed: 9, source: { lines: 100 }, languages: ['go'] },
        'lua',
        { epsilon: 0.3, delta: 0.1 },
      ),
      'Von Vorschlägen mit Lücken sind außerhalb der Lücken mindestens 70 % richtig, mit 90 % Sicherheit, bei Zeilen wie den ' +
        'gemessenen: von 80, die angeboten worden wären, waren 9 falsch (gemessen an 100 Zeilen, die Ihre eigenen Commits hinzugefügt haben). Keine dieser Zeilen war in dieser Sprache.',
    ],
    [
      words('The model stopped unexpectedly ({0}) and is started again.', asIs('a bug')),
      'Das Modell ist unerwartet stehen geblieben (a bug) und wird neu gestartet.',
    ],
  ])('%o', (said, expected) => {
    expect(say(said)).toBe(expected);
    expect(inEnglish(said)).not.toBe(expected);
  });

  it('the promise of the model that ships', () => {
    const calibration = JSON.parse(readFileSync('models/lacuna-0.5b/holes/calibration.json', 'utf8')) as {
      source: { lines: number; repositories: number };
    };
    const said = explainOfferGuarantee(
      { level: 0, lines: 1077, offered: 80, missed: 9, source: calibration.source },
      'go',
      { epsilon: 0.3, delta: 0.1 },
    );
    expect(say(said)).not.toMatch(english);
    expect(inEnglish(said)).toContain('measured on 1077 lines that commits added to 27 public repositories');
  });
});
