// What is counted, and how: numbers by day, never a text. Data in, data out.

/** Upper ends of the classes of waiting times, in milliseconds; a last class holds the rest. */
const latencyClasses = [25, 50, 100, 150, 200, 300, 400, 600, 800, 1_200, 2_000, 3_000] as const;

/** Classes of probability: tenths. */
export const TENTHS = 10;

export interface Tenth {
  readonly shown: number;
  readonly kept: number;
}

export interface DayCounts {
  readonly shown: number;
  readonly accepted: number;
  /** Accepted, and still there as they were after half a minute. */
  readonly kept: number;
  /** Characters of accepted suggestions, and the milliseconds that the user would have typed at them. */
  readonly characters: number;
  readonly savedMs: number;
  /** Of suggestions that were computed, by class. */
  readonly latencies: readonly number[];
  /** By the probability that a suggestion was shown with. */
  readonly tenths: readonly Tenth[];
}

/** By day, as 2030-01-31, in the user's own time. */
export type Days = Readonly<Record<string, DayCounts>>;

export type Event =
  | { readonly kind: 'shown'; readonly probability: number }
  | { readonly kind: 'waited'; readonly ms: number }
  | { readonly kind: 'accepted'; readonly characters: number; readonly msPerCharacter: number }
  | { readonly kind: 'kept'; readonly probability: number };

export const noCounts: DayCounts = {
  shown: 0,
  accepted: 0,
  kept: 0,
  characters: 0,
  savedMs: 0,
  latencies: Array.from({ length: latencyClasses.length + 1 }, () => 0),
  tenths: Array.from({ length: TENTHS }, () => ({ shown: 0, kept: 0 })),
};

export function count(days: Days, day: string, event: Event): Days {
  const before = days[day] ?? noCounts;
  return { ...days, [day]: counted(before, event) };
}

function counted(before: DayCounts, event: Event): DayCounts {
  switch (event.kind) {
    case 'shown':
      return {
        ...before,
        shown: before.shown + 1,
        tenths: changed(before.tenths, tenthOf(event.probability), (tenth) => ({ ...tenth, shown: tenth.shown + 1 })),
      };
    case 'waited': {
      const found = latencyClasses.findIndex((end) => event.ms <= end);
      const at = found === -1 ? latencyClasses.length : found;
      return { ...before, latencies: changed(before.latencies, at, (number) => number + 1) };
    }
    case 'accepted':
      return {
        ...before,
        accepted: before.accepted + 1,
        characters: before.characters + event.characters,
        savedMs: before.savedMs + event.characters * event.msPerCharacter,
      };
    case 'kept':
      return {
        ...before,
        kept: before.kept + 1,
        tenths: changed(before.tenths, tenthOf(event.probability), (tenth) => ({ ...tenth, kept: tenth.kept + 1 })),
      };
  }
}

export function tenthOf(probability: number): number {
  return Math.min(TENTHS - 1, Math.max(0, Math.floor(probability * TENTHS)));
}

function changed<Item>(list: readonly Item[], at: number, change: (item: Item) => Item): Item[] {
  return list.map((item, index) => (index === at ? change(item) : item));
}

export function sumOfDays(days: readonly DayCounts[]): DayCounts {
  return days.reduce(add, noCounts);
}

function add(a: DayCounts, b: DayCounts): DayCounts {
  return {
    shown: a.shown + b.shown,
    accepted: a.accepted + b.accepted,
    kept: a.kept + b.kept,
    characters: a.characters + b.characters,
    savedMs: a.savedMs + b.savedMs,
    latencies: a.latencies.map((number, index) => number + b.latencies[index]!),
    tenths: a.tenths.map(({ shown, kept }, index) => ({
      shown: shown + b.tenths[index]!.shown,
      kept: kept + b.tenths[index]!.kept,
    })),
  };
}

/** Counts of several windows, which each keep their own. */
export function join(all: readonly Days[]): Days {
  const joined: Record<string, DayCounts> = {};
  for (const days of all)
    for (const [day, counts] of Object.entries(days)) joined[day] = add(joined[day] ?? noCounts, counts);
  return joined;
}

/** Below which waiting time a share of the answers was: the end of the class that it falls into; undefined without any. */
export function latencyAt({ latencies }: DayCounts, share: number): number | undefined {
  const all = latencies.reduce((sum, number) => sum + number, 0);
  if (all === 0) return undefined;
  let below = 0;
  const at = latencies.findIndex((number) => (below += number) >= share * all);
  return latencyClasses[at] ?? latencyClasses.at(-1)!;
}

/** Takes what is sound of a file; undefined where it is none of ours. */
export function readDays(text: string): Days | undefined {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return undefined;
  }
  const days = (file as { days?: unknown } | null)?.days;
  if (typeof days !== 'object' || days === null) return undefined;
  return Object.fromEntries(
    Object.entries(days as Record<string, unknown>).filter(
      (entry): entry is [string, DayCounts] => /^\d{4}-\d\d-\d\d$/.test(entry[0]) && isCounts(entry[1]),
    ),
  );
}

function isCounts(value: unknown): value is DayCounts {
  const counts = value as Partial<DayCounts> | null;
  const isNumber = (number: unknown): boolean => typeof number === 'number' && Number.isFinite(number) && number >= 0;
  return (
    counts !== null &&
    [counts.shown, counts.accepted, counts.kept, counts.characters, counts.savedMs].every(isNumber) &&
    counts.latencies?.length === latencyClasses.length + 1 &&
    counts.latencies.every(isNumber) &&
    counts.tenths?.length === TENTHS &&
    counts.tenths.every((tenth) => isNumber(tenth.shown) && isNumber(tenth.kept))
  );
}

/** A day of the user's own calendar. */
export function dayOf(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
