// Numbers as values of options.

import { InvalidArgumentError } from 'commander';

/** A share as an option's value. */
export function confidence(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('It is not a number from 0 to 1.');
  }
  return value;
}

/** A parser for commander: whole numbers within bounds. */
export function wholeNumber(from: number, to: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to) {
      const bounds = to === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${to}`;
      throw new InvalidArgumentError(`It is not a whole number ${bounds}.`);
    }
    return value;
  };
}
