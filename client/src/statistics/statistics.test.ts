import { describe, expect, it } from 'vitest';
import { LEAST_SHOWN, ownThreshold, risingRates } from './ownThreshold.js';
import {
  count,
  dayOf,
  join,
  latencyAt,
  noCounts,
  readDays,
  sumOfDays,
  tenthOf,
  type Days,
  type Event,
  type Tenth,
} from './statisticsData.js';
import { statisticsPage } from './statisticsPage.js';
import { isSame, isSameEnd, moved, msPerCharacter, typed, type Pace } from './statisticsWatch.js';

const day = '2030-01-31';
const counted = (...events: Event[]): Days => events.reduce((days, event) => count(days, day, event), {} as Days);

describe('counting', () => {
  it('adds up a day', () => {
    const days = counted(
      { kind: 'shown', probability: 0.72 },
      { kind: 'shown', probability: 0.79 },
      { kind: 'waited', ms: 120 },
      { kind: 'accepted', characters: 12, msPerCharacter: 150 },
      { kind: 'kept', probability: 0.72 },
    );
    expect(days[day]).toMatchObject({ shown: 2, accepted: 1, kept: 1, characters: 12, savedMs: 1_800 });
    expect(days[day]!.tenths[7]).toEqual({ shown: 2, kept: 1 });
  });

  it.each([
    [0, 0],
    [0.0999, 0],
    [0.5, 5],
    [1, 9],
  ])('probability %f is in tenth %i', (probability, tenth) => expect(tenthOf(probability)).toBe(tenth));

  it('joins the counts of several windows', () => {
    const joined = join([
      counted({ kind: 'shown', probability: 0.5 }),
      counted({ kind: 'shown', probability: 0.6 }),
      {},
    ]);
    expect(joined[day]!.shown).toBe(2);
    expect(sumOfDays(Object.values(joined)).tenths.map(({ shown }) => shown)).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 0]);
  });

  it('knows below which time a share of the answers was', () => {
    const waits = [10, 20, 90, 140, 900].map((ms): Event => ({ kind: 'waited', ms }));
    const counts = counted(...waits)[day]!;
    expect(latencyAt(counts, 0.5)).toBe(100);
    expect(latencyAt(counts, 0.95)).toBe(1_200);
    expect(latencyAt(noCounts, 0.5)).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['half a file', '{"version":1,"days":{"2030-01-3'],
    ['something else', '[]'],
    ['null', 'null'],
  ])('reads nothing of %s', (_name, text) => expect(readDays(text)).toBeUndefined());

  it('reads what is sound of a file and leaves the rest', () => {
    const sound = counted({ kind: 'shown', probability: 0.5 });
    const file = { days: { ...sound, '2030-02-01': { ...noCounts, shown: -1 }, __proto__x: noCounts, x: 1 } };
    expect(readDays(JSON.stringify(file))).toEqual(sound);
  });

  it('takes the day of the user’s own calendar, wherever the clock jumps', () => {
    expect(dayOf(new Date(2030, 0, 31, 23, 59))).toBe('2030-01-31');
    expect(dayOf(new Date(2030, 1, 1, 0, 0))).toBe('2030-02-01');
  });
});

