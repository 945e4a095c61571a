import { expect, it } from 'vitest';
import { eventsOf } from './eventStream.js';

/** The events of a body that comes in these pieces. */
async function read(...pieces: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
  const events: string[] = [];
  for await (const event of eventsOf(ReadableStream.from(bytes))) events.push(event);
  return events;
}

it.each<[string, readonly string[], readonly string[]]>([
  ['in one piece', ['data: {"a":1}\n\ndata: {"b":2}\n\n'], ['{"a":1}', '{"b":2}']],
  ['cut inside of lines', ['da', 'ta: {"a"', ':1}\n', '\nda', 'ta: x\n\n'], ['{"a":1}', 'x']],
  ['with Windows line ends, also when these are cut', ['data: a\r\n\r', '\ndata: b\r', '\n\r\n'], ['a', 'b']],
  ['without a blank behind the colon', ['data:a\n\n'], ['a']],
  ['of several lines', ['data: {"a":\ndata: 1}\n\n'], ['{"a":\n1}']],
  ['between comments, names and other fields', [': ping\n\nevent: x\nid: 3\ndata: a\nretry: 5\nodd\n\n'], ['a']],
  ['behind a mark of byte order', ['\uFEFFdata: a\n\n'], ['a']],
  ['up to the last', ['data: a\n\ndata: [DONE]\n\ndata: b\n\n'], ['a']],
  ['whose last lacks its blank line', ['data: a\n\ndata: b\n'], ['a', 'b']],
  ['whose last says that it was', ['data: a\n\ndata: [DONE]\n'], ['a']],
  ['of which the last was cut off', ['data: a\n\ndata: {"b'], ['a']],
  ['that are none', ['<html>\n<p>data: a</p>\n\n</html>'], []],
  ['that never come', [], []],
])('reads events %s', async (_name, pieces, expected) => {
  expect(await read(...pieces)).toEqual(expected);
});

it('reads a character that is cut in two', async () => {
  const bytes = new TextEncoder().encode('data: 🙂é\n\n');
  for (let cut = 1; cut < bytes.length; cut++) {
    expect(await read(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(['🙂é']);
  }
});

it('gives what came before a line without an end, and then says so', async () => {
  const pieces = [`data: a\n\n`, 'data: ', ...Array.from({ length: 12 }, () => 'x'.repeat(100_000))];
  const events = eventsOf(ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece))));
  expect((await events.next()).value).toBe('a');
  await expect(events.next()).rejects.toThrow('The model server sends a line without an end.');
});
