import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { noteOf, stepFrom, stepOf, steps, type Step } from './holeSteps.js';

describe('how sure a hole is', () => {
  it.each<[number, Step]>([
    [1, 'likely'],
    [0.5, 'likely'],
    [0.499, 'unsure'],
    [0.2, 'unsure'],
    [0.199, 'open'],
    [0, 'open'],
  ])('is one of three steps: %s is %s', (probability, step) => {
    expect(stepFrom(probability)).toBe(step);
    expect(stepOf({ wouldBe: 'x', probability })).toBe(step);
  });

  it('is open where nothing would be written', () => {
    expect(stepOf({ wouldBe: '', probability: 1 })).toBe('open');
  });

  it('is a word behind the line, and of several the kinds as well', () => {
    const text = { kind: 'text', wouldBe: 'rice', probability: 0.1 };
    const argument = { kind: 'argument', wouldBe: '3', probability: 0.3 };
    expect(noteOf([argument])).toEqual({ text: 'unsure', step: 'unsure' });
    expect(noteOf([text, argument])).toEqual({ text: 'text: open, argument: unsure', step: 'open' });
    expect(noteOf([argument, { ...text, probability: 0.9 }])).toEqual({
      text: 'argument: unsure, text: likely',
      step: 'unsure',
    });
  });
});

describe('the colours of the steps', () => {
  interface Colour {
    readonly id: string;
    readonly defaults: Readonly<Record<string, string>>;
  }
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { colors: readonly Colour[] } };
  /** The grounds of the editor's own themes. */
  const grounds = { dark: '#1f1f1f', light: '#ffffff', highContrast: '#000000', highContrastLight: '#ffffff' };

  const luminance = (colour: string): number => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };

  it.each(steps)('can be read as text in each kind of theme: %s', (step) => {
    const found = manifest.contributes.colors.find(({ id }) => id === `lacuna.hole.${step}`);
    for (const [theme, ground] of Object.entries(grounds)) {
      const [dark, light] = [luminance(ground), luminance(found!.defaults[theme]!)].sort((one, other) => one - other);
      expect((light! + 0.05) / (dark! + 0.05), theme).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('are no others', () => {
    expect(manifest.contributes.colors.map(({ id }) => id)).toEqual(steps.map((step) => `lacuna.hole.${step}`));
  });
});
