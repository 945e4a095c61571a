// What the server really says of conflicts, holes and a failing model, put into German by the client: no English is left.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import { hoverInUsersWords, inUsersWords } from '../../client/src/l10n/serverWords.js';
import { inEnglish, speak } from '../../client/src/l10n/words.js';
import { explain } from '../src/merge/explain/explain.js';
import { reasonFrom } from '../src/merge/ranking/attributionWords.js';
import { explainHole, explainOfferGuarantee } from '../src/partial/show/explain.js';
import { sourceOfAddedLines } from '../src/measure/gitHistory.js';
import { marked } from './support/conflictText.js';
import { TestEditor } from './support/TestEditor.js';

const german = JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8')) as Record<string, string>;
beforeEach(() => speak((message, ...values) => inEnglish(german[message] ?? message, ...values)));
afterEach(() => speak(inEnglish));

/** Words of English sentences that are no German ones. */
const english =
  /\b(the|of|and|is|are|it|its|with|takes?|both|joins?|lines?|for|against|otherwise|model|holes?|right|wrong|what|left|has|sides?)\b/i;

describe('hovers of conflicts', () => {
  const uri = 'file:///work/src/list.ts';
  const hoverOf = async (conflict: readonly string[]): Promise<string> => {
    const editor = await TestEditor.open();
    await editor.openDocument(uri, 'typescript', ['// vorher', ...conflict, '// nachher', ''].join('\n'));
    const found = await editor.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 0 },
    });
    await editor.shutDown();
    editor.connection.dispose();
    return (found?.contents as MarkupContent).value;
  };
  /** Without the lines in the fence, where names of the sides stand in front. */
  const prose = (markdown: string): string => markdown.replace(/```[\s\S]*```/g, '');

  it.each([
    [
      'changes that can be joined',
      { base: ['const a = 1;'], ours: ['const a = 2;'], theirs: ['const a = 1;', 'x();'] },
    ],
    ['a clash', { base: ['const a = 1;'], ours: ['const a = 2;'], theirs: ['const a = 3;'] }],
    ['a deletion', { base: ['zahl();'], ours: [], theirs: ['zahl(1);'] }],
    ['additions', { base: [], ours: ['import a from "a";'], theirs: ['import b from "b";'] }],
  ])('%s', async (_, sides) => {
    const said = await hoverOf(marked(sides));
    expect(prose(said)).toMatch(english);
    const put = hoverInUsersWords(said);
    expect(prose(put)).not.toMatch(english);
    // What the file holds stays as it is.
    expect(/```[\s\S]*```/.exec(put)?.[0]).toBe(/```[\s\S]*```/.exec(said)?.[0]);
  });

  it('markers that make no conflict', async () => {
    const said = await hoverOf(['<<<<<<< HEAD', 'const a = 1;', '>>>>>>> branch']);
    expect(hoverInUsersWords(said)).toBe(
      '**Lacuna**: Der Konflikt hat keine Trennung zwischen seinen Seiten, darum bleibt er, wie er ist.',
    );
  });

  it('keeps English as it is', async () => {
    speak(inEnglish);
    const said = await hoverOf(marked({ base: ['a();'], ours: ['b();'], theirs: ['c();'] }));
    expect(hoverInUsersWords(said)).toBe(said);
  });
});

describe('single sentences', () => {
  const attributions = [
    { reason: reasonFrom('edits', true), weight: 2 },
    { reason: reasonFrom('names', false), weight: -1 },
  ];
  const explained = (text: string, parses?: boolean): string =>
    explain(
      { source: 'token', pattern: 'ours', parts: [] },
      { text, pieces: [], parses, confidence: 0.5, attributions, refusal: undefined, isSpelledAnew: false },
    );

  it.each([
    [
      explained('', false),
      'Vereinigt beide Änderungen; wo sie sich treffen: nimmt unsere. Vom Konflikt bleibt nichts. ' +
        'Dafür spricht: was die Seiten geändert haben, bleibt erhalten. ' +
        'Dagegen spricht: die Umgebung kennt ihre Namen weniger als andere. Es bleibt ein Syntaxfehler, den keine Seite hat.',
    ],
  ])('%s', (said, expected) => expect(hoverInUsersWords(said)).toBe(expected));

  it.each([
    [
      explainHole('named argument', [{ start: 0, end: 3, logProbability: Math.log(0.25) } as never], 'of: the. And'),
      'Ihnen überlassen: benanntes Argument. Das Modell würde „of: the. And“ schreiben und hält das zu 25 % für wahrscheinlich.',
    ],
    [explainHole('rest of the line', [], ''), 'Ihnen überlassen: Rest der Zeile.'],
    [
      explainOfferGuarantee(
        { level: 0, lines: 100, offered: 80, missed: 9, source: sourceOfAddedLines(100) },
        { epsilon: 0.3, delta: 0.1 },
      ),
      'Von Vorschlägen mit Lücken sind außerhalb der Lücken mindestens 70 % richtig, mit 90 % Sicherheit, bei Zeilen wie den ' +
        'gemessenen: von 80, die angeboten worden wären, waren 9 falsch (gemessen an 100 Zeilen, die Ihre eigenen Commits hinzugefügt haben).',
    ],
    ['The model file C:\\m\\head.bin is missing.', 'Die Modelldatei C:\\m\\head.bin fehlt.'],
    [
      'The model stopped unexpectedly (a bug) and is started again.',
      'Das Modell ist unerwartet stehen geblieben (a bug) und wird neu gestartet.',
    ],
    // What is not known stays as it is.
    ['Something new of the server.', 'Something new of the server.'],
  ])('%s', (said, expected) => expect(inUsersWords(said)).toBe(expected));

  it('the promise of the model that ships', () => {
    const calibration = JSON.parse(readFileSync('models/lacuna-0.5b/holes/calibration.json', 'utf8')) as {
      source: string;
    };
    const said = explainOfferGuarantee(
      { level: 0, lines: 960, offered: 80, missed: 9, source: calibration.source },
      { epsilon: 0.3, delta: 0.1 },
    );
    expect(inUsersWords(said)).not.toMatch(english);
  });
});
