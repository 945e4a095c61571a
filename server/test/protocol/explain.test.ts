import { afterEach, describe, expect, it } from 'vitest';
import { explainRequest, type Explanation } from '../../src/protocol/messages.js';
import { FakeModel } from '../support/fakeModel.js';
import { TestEditor } from '../support/TestEditor.js';

const uri = 'file:///work/src/cart.ts';
const before = 'function sum(a: number[]) {\n  let total = 0;\n  ';

let editor: TestEditor;
const open = async (model: FakeModel, locale = 'en'): Promise<void> => {
  editor = await TestEditor.open({ model, initialize: { locale } });
  await editor.openDocument(uri, 'typescript', before);
};
const explain = (): Promise<Explanation | null> => editor.connection.sendRequest(explainRequest, {});
afterEach(async () => {
  await editor.shutDown();
  editor.connection.dispose();
});

describe('explaining the last suggestion', () => {
  it('has nothing to say before one was asked for', async () => {
    await open(new FakeModel());
    expect(await explain()).toBeNull();
  });

  it('tells of its tokens and what they cost', async () => {
    await open(new FakeModel({ script: 'return total;' }));
    await editor.suggest(uri);
    const explanation = await explain();
    expect(explanation?.outcome).toMatch(/^Suggested, with a probability of \d+ %/);
    expect(explanation?.tokens.map(({ text }) => text).join('')).toContain('return total;');
    expect(explanation?.tokens[0]).toMatchObject({ probability: 0.9, layers: 24 });
    expect(explanation?.figures[1]).toMatch(/ms in all/);
  });

  it('tells why there was none, and of what', async () => {
    await open(new FakeModel({ script: { text: 'return total;', probability: 0.1 } }));
    expect(await editor.suggest(uri)).toHaveLength(0);
    const explanation = await explain();
    expect(explanation?.outcome).toBe('No suggestion was likely enough.');
    expect(explanation?.tokens.length).toBeGreaterThan(0);
  });
});

describe('what a probability is worth', () => {
  const calibration = { lines: 150, source: 'commits', date: '2026-11-30' } as const;

  it.each([
    ['en', undefined, 'The probability is not calibrated.'],
    ['de', undefined, 'Die Wahrscheinlichkeit ist nicht kalibriert.'],
    ['en', calibration, 'The probability is calibrated on 150 lines of your own commits on 2026-11-30.'],
    ['de', calibration, 'Die Wahrscheinlichkeit ist kalibriert an 150 Zeilen Ihrer eigenen Commits am 2026-11-30.'],
  ])('is said in %s', async (locale, known, sentence) => {
    const state = { kind: 'ready', loadMs: 1, name: 'fake', ...(known && { calibration: known }) } as const;
    await open(new FakeModel({ script: 'return total;', state }), locale);
    await editor.suggest(uri);
    expect((await explain())?.figures).toContain(sentence);
  });
});

describe('certainty', () => {
  const thresholds = {
    eager: { shown: 0.1, earlyStopBelow: 0.05 },
    balanced: { shown: 0.3, earlyStopBelow: 0.2 },
    quiet: { shown: 0.6, earlyStopBelow: 0.4 },
  };

  it('comes from the model, by the word of the setting; what is asked for by hand is computed to its end', async () => {
    const state = { kind: 'ready', loadMs: 1, name: 'fake', thresholds } as const;
    await open(new FakeModel({ script: 'return total;', state }));
    await editor.suggest(uri);
    expect(editor.model.lastRequest).toMatchObject({ earlyStopBelow: 0.2, exits: 'exact' });
    await editor.changeSettings({ certainty: 'quiet', exits: 'certified' });
    await editor.suggest(uri, { manual: true });
    expect(editor.model.lastRequest).toMatchObject({ earlyStopBelow: 0, exits: 'certified' });
  });

  it('a line that was given up is not shown, and the status says so', async () => {
    await open(new FakeModel({ script: { text: 'return', finish: 'earlyStop' } }));
    expect(await editor.suggest(uri)).toHaveLength(0);
    expect(editor.outcome).toMatchObject({
      kind: 'nothing',
      sentence: expect.stringMatching(/probably have been wrong/) as string,
    });
  });
});
