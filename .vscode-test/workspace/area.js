import { multiply } from './multiply.js';

export function square(side) {
  return multiply(side, side);
}

export function rectangle(width, height) {
