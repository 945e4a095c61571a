import { describe, expect, test } from 'vitest';
import { networkColumns } from './classify.js';
import { sideRelationColumns } from './features/sideRelation.js';
import { certaintyColumns } from './firstAnswer.js';
import { featureColumns } from './features/table.js';
import { sidePreferenceColumns } from './sidePreference.js';
import { poseProblem } from '../candidates/poseProblem.js';
import { createTrainedRanker } from './rank.js';
import { parseRankerDescription } from './rankerDescription.js';
import type { ConflictTexts, RunGraph } from '../types.js';
import { inEnglish, words } from '../../common/words.js';

const columns = [...featureColumns, ...networkColumns].map(({ name }) => name);
const described = {
  encoder: 'encoder.onnx',
  trees: 'trees.onnx',
  sides: null,
  certainty: { graph: 'certainty.onnx', columns: [...certaintyColumns] },
  sequences: 4,
  sequenceLength: 96,
  columns,
  calibration: [
    [0, 0],
    [1, 1],
  ],
  corrections: { code: [0, 1], text: [0, 1] },
  bounds: [],
};
const description = parseRankerDescription({ ranker: described });
const logOdds = (p: number): number => Math.log(p / (1 - p));
const never = new AbortController().signal;
const conflict = {
  ours: 'ours();\n',
  theirs: 'theirs();\n',
  base: 'base();\n',
  before: '',
  after: '',
  languageId: 'typescript',
  path: '',
  others: [],
  siblings: [],
};
const ways = columns.filter((name) => name.startsWith('network.way.')).length;

const scoresOf = (values: readonly number[], rows: number) => ({
  scores: { data: Float32Array.from(values), dims: [rows, values.length / rows] },
});

/** Trees that look at one column alone, a network that expects one way, and no doubts about the first answer. */
function scripted(column: string, { expectedWay = -1, doubt = 0 } = {}): RunGraph {
  const at = columns.indexOf(column);
  return (file, feeds) => {
    if (file === 'certainty.onnx') return Promise.resolve(scoresOf([-doubt], 1));
    if (file === 'encoder.onnx') {
      const logits = new Float32Array(ways).map((_, way) => (way === expectedWay ? 8 : 0));
      return Promise.resolve({
        patterns: { data: new Float32Array(9), dims: [1, 9] },
        ways: { data: logits, dims: [1, ways] },
      });
    }
    const { data, dims } = feeds['features']!;
    const scores = Array.from({ length: dims[0]! }, (_, row) => data[row * columns.length + at]!);
    return Promise.resolve(scoresOf(scores, dims[0]!));
  };
}

