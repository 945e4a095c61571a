// The places that the documents and `npm start` name in examples/ are the empty lines that they speak of.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const documents = ['examples/README.md', 'server/scripts/start.mjs'];

describe.each(documents)('the places in %s', (document) => {
  const places = [...readFileSync(document, 'utf8').matchAll(/examples\/([\w/]+\.\w+):(\d+):(\d+)/g)];

  it('are there', () => expect(places.length).toBeGreaterThan(0));

  it.each(places.map(([, file, line, column]) => [file!, Number(line), Number(column)] as const))(
    '%s:%i:%i is the end of an empty line',
    (file, line, column) => {
      const text = readFileSync(`examples/${file}`, 'utf8').split('\n')[line - 1];
      expect(text).toMatch(/^\s+$/);
      expect(text).toHaveLength(column - 1);
    },
  );
});
