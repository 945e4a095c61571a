/**
 * A correspondence from its other side: for each of `length` places there the place here, or -1.
 * @param places for each place here the one there, or -1
 */
export function inverted(places: ArrayLike<number>, length: number): Int32Array {
  const inverse = new Int32Array(length).fill(-1);
  for (let index = 0; index < places.length; index++) if (places[index] !== -1) inverse[places[index]!] = index;
  return inverse;
}
