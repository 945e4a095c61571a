import { describe, expect, it } from 'vitest';
import { endsFile, type FileVersions, marksFile, withEndsOfFile } from './endsOfFile.js';
import { parseConflicts } from './parseConflicts.js';
import { addBases } from './addBases.js';
import type { Resolution } from '../types.js';
import { asIs } from '../../common/words.js';

const versions = (ours: string, base: string | undefined, theirs: string): FileVersions => ({ ours, base, theirs });
const resolution = (text: string): Resolution => ({
  text,
  pattern: 'ours',
  source: 'line',
  parts: [],
  confidence: 0.9,
  rankerConfidence: 0.5,
  parses: undefined,
  refusal: undefined,
  settled: undefined,
  explanation: asIs(''),
  pieces: [{ origin: 'ours', range: { start: 0, end: text.length } }],
});

describe('the end of a file', () => {
  it.each<[string, FileVersions, string, boolean]>([
    ['no version ends', versions('b', 'a', 'c'), 'b\n', false],
    ['all versions end', versions('b\n', 'a\n', 'c\n'), 'b\n', true],
    ['ours alone took away', versions('b', 'a\n', 'c\n'), 'c\n', false],
    ['theirs alone took away', versions('b\n', 'a\n', 'c'), 'b\n', false],
    ['ours alone added', versions('b\n', 'a', 'c'), 'c\n', true],
    ['a side is empty but for its mark', versions('b\n', 'a\n', '\ufeff'), 'b\n', true],
    ['both added', versions('b\n', 'a', 'c\n'), 'c\n', true],
    ['a side that both added, as it ends', versions('b\n', undefined, 'c'), 'c\n', false],
    ['both sides that both added', versions('b\n', undefined, 'c'), 'c\nb\n', true],
  ])('is that of the versions: %s', (_name, given, text, isEnded) => {
    expect(endsFile(text, given)).toBe(isEnded);
  });

  it.each<[string, string, string]>([
    ['a\rb\r\n', 'a\rb\r', 'a\rb\r'],
    ['a\rb\r\r\n', 'a\rb\r', 'a\rb\r'],
    ['a\r\nb\r\n', 'a\r\nb', 'a\r\nb'],
    ['a\nb\n', 'a\r', 'a\nb'],
  ])('takes away what git added alone: %j for %j', (text, version, expected) => {
    const document = '<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n';
    const [conflict] = parseConflicts(document).conflicts;
    const given = versions(version, 'x', 'y');
    expect(withEndsOfFile(resolution(text), document, conflict!, given).text).toBe(expected);
  });

  it('is given to an answer that stands there, and to no other', () => {
    const conflict = '<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n';
    const last = parseConflicts(`x\n${conflict}`);
    const given = versions('x\nb', 'x\na', 'x\nc');
    expect(withEndsOfFile(resolution('b\n'), `x\n${conflict}`, last.conflicts[0]!, given)).toMatchObject({
      text: 'b',
      pieces: [{ range: { start: 0, end: 1 } }],
    });
    const first = parseConflicts(`${conflict}x\n`);
    expect(withEndsOfFile(resolution('b\n'), `${conflict}x\n`, first.conflicts[0]!, given).text).toBe('b\n');
  });
});

describe('the mark of the byte order', () => {
  const text = (ours: string, theirs: string): string => `<<<<<<< a\n${ours}b\n=======\n${theirs}c\n>>>>>>> d\nx\n`;

  it.each<[string, string, string, string, string]>([
    ['in all versions', '\ufeff', '\ufeff', '\ufeff', '\ufeff'],
    ['taken away by ours', '', '\ufeff', '\ufeff', ''],
    ['added by theirs', '', '', '\ufeff', '\ufeff'],
    ['in none', '', '', '', ''],
  ])('is no part of the sides, and comes back once: %s', (_name, ours, base, theirs, wanted) => {
    const document = text(ours, theirs);
    const given = versions(`${ours}b\nx\n`, `${base}a\nx\n`, `${theirs}c\nx\n`);
    const found = addBases(document, parseConflicts(document), 'a\nx\n');
    const [conflict] = found.conflicts;
    expect([conflict!.ours.text, conflict!.base?.text, conflict!.theirs.text]).toEqual(['b\n', 'a\n', 'c\n']);
    expect(withEndsOfFile(resolution('b\n'), document, conflict!, given).text).toBe(`${wanted}b\n`);
    expect(marksFile(given)).toBe(wanted !== '');
  });
});
