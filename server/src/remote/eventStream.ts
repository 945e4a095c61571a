// Server-sent events, as far as completions use them: lines `data: …`, and blank lines between them.

/** A line longer than this, in UTF-16 units, is no chunk of a completion. */
const LONGEST_LINE = 1_000_000;

/** The data of each event, up to the one that says that there are no more. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split(/\r?\n/);
    rest = lines.pop()!;
    if (rest.length > LONGEST_LINE) throw new Error('The model server sends a line without an end.');
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      const data = line.slice('data:'.length).trim();
      if (data === '[DONE]') return;
      yield data;
    }
  }
}
