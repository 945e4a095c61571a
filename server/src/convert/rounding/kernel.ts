// The inner loops of rounding, as a WebAssembly module of a few hundred bytes: it computes in single precision, four numbers
// at once, and rounds halves to the even number, which JavaScript does thirty times more slowly. Its instructions are laid
// out here, so that nothing has to be compiled when the product is built.

export interface Kernel {
  /** Space for so many numbers; what was there before is lost. */
  space(numbers: number): Float32Array;
  /** Squared error of numbers [start, end) of the space, summed in eight runs as numpy sums, so that ties fall the same way. */
  errorOf(start: number, end: number, scale: number, zero: number, top: number): number;
  /** Their codes, to be read before the next call. */
  codesOf(start: number, end: number, scale: number, zero: number, top: number): Uint32Array;
}

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): void;
}

/** What is used of it; Node's types leave it to those of browsers. */
interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

interface Exports {
  readonly memory: Memory;
  readonly error: (from: number, to: number, scale: number, zero: number, top: number) => number;
  readonly codes: (from: number, to: number, scale: number, zero: number, top: number, out: number) => void;
}

const PAGE = 65_536;

/** The memory begins with the codes of a block, which is never larger than this. */
const MOST_CODES = 1024;
const VALUES_AT = 4 * MOST_CODES;

export function createKernel(): Kernel {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyNamespace }).WebAssembly;
  const { memory, error, codes } = new Instance(new Module(moduleBytes())).exports as Exports;
  let found = new Uint32Array(memory.buffer, 0, MOST_CODES);
  const at = (number: number): number => VALUES_AT + 4 * number;
  return {
    space(numbers) {
      const missing = at(numbers) - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      found = new Uint32Array(memory.buffer, 0, MOST_CODES);
      return new Float32Array(memory.buffer, VALUES_AT, numbers);
    },
    errorOf: (start, end, scale, zero, top) => error(at(start), at(end), scale, zero, top),
    codesOf(start, end, scale, zero, top) {
      codes(at(start), at(end), scale, zero, top, 0);
      return found;
    },
  };
}

// Kinds of values.
const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;

// Instructions.
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
const END = [0x0b];
const LOOP = [0x03, 0x40];
const AGAIN_IF = [0x0d, 0x00];
const I32_ADD = [0x6a];
const I32_LESS = [0x49];
const F32_ADD = [0x92];
const i32 = (value: number): number[] => [0x41, value];
const load = (offset: number): number[] => [0xfd, 0x00, 0x02, offset];
const STORE = [0xfd, 0x0b, 0x02, 0x00];
const ZEROS = [0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0)];
const SPREAD = [0xfd, 0x13];
const lane = (number: number): number[] => [0xfd, 0x1f, number];
const NEAREST = [0xfd, 0x6a];
const ADD = [0xfd, 0xe4, 0x01];
const SUBTRACT = [0xfd, 0xe5, 0x01];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const DIVIDE = [0xfd, 0xe7, 0x01];
const LEAST = [0xfd, 0xe8, 0x01];
const MOST = [0xfd, 0xe9, 0x01];
const TO_WHOLE = [0xfd, 0xf9, 0x01];

// The parameters, which both functions have.
const FROM = 0;
const TO = 1;
const SCALE = 2;
const ZERO = 3;
const TOP = 4;

/** Nearest codes of the four numbers on the stack, within the range; the three vectors are scale, zero point and top. */
const nearestCodes = (scale: number, zero: number, top: number): number[] => [
  ...[...get(scale), ...DIVIDE, ...get(zero), ...ADD],
  ...[...ZEROS, ...MOST, ...get(top), ...LEAST, ...NEAREST],
];

/** Sets a vector to four times a parameter. */
const spread = (parameter: number, vector: number): number[] => [...get(parameter), ...SPREAD, ...set(vector)];

/** local += value */
const advance = (local: number, value: number): number[] => [...get(local), ...i32(value), ...I32_ADD, ...set(local)];

function errorCode(): number[] {
  const [sumA, sumB, scale, zero, top, numbers, error] = [5, 6, 7, 8, 9, 10, 11] as const;
  const addSquares = (offset: number, sum: number): number[] => [
    ...[...get(FROM), ...load(offset), ...tee(numbers), ...nearestCodes(scale, zero, top)],
    ...[...get(zero), ...SUBTRACT, ...get(scale), ...MULTIPLY, ...get(numbers), ...SUBTRACT, ...tee(error)],
    ...[...get(error), ...MULTIPLY, ...get(sum), ...ADD, ...set(sum)],
  ];
  const total = (sum: number): number[] => [
    ...[...get(sum), ...lane(0), ...get(sum), ...lane(1), ...F32_ADD],
    ...[...get(sum), ...lane(2), ...get(sum), ...lane(3), ...F32_ADD, ...F32_ADD],
  ];
  return [
    ...[...spread(SCALE, scale), ...spread(ZERO, zero), ...spread(TOP, top)],
    ...[...LOOP, ...addSquares(0, sumA), ...addSquares(16, sumB), ...advance(FROM, 32)],
    ...[...get(FROM), ...get(TO), ...I32_LESS, ...AGAIN_IF, ...END],
    ...[...total(sumA), ...total(sumB), ...F32_ADD],
  ];
}

function codesCode(): number[] {
  const out = 5;
  const [scale, zero, top] = [6, 7, 8] as const;
  return [
    ...[...spread(SCALE, scale), ...spread(ZERO, zero), ...spread(TOP, top), ...LOOP, ...get(out)],
    ...[...get(FROM), ...load(0), ...nearestCodes(scale, zero, top), ...TO_WHOLE, ...STORE],
    ...[...advance(FROM, 16), ...advance(out, 16), ...get(FROM), ...get(TO), ...I32_LESS, ...AGAIN_IF, ...END],
  ];
}

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const parameters = [I32, I32, F32, F32, F32];
  const named = (name: string, kind: number, index: number): number[] => [
    ...[name.length, ...Buffer.from(name), kind, index],
  ];
  const code = (vectors: number, instructions: number[]): number[] => {
    const body = [1, vectors, V128, ...instructions, ...END];
    return [...size(body.length), ...body];
  };
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [
      ...[2, 0x60, parameters.length, ...parameters, 1, F32],
      ...[0x60, parameters.length + 1, ...parameters, I32, 0],
    ]),
    ...section(3, [2, 0, 1]),
    ...section(5, [1, 0, 1]),
    ...section(7, [3, ...named('memory', 2, 0), ...named('error', 0, 0), ...named('codes', 0, 1)]),
    ...section(10, [2, ...code(7, errorCode()), ...code(3, codesCode())]),
  ]);
}

function section(number: number, content: number[]): number[] {
  return [number, ...size(content.length), ...content];
}

/** A length, seven bits a byte. */
function size(length: number): number[] {
  return length < 128 ? [length] : [(length & 127) | 128, ...size(length >> 7)];
}
