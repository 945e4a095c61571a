import { expect, it } from 'vitest';
import { isName } from './modelsFolder.js';

it.each([
  ...['qwen', 'Qwen2.5-Coder_7b', 'console', 'com10', 'nullable.2'].map((name) => [name, true] as const),
  ...['', '.', '..', '.chosen', 'a/b', 'a\\b', 'a b', 'a.', '-a', 'x'.repeat(65)].map((name) => [name, false] as const),
  ...['CON', 'nul', 'com1', 'lpt9.gguf', 'Aux.7b'].map((name) => [name, false] as const),
])('%j may be the name of a model: %s', (name, is) => expect(isName(name)).toBe(is));
