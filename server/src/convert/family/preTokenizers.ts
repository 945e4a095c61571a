// How families split text before merging, by the names that GGUF files give (`tokenizer.ggml.pre`), as steps of tokenizer.json.

const split = (Regex: string): object => ({ type: 'Split', pattern: { Regex }, behavior: 'Isolated', invert: false });

const contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
/** Marks, line ends and blanks of the newer families. */
const newer = String.raw`| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/** Words with one leading mark, single digits, runs of marks, line ends, blanks. */
const qwen2 = [split(String.raw`${contractions}|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}${newer}`)];
/** The same with up to three digits together. */
const llama3 = [split(String.raw`${contractions}|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}${newer}`)];
const gpt2 = [split(String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`)];
/** GPT-2's behind single digits. */
const starcoder = [split(String.raw`\p{N}`), ...gpt2];
const deepseekCoder = [
  split(String.raw`[\r\n]`),
  split(String.raw`\s?\p{L}+`),
  split(String.raw`\s?\p{P}+`),
  split('[一-龥ࠀ-一가-퟿]+'),
  split(String.raw`\p{N}`),
];
const upper = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`;
const lower = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`;
const tekken = [
  split(
    String.raw`[^\r\n\p{L}\p{N}]?${upper}*${lower}+|[^\r\n\p{L}\p{N}]?${upper}+${lower}*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  ),
];

export const preTokenizers: ReadonlyMap<string, readonly object[]> = new Map([
  ['qwen2', qwen2],
  ['deepseek-r1-qwen', qwen2],
  ['llama-bpe', llama3],
  ['llama3', llama3],
  ['llama-v3', llama3],
  ['gpt-2', gpt2],
  ['default', gpt2],
  ['starcoder', starcoder],
  ['refact', starcoder],
  ['smollm', starcoder],
  ['codeshell', starcoder],
  ['deepseek-coder', deepseekCoder],
  ['tekken', tekken],
]);
