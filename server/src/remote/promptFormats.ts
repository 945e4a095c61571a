// How the families of models are asked to fill in the middle. A server knows its model's control tokens only as text, so what
// looks like one in a document is broken up first: no document can forge a prompt. Some servers also answer with them as text,
// which ends there.

import type { Prompt } from '../model/index.js';

export const promptFormatNames = ['qwen', 'starcoder', 'deepseek', 'codellama', 'codestral'] as const;
export type PromptFormatName = (typeof promptFormatNames)[number];

interface PromptFormat {
  /** Texts that the model's tokenizer reads as control tokens. */
  readonly controls: RegExp;
  readonly write: (prompt: Omit<Prompt, 'key'>) => string;
}

const formats: Readonly<Record<PromptFormatName, PromptFormat>> = {
  // The suffix goes first, as for the model that ships: what a key changes is at the end, and a server keeps the rest.
  qwen: {
    controls: /<\|\w+\|>/g,
    write: ({ context = [], path, prefix, suffix }) =>
      `${filesOf('<|file_sep|>', context)}${path === '' ? '' : `<|file_sep|>${path}\n`}<|fim_prefix|><|fim_suffix|>${suffix}<|fim_middle|>${prefix}`,
  },
  starcoder: {
    controls:
      /<(?:(?:fim_\w+|file_sep|repo_name|reponame|filename|gh_stars|issue_\w+|jupyter_\w+|empty_output|commit_\w+)>|\|endoftext\|>)/g,
    write: ({ context = [], path, prefix, suffix }) =>
      `${filesOf('<file_sep>', context)}${path === '' ? '' : `<file_sep>${path}\n`}<fim_prefix>${prefix}<fim_suffix>${suffix}<fim_middle>`,
  },
  deepseek: {
    controls: /<(?:｜[^\s｜]+｜>|\|EOT\|>)/g,
    write: ({ prefix, suffix }) => `<｜fim▁begin｜>${prefix}<｜fim▁hole｜>${suffix}<｜fim▁end｜>`,
  },
  codellama: {
    controls: /<(?:(?:PRE|SUF|MID|EOT)>|\/?s>)/g,
    write: ({ prefix, suffix }) => `<PRE> ${prefix} <SUF>${suffix} <MID>`,
  },
  codestral: {
    controls: /\[(?:PREFIX|SUFFIX|MIDDLE|\/?INST)\]/g,
    write: ({ prefix, suffix }) => `[SUFFIX]${suffix}[PREFIX]${prefix}`,
  },
};

/** Pieces of other files, where the family has a way to write them. */
function filesOf(separator: string, context: NonNullable<Prompt['context']>): string {
  return context.map(({ path, text }) => `${separator}${path}\n${text.replace(/\n$/, '')}\n`).join('');
}

/** Set between the parts of what is no control token. */
const APART = '\u200b';

export interface RemotePrompt {
  readonly text: string;
  /**
   * White space at the end of the prefix that is left out: a token rarely ends there, and the model writes it again as the
   * beginning of what it knows. (A server offers no way to force the first tokens, as the model that ships does.)
   */
  readonly heldBack: string;
}

export function writePrompt(name: PromptFormatName, { context = [], path, prefix, suffix }: Prompt): RemotePrompt {
  const { controls, write } = formats[name];
  const harmless = (text: string): string => text.replace(controls, (token) => `${token[0]}${APART}${token.slice(1)}`);
  const heldBack = /[ \t]*$/.exec(prefix)![0];
  const kept = prefix.slice(0, prefix.length - heldBack.length);
  return {
    text: write({
      context: context.map((piece) => ({ path: harmless(piece.path), text: harmless(piece.text) })),
      path: harmless(path),
      prefix: harmless(kept),
      suffix: harmless(suffix),
    }),
    heldBack,
  };
}

/** Whether a token is a control token of any family: no tokenizer has an ordinary one of that spelling. */
export function isControl(token: string): boolean {
  return Object.values(formats).some(
    ({ controls }) => token.replace(controls, '').trim() === '' && token.trim() !== '',
  );
}

/** Where a text has the first control token of a family, however it was spelled; -1 where it has none. */
export function controlIn(name: PromptFormatName, text: string): number {
  return text.search(formats[name].controls);
}
