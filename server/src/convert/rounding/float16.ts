// Half-precision numbers, as their 16 bits.

/** The number that 16 bits stand for, by the bits. */
export const float16Values: () => Float32Array = (() => {
  let values: Float32Array | undefined;
  return () => (values ??= Float32Array.from({ length: 1 << 16 }, (_, bits) => valueOf(bits)));
})();

function valueOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const number = new Float32Array(1);
const bitsOfNumber = new Uint32Array(number.buffer);

/** The bits of the nearest half-precision number; halves go to the even one, what is too large becomes infinite. */
export function toFloat16(value: number): number {
  number[0] = value;
  const bits = bitsOfNumber[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) return sign | roundedShift(magnitude - 0x38000000, 13);
  if (magnitude < 0x33000000) return sign;
  // Too small for a full fraction: the leading one becomes a part of it, and the rest moves to the right.
  const shift = 126 - (magnitude >>> 23);
  return sign | roundedShift((magnitude & 0x7fffff) | 0x800000, shift);
}

/** Bits moved to the right; what falls off rounds, halves to the even number. */
function roundedShift(bits: number, by: number): number {
  const kept = bits >>> by;
  const rest = bits & ((1 << by) - 1);
  const half = 1 << (by - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}
