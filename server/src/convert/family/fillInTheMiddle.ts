// How a model is asked to fill in the middle: which tokens stand between the parts, and in which order these go.

import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import type { GgufHeader } from '../gguf/header.js';
import type { Vocabulary } from './vocabulary.js';

export interface PromptFormat {
  /** Suffix first where the family was trained for both: what a key changes is at the end then. */
  readonly order: 'suffix-first' | 'prefix-first';
  readonly fimPrefix: string;
  readonly fimSuffix: string;
  readonly fimMiddle: string;
  /** Stands before the path of a file; none where the family has no such token. */
  readonly fileSeparator?: string;
  /** Stands before everything, where the family wants that. */
  readonly begin?: string;
  readonly endOfText: string;
  readonly stop: readonly string[];
}

type Known = Pick<PromptFormat, 'order' | 'fimPrefix' | 'fimSuffix' | 'fimMiddle' | 'fileSeparator'>;

const known: readonly Known[] = [
  {
    order: 'suffix-first',
    fimPrefix: '<|fim_prefix|>',
    fimSuffix: '<|fim_suffix|>',
    fimMiddle: '<|fim_middle|>',
    fileSeparator: '<|file_sep|>',
  },
  {
    order: 'suffix-first',
    fimPrefix: '<fim_prefix>',
    fimSuffix: '<fim_suffix>',
    fimMiddle: '<fim_middle>',
    fileSeparator: '<file_sep>',
  },
  {
    order: 'prefix-first',
    fimPrefix: '<｜fim▁begin｜>',
    fimSuffix: '<｜fim▁hole｜>',
    fimMiddle: '<｜fim▁end｜>',
  },
];

/** What ends a completion: the end of the text, and every mark that starts something else. */
const STOP = [
  ...['<|endoftext|>', '<|fim_prefix|>', '<|fim_middle|>', '<|fim_suffix|>', '<|fim_pad|>', '<|repo_name|>'],
  ...['<|file_sep|>', '<|im_start|>', '<|im_end|>'],
];

/** Names of fields that say a token's number. */
const numbered = {
  fimPrefix: ['fim_pre_token_id', 'prefix_token_id'],
  fimSuffix: ['fim_suf_token_id', 'suffix_token_id'],
  fimMiddle: ['fim_mid_token_id', 'middle_token_id'],
  separator: ['fim_sep_token_id'],
  end: ['eos_token_id', 'eot_token_id'],
  begin: ['bos_token_id'],
} as const;

/** @throws ConversionError with one sentence where the model has no such tokens */
export function readPromptFormat(
  { metadata }: Pick<GgufHeader, 'metadata'>,
  { tokens, specials }: Vocabulary,
  name: string,
): PromptFormat {
  const special = (names: readonly string[]): string | undefined => {
    const numbers = names.map((field) => metadata.get(`tokenizer.ggml.${field}`));
    const number = numbers.find((value) => typeof value === 'number');
    const text = typeof number === 'number' ? tokens[number] : undefined;
    return text !== undefined && specials.has(text) ? text : undefined;
  };
  const said = {
    fimPrefix: special(numbered.fimPrefix),
    fimSuffix: special(numbered.fimSuffix),
    fimMiddle: special(numbered.fimMiddle),
  };
  const isThere = ({ fimPrefix, fimSuffix, fimMiddle }: Known): boolean =>
    [fimPrefix, fimSuffix, fimMiddle].every((token) => specials.has(token));
  const { fimPrefix, fimSuffix, fimMiddle } = said;
  const format = known.find((one) => isThere(one) && (fimPrefix === undefined || one.fimPrefix === fimPrefix));
  const found: Known | undefined =
    format ??
    (fimPrefix === undefined || fimSuffix === undefined || fimMiddle === undefined
      ? undefined
      : { order: 'prefix-first', fimPrefix, fimSuffix, fimMiddle });
  if (found === undefined) {
    throw new ConversionError(
      words('{0} cannot be used: it has no tokens to fill in the middle, as models for code have.', name),
    );
  }
  const separator = [found.fileSeparator, special(numbered.separator)].find(
    (token) => token !== undefined && specials.has(token),
  );
  const begin = metadata.get('tokenizer.ggml.add_bos_token') === true ? special(numbered.begin) : undefined;
  const endOfText = specials.has('<|endoftext|>') ? '<|endoftext|>' : (special(numbered.end) ?? found.fimPrefix);
  const others = [
    endOfText,
    special(numbered.end),
    found.fimPrefix,
    found.fimMiddle,
    found.fimSuffix,
    separator,
    begin,
  ];
  const stop = [...STOP, ...others].filter((token) => token !== undefined && specials.has(token)) as string[];
  return {
    order: found.order,
    fimPrefix: found.fimPrefix,
    fimSuffix: found.fimSuffix,
    fimMiddle: found.fimMiddle,
    ...(separator === undefined ? {} : { fileSeparator: separator }),
    ...(begin === undefined ? {} : { begin }),
    endOfText,
    stop: [...new Set(stop)],
  };
}
