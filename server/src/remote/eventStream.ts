// Server-sent events, as far as completions use them: the data of each, up to the one that says that there are no more.

import { createParser } from 'eventsource-parser';
import { SaidError } from '../common/saidError.js';
import { words } from '../common/words.js';

/** An event longer than this, in UTF-16 units, is no chunk of a completion. */
const LONGEST_EVENT = 1_000_000;

/** What a server that speaks as OpenAI's does sends last. */
const DONE = '[DONE]';

/** The data of each event. @throws Error with one sentence where an event has no end */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let events: string[] = [];
  let isEndless = false;
  const parser = createParser({
    maxBufferSize: LONGEST_EVENT,
    onEvent: ({ data }) => events.push(data.trim()),
    // The other errors are lines that are none of an event, which are passed over.
    onError: ({ type }) => (isEndless ||= type === 'max-buffer-size-exceeded'),
  });
  const read = (text: string): readonly string[] => {
    events = [];
    parser.feed(text);
    return events;
  };
  for await (const bytes of body) {
    for (const data of read(decoder.decode(bytes, { stream: true }))) {
      if (data === DONE) return;
      yield data;
    }
    if (isEndless) throw new SaidError(words('The model server sends a line without an end.'));
  }
  // Some servers leave out the blank line behind the last event; a line that was cut off is none.
  for (const data of read('\n')) if (data !== DONE) yield data;
}
