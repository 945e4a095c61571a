import type { Manifest } from '../../src/model/manifest.js';

/** A manifest of a model too small to be of use, for tests that need shapes but no weights. */
export function tinyManifest(): Manifest {
  return {
    format: 1,
    name: 'tiny',
    version: '1.0.0',
    source: {},
    licence: 'Apache-2.0',
    architecture: {
      family: 'qwen2',
      layers: 4,
      hidden: 8,
      heads: 2,
      kvHeads: 1,
      headDim: 4,
      vocabulary: 10,
      ropeBase: 10_000,
      maximumPositions: 512,
    },
    segments: [
      { file: 'segment-0.onnx', from: 0, to: 2 },
      { file: 'segment-1.onnx', from: 2, to: 4 },
    ],
    head: [{ file: 'head.onnx', from: 0, to: 10 }],
    embedding: [
      {
        from: 0,
        to: 10,
        bits: 8,
        block: 8,
        weights: { file: 'head.bin', offset: 0, bytes: 80 },
        scales: { file: 'head.bin', offset: 80, bytes: 20, type: 'float16' },
        zeroPoints: null,
      },
    ],
    tokenizer: 'tokenizer.json',
    prompt: {
      order: 'suffix-first',
      fimPrefix: '<|fim_prefix|>',
      fimSuffix: '<|fim_suffix|>',
      fimMiddle: '<|fim_middle|>',
      fileSeparator: '<|file_sep|>',
      endOfText: '<|endoftext|>',
      stop: ['<|endoftext|>'],
    },
    files: Object.fromEntries(
      ['segment-0.onnx', 'segment-1.onnx', 'head.onnx', 'head.bin', 'tokenizer.json'].map((file) => [
        file,
        { bytes: 1, sha256: '0'.repeat(64) },
      ]),
    ),
  };
}