describe('what becomes of a suggestion', () => {
  it('one that is typed along is the same one', () => {
    const first = { uri: 'a', line: 3, whole: 'const a = 1;' };
    expect(isSame(first, { ...first })).toBe(true);
    expect(isSame(first, { ...first, line: 4 })).toBe(false);
    expect(isSame(undefined, first)).toBe(false);
  });

  it('one that was cycled to is told from the first, and a line from the same with holes', () => {
    const first = { position: { line: 3, character: 12 }, probability: 0.8 };
    const second = { position: { line: 3, character: 14 }, probability: 0.1 };
    expect([first, second].findIndex((one) => isSameEnd(one, { ...second }))).toBe(1);
    expect(isSameEnd({ ...first, holes: {} }, first)).toBe(false);
    expect(isSameEnd(first, undefined)).toBe(false);
  });

  it.each([
    ['behind it', { offset: 20, removed: 5, inserted: 1 }, 10],
    ['at it', { offset: 10, removed: 1, inserted: 0 }, 10],
    ['in front of it', { offset: 2, removed: 3, inserted: 10 }, 17],
    ['over its beginning', { offset: 8, removed: 5, inserted: 0 }, 8],
  ])('a place follows a change %s', (_name, change, expected) => expect(moved(10, change)).toBe(expected));

  it('a pace is that of typing, not of thinking', () => {
    let pace: Pace = { count: 0, ms: 0 };
    expect(msPerCharacter(pace)).toBe(200);
    for (let key = 0; key < 100; key++) pace = typed(pace, key % 2 === 0 ? 100 : 5_000);
    expect(msPerCharacter(pace)).toBe(100);
    // A clock that was put back.
    expect(typed(pace, -50)).toBe(pace);
  });
});

describe('the threshold of the user', () => {
  const tenths = (...rows: readonly (readonly [shown: number, kept: number])[]): Tenth[] =>
    rows.map(([shown, kept]) => ({ shown, kept }));
  const typical = tenths(
    [0, 0],
    [50, 2],
    [80, 8],
    [80, 14],
    [80, 20],
    [80, 30],
    [80, 40],
    [80, 50],
    [80, 60],
    [80, 75],
  );

  it('is where enough was kept', () => {
    expect(ownThreshold(typical, 'balanced')).toEqual({ kind: 'measured', probability: 0.4 });
    expect(ownThreshold(typical, 'eager')).toEqual({ kind: 'measured', probability: 0.2 });
    expect(ownThreshold(typical, 'quiet')).toEqual({ kind: 'measured', probability: 0.5 });
  });

  it('is not known from a few', () => {
    const few = tenths([0, 0], [LEAST_SHOWN - 1, 0], ...Array.from({ length: 8 }, () => [0, 0] as const));
    expect(ownThreshold(few, 'balanced').kind).toBe('tooFew');
  });

  it('of a user who takes nothing leaves only what is nearly sure', () => {
    const never = tenths(...Array.from({ length: 10 }, () => [100, 0] as const));
    expect(ownThreshold(never, 'balanced')).toEqual({ kind: 'measured', probability: 0.9 });
  });

  it('rates rise, whatever chance does', () => {
    const rates = risingRates(
      tenths([10, 5], [10, 1], [0, 0], [10, 4], [10, 3], [10, 9], [0, 0], [0, 0], [10, 8], [10, 10]),
    );
    for (const [at, rate] of rates.entries()) expect(rate).toBeGreaterThanOrEqual(rates[at - 1] ?? 0);
    expect(rates).toHaveLength(10);
  });
});

describe('the page', () => {
  const options = {
    certainty: 'balanced',
    isRecalibrated: false,
    commands: { reset: 'a.reset', save: 'a.save', settings: 'a.settings' },
  };

  it('has every number as text, a plot with a name for each, and no script', () => {
    const days = counted(
      { kind: 'shown', probability: 0.8 },
      { kind: 'waited', ms: 120 },
      { kind: 'accepted', characters: 30, msPerCharacter: 4_000 },
      { kind: 'kept', probability: 0.8 },
    );
    const page = statisticsPage(days, options);
    expect(page.match(/<svg role="img" aria-label="[^"]+"/g)).toHaveLength(3);
    expect(page).toContain('<td>1 (100 %)</td>');
    expect(page).toContain('2 minutes');
    expect(page).toContain('href="command:a.reset"');
    expect(page).not.toMatch(/<script|\son\w+=/);
    expect(page).not.toContain('NaN');
  });

  it('of a new user says that there is nothing yet', () => {
    expect(statisticsPage({}, options)).toContain('Nothing has been shown yet.');
  });
});
