import { describe, expect, it } from 'vitest';
import { calibrationWith, madeUpScore } from '../../test/support/holeKnowledge.js';
import { openSyntax } from '../../test/support/openSyntax.js';
import { continuationOf } from '../../test/support/fakeModel.js';
import { doubt, type OfferOptions } from './chooseOffer.js';
import { offerGuaranteeFor } from './guarantee/offerGuarantee.js';
import { inEnglish } from '../common/words.js';

const syntax = openSyntax();

/** `text` with the pieces between «» unlikely. */
async function offer(languageId: string, place: string, text: string, changes: Partial<OfferOptions> = {}) {
  const [prefix = '', suffix = ''] = place.split('ˇ');
  const pieces = text.split(/[«»]/);
  const { tokens } = continuationOf({
    text: pieces.join(''),
    pieces,
    probability: [...pieces.map((_, index) => (index % 2 === 0 ? 0.9 : 0.1)), 0.9],
  });
  const completion = { languageId, prefix, suffix, text: pieces.join(''), tokens };
  const doubted = await doubt(completion, {
    syntax,
    score: madeUpScore,
    calibrations: [calibrationWith(100, 5)],
    holes: 2,
    epsilon: 0.2,
    delta: 0.1,
    key: 'file:///a#holes',
    ...changes,
  });
  try {
    return await doubted?.offer([]);
  } finally {
    doubted?.release();
  }
}

/** One line of each language, with a part that is unsure. */
const lines: readonly (readonly [language: string, place: string, text: string, expected: string])[] = [
  ['typescript', 'function f(a: number) {\n  ˇ\n}\n', 'return total(a, «count»);', 'return total(a, ⟨argument⟩);'],
  ['typescriptreact', 'const a = (\n  ˇ\n);\n', '<Row name={«value»} />', '<Row name={⟨name⟩} />'],
  ['javascript', 'function f(a) {\n  ˇ\n}\n', 'return total(a, «count»);', 'return total(a, ⟨argument⟩);'],
  ['javascriptreact', 'function f(a) {\n  ˇ\n}\n', 'return total(a, «count»);', 'return total(a, ⟨argument⟩);'],
  ['python', 'def f(a):\n    ˇ\n', 'return total(a, «count»)', 'return total(a, ⟨argument⟩)'],
  ['java', 'class A {\n  int f(int a) {\n    ˇ\n  }\n}\n', 'return total(a, «count»);', 'return total(a, ⟨argument⟩);'],
  [
    'csharp',
    'class A {\n  int F(int a) {\n    ˇ\n  }\n}\n',
    'return Total(a, «count»);',
    'return Total(a, ⟨argument⟩);',
  ],
  ['go', 'package a\n\nfunc f(a int) int {\n\tˇ\n}\n', 'return total(a, «count»)', 'return total(a, ⟨argument⟩)'],
];

describe('what the editor offers', () => {
  it.each(lines)('has a hole where it is unsure, in %s', async (language, place, text, expected) => {
    const found = await offer(language, place, text);
    expect(found?.text).toBe(expected);
    expect(found?.holes).toHaveLength(1);
    const [hole] = found!.holes;
    expect(found!.text.slice(hole!.range.start, hole!.range.end)).toBe(`⟨${inEnglish(hole!.kind)}⟩`);
    expect(inEnglish(hole!.reason)).toMatch(/is left to you: the model would write “\w+” and gives it 10 %/);
    expect(found?.choices).toEqual([[expect.stringMatching(/^\w+$/)]]);
    expect(inEnglish(found!.sentence)).toContain('at least 80 % are right outside of them');
  });

  it('has as many holes as allowed', async () => {
    const place = 'function f(a) {\n  ˇ\n}\n';
    const text = 'return total(«first», a, «second»);';
    expect((await offer('javascript', place, text))?.text).toBe('return total(⟨argument⟩, a, ⟨argument⟩);');
    expect((await offer('javascript', place, text, { holes: 1 }))?.text).toBe('return total(⟨arguments⟩);');
  });

  it.each([
    ['is the plain line where that is probably right', 'javascript', 'return total(a, count);'],
    ['is nothing in a language without a tree', 'swift', 'return total(a, «count»)'],
    ['is nothing where hardly anything would be left', 'javascript', '«return total(a, count)»;'],
    ['is nothing of several lines', 'javascript', 'return total(a,\n  «count»);'],
    ['is nothing of an empty line', 'javascript', ''],
  ])('%s', async (_name, language, text) => {
    expect(await offer(language, 'function f(a) {\n  ˇ\n}\n', text)).toBeUndefined();
  });

  it('is nothing where nothing can be guaranteed, and takes the first calibration that can', async () => {
    const place = 'function f(a) {\n  ˇ\n}\n';
    const text = 'return total(a, «count»);';
    const few = calibrationWith(3, 0, 'measured on your own lines');
    const wrong = calibrationWith(100, 60);
    expect(await offer('javascript', place, text, { calibrations: [few, wrong] })).toBeUndefined();
    const own = calibrationWith(40, 2, 'measured on your own lines');
    const all = calibrationWith(100, 5, 'measured on all lines');
    expect((await offer('javascript', place, text, { calibrations: [own, all] }))?.guarantee.source).toContain('own');
    expect((await offer('javascript', place, text, { calibrations: [few, all] }))?.guarantee.source).toContain('all');
  });

  it('says where its language was not among those measured', async () => {
    const place = 'function f(a) {\n  ˇ\n}\n';
    const said = async (languages: string[]) => {
      const calibrations = [{ ...calibrationWith(100, 5), languages }];
      return inEnglish(
        (await offer('javascriptreact', place, 'return total(a, «count»);', { calibrations }))!.sentence,
      );
    };
    expect(await said(['java', 'python'])).toMatch(/wrong \(.*\)\. None of these lines was in this language\.$/);
    expect(await said(['java', 'javascript'])).not.toContain('None');
  });

  it('leaves no tree alive but the one that it keeps', async () => {
    await offer('javascript', 'function f(a) {\n  ˇ\n}\n', 'return total(a, «count»);');
    syntax.forget('file:///a#holes');
    expect(syntax.liveTrees).toBe(0);
  });
});

describe('the guarantee', () => {
  it('is the loosest level that the counts allow, tested from the safest down', () => {
    const calibration = calibrationWith(50, 0);
    const group = calibration.groups[0]!;
    // From 0.70 on nothing is missed; below, half of what is offered.
    const misses = group.offered[1]!.map((offered, index) => (index < 20 ? offered / 2 : 0));
    const counted = { ...calibration, groups: [{ ...group, offeredMisses: [misses, misses, misses, misses] }] };
    expect(offerGuaranteeFor([counted], { holes: 2, epsilon: 0.2, delta: 0.1 })).toMatchObject({
      offered: 50,
      missed: 0,
    });
    expect(offerGuaranteeFor([counted], { holes: 2, epsilon: 0.2, delta: 0.1 })?.level).toBeCloseTo(0.7);
    expect(offerGuaranteeFor([counted], { holes: 2, epsilon: 0.01, delta: 0.1 })).toBeUndefined();
  });
});