describe('the trained ranker', () => {
  test('puts first what the trees prefer', async () => {
    const ranker = createTrainedRanker(description, scripted('way.line.theirs'));
    const ranked = await ranker.rank(await poseProblem(conflict), never);
    expect(ranked[0]!.candidate.text).toBe('theirs();\n');
  });

  test('gives every candidate once, the likeliest first, together at most 1', async () => {
    const problem = await poseProblem(conflict);
    const ranked = await createTrainedRanker(description, scripted('like.ours.tokens')).rank(problem, never);
    expect(new Set(ranked.map(({ candidate }) => candidate.text)).size).toBe(problem.candidates.length);
    const confidences = ranked.map(({ confidence }) => confidence);
    expect([...confidences].sort((left, right) => right - left)).toEqual(confidences);
    expect(confidences.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1);
  });

  test('names what spoke for the first', async () => {
    const ranked = await createTrainedRanker(description, scripted('way.line.theirs')).rank(
      await poseProblem(conflict),
      never,
    );
    const [heaviest] = ranked[0]!.attributions;
    expect(heaviest).toMatchObject({ reason: words('conflicts like this are often resolved so') });
    expect(heaviest!.weight).toBeGreaterThan(0);
  });

  test('lets the network speak for the ways it expects', async () => {
    const base = columns.filter((name) => name.startsWith('way.')).indexOf('way.line.base');
    const ranked = await createTrainedRanker(description, scripted('network.own', { expectedWay: base })).rank(
      await poseProblem(conflict),
      never,
    );
    expect(ranked[0]!.candidate.text).toBe('base();\n');
  });

  test('lets another graph say how sure the first answer is, and keeps the order', async () => {
    const problem = await poseProblem(conflict);
    const of = (doubt: number) =>
      createTrainedRanker(description, scripted('way.line.theirs', { doubt })).rank(problem, never);
    const [sure, doubted] = [await of(-2), await of(2)];
    expect(doubted.map(({ candidate }) => candidate.text)).toEqual(sure.map(({ candidate }) => candidate.text));
    expect(logOdds(sure[0]!.confidence) - logOdds(doubted[0]!.confidence)).toBeCloseTo(4, 4);
    for (const ranked of [sure, doubted])
      expect(ranked.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThanOrEqual(1);
  });

  test('does without the network where there is none', async () => {
    const alone = parseRankerDescription({
      ranker: { ...described, encoder: null, columns: featureColumns.map(({ name }) => name) },
    });
    const asked: string[] = [];
    const column = featureColumns.findIndex(({ name }) => name === 'way.line.theirs');
    const ranker = createTrainedRanker(alone, (file, feeds) => {
      asked.push(file);
      const { data, dims } = feeds['features']!;
      const scores = Array.from({ length: dims[0]! }, (_, row) => data[row * dims[1]! + column]!);
      return Promise.resolve(scoresOf(scores, dims[0]!));
    });
    const ranked = await ranker.rank(await poseProblem(conflict), never);
    expect(ranked[0]!.candidate.text).toBe('theirs();\n');
    expect(new Set(asked)).toEqual(new Set(['trees.onnx', 'certainty.onnx']));
  });

  describe('with graphs that say which side a merge prefers', () => {
    const names = [...featureColumns, ...sidePreferenceColumns].map(({ name }) => name);
    const sidePreference = parseRankerDescription({
      ranker: {
        ...described,
        encoder: null,
        sides: { trees: 'sides.onnx', joint: 'joint.onnx', columns: [...sideRelationColumns] },
        columns: names,
      },
    });
    /**
     * Sides are likely where they are long; the set transformer says the same of the siblings' mean. A candidate is as good
     * as what one of the two says of the side that it is.
     */
    const runOf =
      (column: 'merge' | 'joint'): RunGraph =>
      (file, feeds) => {
        const { data, dims } = feeds['features']!;
        const width = dims.at(-1)!;
        const rows = data.length / width;
        const table = file === 'trees.onnx' ? names : [...sideRelationColumns, 'lean', 'ours', 'theirs'];
        const read = (row: number, name: string): number => data[row * width + table.indexOf(name)]!;
        const each = Array.from({ length: rows }, (_, row) => row);
        if (file === 'certainty.onnx') return Promise.resolve(scoresOf([0], 1));
        if (file === 'sides.onnx')
          return Promise.resolve(
            scoresOf(
              each.flatMap((row) => [read(row, 'ours.lines') - 2, read(row, 'theirs.lines') - 2]),
              rows,
            ),
          );
        if (file === 'joint.onnx') {
          const mean = (side: string): number => each.slice(1).reduce((sum, row) => sum + read(row, side), 0) / rows;
          return Promise.resolve(
            scoresOf(
              each.flatMap(() => [4 * mean('ours'), 4 * mean('theirs')]),
              rows,
            ),
          );
        }
        const scores = each.map(
          (row) =>
            read(row, 'way.line.ours') * read(row, `${column}.ours`) +
            read(row, 'way.line.theirs') * read(row, `${column}.theirs`),
        );
        return Promise.resolve(scoresOf(scores, rows));
      };
    const run = runOf('merge');
    const long = 'a\nb\nc\nd\ne\n';
    const rankWith = async (siblings: readonly ConflictTexts[], graphs = run) =>
      createTrainedRanker(sidePreference, graphs).rank(await poseProblem({ ...conflict, siblings }), never);

    test.each([
      ['ours', 'merge'],
      ['theirs', 'merge'],
      ['ours', 'joint'],
      ['theirs', 'joint'],
    ] as const)('follows the other conflicts of the merge: %s, %s', async (side, column) => {
      const texts = { ours: 'x\n', theirs: 'y\n', base: '' };
      const [first] = await rankWith(
        [
          { ...texts, [side]: long },
          { ...texts, [side]: long },
        ],
        runOf(column),
      );
      expect(first!.candidate.text).toBe(conflict[side]);
      expect(first!.attributions).toContainEqual(
        expect.objectContaining({ reason: words('the other conflicts of the merge lean the same way') }),
      );
    });

    test('does without them where there are none', async () => {
      const ranked = await rankWith([]);
      expect(
        ranked.flatMap(({ attributions }) => attributions.map(({ reason }) => inEnglish(reason))).join(),
      ).not.toContain('other conflicts');
    });

    test('looks at each of them once, in small lots, and stops when it is told to', async () => {
      const siblings = Array.from({ length: 70 }, (_, i) => ({ ours: `${i}\n`, theirs: 'y\n', base: '' }));
      const lots: number[] = [];
      const seenTogether: number[] = [];
      const controller = new AbortController();
      const ranker = createTrainedRanker(sidePreference, (file, feeds) => {
        if (file === 'sides.onnx') lots.push(feeds['features']!.dims[0]!);
        if (file === 'joint.onnx') seenTogether.push(feeds['features']!.dims[1]!);
        if (lots.length === 9) controller.abort();
        return run(file, feeds);
      });
      const problem = await poseProblem({ ...conflict, siblings });
      await ranker.rank(problem, controller.signal);
      expect(lots.reduce((sum, lot) => sum + lot, 0)).toBe(71);
      expect(Math.max(...lots)).toBeLessThan(71);
      await ranker.rank(problem, controller.signal);
      expect(lots.reduce((sum, lot) => sum + lot, 0)).toBe(71);
      expect(Math.max(...seenTogether)).toBe(64);
      const fresh = siblings.map((each) => ({ ...each }));
      await expect(ranker.rank(await poseProblem({ ...conflict, siblings: fresh }), controller.signal)).rejects.toThrow(
        /abort/i,
      );
    });
  });

  test('stops when it is told to', async () => {
    const ranker = createTrainedRanker(description, scripted('like.ours.tokens'));
    await expect(ranker.rank(await poseProblem(conflict), AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

test('a ranker that was trained on other columns is refused by name', () => {
  const other = { ranker: { ...described, columns: columns.with(3, 'something.else') } };
  expect(() => parseRankerDescription(other)).toThrow(`("${columns[3]}")`);
  expect(() => parseRankerDescription({})).toThrow('does not fit');
});
