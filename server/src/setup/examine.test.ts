// What the doctor says of a machine's speed and of its runtime.

import { describe, expect, it } from 'vitest';
import { FakeModel } from '../../test/support/fakeModel.js';
import type { Generation, GenerateRequest, GenerationTiming, RuntimeProblem } from '../model/index.js';
import { examine } from './examine.js';
import { asIs, inEnglish } from '../common/words.js';

const timing = (changes: Partial<GenerationTiming>): GenerationTiming => ({
  promptTokens: 100,
  cachedTokens: 0,
  queueMs: 0,
  promptMs: 200,
  decodeMs: 0,
  tokens: 0,
  drafted: 0,
  layersPerToken: 0,
  passes: 0,
  exits: {},
  ...changes,
});

/** A model whose every request takes the time that its timing says, cut at what was asked. */
class TimedModel extends FakeModel {
  constructor(private readonly timed: GenerationTiming) {
    super();
  }
  override async generate(request: GenerateRequest, signal: AbortSignal): Promise<Generation> {
    const { continuations } = await super.generate(request, signal);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { continuations, timing: this.timed };
  }
}

interface SaidLine {
  readonly value: string;
  readonly ok: boolean;
  readonly advice: string | undefined;
}

async function lineOf(name: string, timed: GenerationTiming, runtimeProblem?: RuntimeProblem): Promise<SaidLine> {
  const model = new TimedModel(timed);
  const { lines } = await examine(
    {
      lacunaVersion: '0',
      runtimeVersion: '1',
      runtimeProblem,
      modelFolder: '/nowhere',
      grammarFolder: '/nowhere',
      withModel: (work) => work(model),
    },
    new AbortController().signal,
  );
  const line = lines.find((one) => inEnglish(one.name) === name)!;
  return { ...line, value: inEnglish(line.value), advice: line.advice && inEnglish(line.advice) };
}

describe('the speed', () => {
  it.each<[string, Partial<GenerationTiming>, boolean, RegExp]>([
    ['no token was ready in its second', { promptMs: 1_100 }, false, /^no token within 1 s$/],
    ['one token was', { promptMs: 990, decodeMs: 20, tokens: 1 }, false, /no second token within 1 s$/],
    ['tokens came slowly', { tokens: 3, decodeMs: 400 }, false, /200\.0 ms a token$/],
    ['tokens came fast', { tokens: 11, decodeMs: 200 }, true, /^500 prompt tokens\/s, 20\.0 ms a token$/],
    ['the model had nothing to write', { tokens: 1 }, true, /ended its text/],
  ])('%s', async (_, changes, ok, value) => {
    const line = await lineOf('speed', timing(changes));
    expect(line.value).toMatch(value);
    expect([line.ok, line.advice !== undefined]).toEqual([ok, !ok]);
  });
});

describe('the runtime', () => {
  it('is named where this machine cannot load it', async () => {
    const problem = { sentence: asIs('It has no library.'), advice: asIs('Install one.') };
    const line = await lineOf('onnxruntime', timing({ tokens: 2, decodeMs: 1 }), problem);
    expect(line).toMatchObject({
      ok: false,
      value: '1, but not on this machine: It has no library.',
      advice: 'Install one.',
    });
  });
});
