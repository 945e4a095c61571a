// Which files are read, and how: text in UTF-8 of a bounded size, and nothing that is likely to hold a secret.

import { lstat, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { isSecretFile } from '../completion/index.js';
import type { LeftOut } from './types.js';

/** Larger files are data, or were made by a program. */
const LARGEST_BYTES = 200_000;

/** A line as long as this was not written by hand, so the file says nothing of how one writes here. */
const LONGEST_LINE = 5_000;

/** Known not to be text, so that they need not be opened. */
const BINARY =
  /^\.(png|jpe?g|gif|bmp|ico|webp|avif|tiff?|psd|pdf|zip|gz|tgz|xz|bz2|7z|rar|jar|war|class|o|a|so|dylib|dll|exe|bin|dat|wasm|onnx|gguf|pt|npy|npz|parquet|sqlite3?|db|mp[34]|m4a|wav|ogg|mov|avi|webm|ttf|otf|woff2?|eot|pyc|lock|min\.js|map|svg|csv|tsv)$/;

/** Written by package tools, not by people. */
const GENERATED = /(^|[\\/])(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|.*\.min\.(js|css)|.*\.map)$/i;

export type ReadText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'leftOut'; readonly reason: LeftOut }
  | { readonly kind: 'gone' };

/** @param file an absolute path; a link is not followed, since it may lead out of the workspace */
export async function readText(file: string): Promise<ReadText> {
  if (isSecretFile(file)) return leftOut('secret');
  if (BINARY.test(extname(file).toLowerCase()) || GENERATED.test(file)) return leftOut('binary');
  try {
    const found = await lstat(file);
    if (!found.isFile()) return { kind: 'gone' };
    if (found.size > LARGEST_BYTES) return leftOut('tooLarge');
    return textOf(await readFile(file));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { kind: 'gone' } : leftOut('unreadable');
  }
}

function textOf(bytes: Uint8Array): ReadText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) return leftOut('binary');
    const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    if (lines.split('\n').some((line) => line.length >= LONGEST_LINE)) return leftOut('tooLarge');
    return { kind: 'text', text: lines };
  } catch {
    return leftOut('binary');
  }
}

function leftOut(reason: LeftOut): ReadText {
  return { kind: 'leftOut', reason };
}
