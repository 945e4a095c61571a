import { describe, expect, it } from 'vitest';
import { openSyntax } from '../../../test/support/openSyntax.js';
import { chooseContext, type ContextFile, type ContextPlace } from './index.js';

const syntax = openSyntax();

const place: ContextPlace = {
  path: 'src/checkout.ts',
  languageId: 'typescript',
  prefix: "import { Basket } from './basket';\n\nexport function pay(basket: Basket) {\n  const total = basket.",
  suffix: '}\n',
  before: '',
  after: '',
};

const file = (path: string, text: string): ContextFile => ({
  path,
  languageId: path.endsWith('.ts') ? 'typescript' : 'plaintext',
  text,
  relation: 'other',
});

const basket = file(
  'src/basket.ts',
  [
    '/** What a customer is about to buy. */',
    'export class Basket {',
    '  private readonly lines: Line[] = [];',
    ...Array.from({ length: 40 }, (_, i) => `  // Remark ${i}, which tells nothing of what is called.`),
    '  totalInCents(discount: number): number {',
    '    return this.lines.reduce((sum, line) => sum + line.cents, 0) - discount;',
    '  }',
    '}',
  ].join('\n'),
);
const weather = file('src/weather.ts', 'export function forecast(city: string) {\n  return fetchSky(city);\n}\n');
const notes = file('notes.txt', 'The basket of a customer and its total.\n');

const choose = (files: readonly ContextFile[], budget = 1200, at = place, previous = [] as const) =>
  chooseContext(at, files, [], syntax, { budget, previous });

describe('chooseContext', () => {
  it('shows a type by its signatures where its lines are far apart', async () => {
    const chosen = await choose([weather, basket], 300);
    const outline = chosen.find(({ kind }) => kind === 'outline');
    expect(outline?.path).toBe('src/basket.ts');
    expect(outline?.text).toContain('// What a customer is about to buy.');
    expect(outline?.text).toContain('totalInCents(discount: number): number');
    expect(outline?.text).not.toContain('reduce');
  });

  it('leaves out what shares no name, and puts the best last', async () => {
    const chosen = await choose([notes, basket, weather]);
    expect(chosen.map(({ path }) => path)).not.toContain('src/weather.ts');
    const scores = chosen.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
  });

  it.each([0, 60, 200, 400, 1200])('stays within a budget of %i', async (budget) => {
    const chosen = await choose([basket, notes, weather], budget);
    const length = chosen.reduce((sum, { path, text }) => sum + path.length + text.length, 0);
    expect(length).toBeLessThanOrEqual(budget);
  });

  it('finds what stands far above in the same file', async () => {
    const before = `${'const filler = 1;\n'.repeat(50)}function basketTotal(basket: Basket) {\n  return 1;\n}\n`;
    const chosen = await choose([], 1200, { ...place, before });
    expect(chosen.map(({ text }) => text).join('\n')).toContain('function basketTotal');
    expect(chosen.every(({ path }) => path === place.path)).toBe(true);
  });

  it('shows no lines twice', async () => {
    const repeated = file('src/again.txt', 'const total = basket.sum();\n'.repeat(30));
    const chosen = await choose([repeated], 10_000);
    expect(chosen.reduce((sum, { text }) => sum + text.split('\n').length, 0)).toBeLessThanOrEqual(31);
  });

  it.each([
    ['nothing', ''],
    ['one endless line', 'basket '.repeat(100_000)],
    ['NUL and lone surrogates', '\0basket \ud800 basket'],
    ['broken code', 'class Basket { total( { ] ) basket'],
  ])('survives %s', async (_name, text) => {
    expect(await choose([file('src/odd.ts', text), basket])).toBeDefined();
  });

  it('shows where a name is defined that the definition does not hold, and keeps it', async () => {
    const { prefix } = place;
    const unnamed = {
      ...place,
      prefix: prefix.replace("import { Basket } from './basket';", '').replace(': Basket', ''),
    };
    const sky = { ...weather, defines: [{ name: 'basket', line: 1 }] };
    const paths = async (files: readonly ContextFile[]): Promise<readonly string[]> =>
      (await choose(files, 1200, unnamed)).map((part) => part.path);
    expect(await paths([weather, notes])).toEqual(['notes.txt']);
    expect(await paths([sky, notes])).toContain('src/weather.ts');
    const first = await choose([sky], 1200, unnamed);
    const again = await chooseContext(unnamed, [sky], [], syntax, { budget: 1200, previous: first });
    expect(again).toBe(first);
  });

  it('keeps what was chosen while it is nearly as good, in the same order', async () => {
    const first = await choose([basket, notes, weather]);
    const typed = { ...place, prefix: `${place.prefix}totalInCents(` };
    expect(await chooseContext(typed, [basket, notes, weather], [], syntax, { budget: 1200, previous: first })).toBe(
      first,
    );
  });

  it('changes what was chosen where the cursor has gone to something else', async () => {
    const first = await choose([basket, notes, weather]);
    const elsewhere = { ...place, prefix: 'const sky = forecast(city);\nfetchSky(', suffix: '' };
    const second = await chooseContext(elsewhere, [basket, notes, weather], [], syntax, {
      budget: 1200,
      previous: first,
    });
    expect(second.map(({ path }) => path)).toContain('src/weather.ts');
  });
});
