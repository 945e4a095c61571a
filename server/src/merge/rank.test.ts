import { describe, expect, test } from 'vitest';
import { networkColumns } from './classify.js';
import { featureColumns } from './features/table.js';
import { poseProblem } from './poseProblem.js';
import { createTrainedRanker, type RunGraph } from './rank.js';
import { parseRankerDescription } from './rankerDescription.js';

const columns = [...featureColumns, ...networkColumns].map(({ name }) => name);
const described = {
  encoder: 'encoder.onnx',
  trees: 'trees.onnx',
  sequences: 4,
  sequenceLength: 96,
  columns,
  calibration: [
    [0, 0],
    [1, 1],
  ],
  bounds: [],
};
const description = parseRankerDescription({ ranker: described });
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
};
const ways = columns.filter((name) => name.startsWith('network.way.')).length;

/** Trees that look at one column alone, and a network that expects one way. */
function scripted(column: string, expectedWay = -1): RunGraph {
  const at = columns.indexOf(column);
  return (file, feeds) => {
    if (file === 'encoder.onnx') {
      const logits = new Float32Array(ways).map((_, way) => (way === expectedWay ? 8 : 0));
      return Promise.resolve({
        patterns: { data: new Float32Array(9), dims: [1, 9] },
        ways: { data: logits, dims: [1, ways] },
      });
    }
    const { data, dims } = feeds['features']!;
    const scores = new Float32Array(dims[0]!).map((_, row) => data[row * columns.length + at]!);
    return Promise.resolve({ scores: { data: scores, dims: [dims[0]!, 1] } });
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
    const [heaviest] = ranked[0]!.contributions;
    expect(heaviest).toMatchObject({ signal: 'conflicts like this are often resolved so' });
    expect(heaviest!.weight).toBeGreaterThan(0);
  });

  test('lets the network speak for the ways it expects', async () => {
    const base = columns.filter((name) => name.startsWith('way.')).indexOf('way.line.base');
    const ranked = await createTrainedRanker(description, scripted('network.own', base)).rank(
      await poseProblem(conflict),
      never,
    );
    expect(ranked[0]!.candidate.text).toBe('base();\n');
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
      const scores = new Float32Array(dims[0]!).map((_, row) => data[row * dims[1]! + column]!);
      return Promise.resolve({ scores: { data: scores, dims: [dims[0]!, 1] } });
    });
    const ranked = await ranker.rank(await poseProblem(conflict), never);
    expect(ranked[0]!.candidate.text).toBe('theirs();\n');
    expect(new Set(asked)).toEqual(new Set(['trees.onnx']));
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
