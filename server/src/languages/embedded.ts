// Which language stands at a place of a file that holds several: scripts and styles in the elements of a page, programs in
// the fences of Markdown. The file's own language is everywhere else.

import { languageCalled } from './names.js';
import type { Language } from './types.js';

export interface Embedded {
  readonly languageId: string;
  /** Where the text of that language stands, as half open ranges in order: one stretch, or one with gaps. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

/** UTF-16 code units; in longer texts nothing is looked for. */
const LONGEST = 1_000_000;

/** The language at an offset, where it is not the file's own. A line that holds the end of a stretch is the file's own. */
export function embeddedAt({ embeds }: Pick<Language, 'embeds'>, text: string, offset: number): Embedded | undefined {
  if (embeds === undefined || text.length > LONGEST) return undefined;
  if (embeds === 'fences') return embeddedIn(fenceAt(text, offset), text, offset);
  if (embeds === 'elements') return embeddedIn(elementAt(text, offset), text, offset);
  const islands = islandsOf(text);
  if (islands.some(([start, end]) => start < offset && offset < end)) return undefined;
  const embedded = embeddedIn(elementAt(without(text, islands), offset), text, offset);
  return embedded && { ...embedded, ranges: embedded.ranges.flatMap((range) => gaps(range, islands)) };
}

/** A text in which only these ranges stand, each where it was; all else is blank, but for its line ends. */
export function only(text: string, ranges: Embedded['ranges']): string {
  let at = 0;
  let kept = '';
  for (const [start, end] of ranges) {
    kept += blank(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return kept + blank(text.slice(at));
}

interface Stretch {
  readonly languageId: string;
  readonly start: number;
  readonly end: number;
}

function embeddedIn(stretch: Stretch | undefined, text: string, offset: number): Embedded | undefined {
  if (stretch === undefined) return undefined;
  const { languageId, start, end } = stretch;
  const isLastLine = end < text.length && !/[\r\n]/.test(text.slice(offset, end));
  return isLastLine ? undefined : { languageId, ranges: [[start, end]] };
}

const element = /<!--|<(script|style)(?=[\s>])((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi;

/** The script or style around an offset. Their text ends at their end tag alone, whatever it holds. */
function elementAt(text: string, offset: number): Stretch | undefined {
  element.lastIndex = 0;
  for (;;) {
    const opened = element.exec(text);
    if (opened === null || opened.index >= offset) return undefined;
    const start = element.lastIndex;
    const [, name, attributes = ''] = opened;
    if (name === undefined) {
      const end = text.indexOf('-->', start);
      if (end === -1 || end >= offset) return undefined;
      element.lastIndex = end;
      continue;
    }
    if (offset < start) return undefined;
    const ending = new RegExp(`</${name}\\s*>`, 'gi');
    ending.lastIndex = start;
    const end = ending.exec(text)?.index ?? text.length;
    if (offset <= end) {
      const languageId = languageOfElement(name.toLowerCase(), attributes);
      return languageId === undefined ? undefined : { languageId, start, end };
    }
    element.lastIndex = end;
  }
}

/** A script that says nothing is JavaScript, a style CSS; of other types nobody knows. */
function languageOfElement(name: string, attributes: string): string | undefined {
  const language = /\blang\s*=\s*["']?([\w-]+)/i.exec(attributes)?.[1];
  if (language !== undefined) return language === 'postcss' ? 'css' : languageCalled(language);
  if (name === 'style') return 'css';
  const type = /\btype\s*=\s*["']?([^\s"'>]+)/i.exec(attributes)?.[1]?.toLowerCase() ?? 'module';
  if (/^(module|(text|application)\/(x-)?(java|ecma)script)$/.test(type)) return 'javascript';
  if (/json$|^(importmap|speculationrules)$/.test(type)) return 'json';
  if (/typescript$/.test(type)) return 'typescript';
  return type === 'text/babel' ? 'javascriptreact' : undefined;
}

const fence = /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(`{3,}|~{3,})[ \t]*([^\n]*)$/gm;

/** The fence around an offset, or the settings with which a text begins. */
function fenceAt(text: string, offset: number): Stretch | undefined {
  const front = /^---\r?\n/.exec(text)?.[0].length;
  if (front !== undefined) {
    const end = /^---[ \t]*$/m.exec(text.slice(front))?.index;
    if (end !== undefined && offset >= front && offset < front + end) {
      return { languageId: 'yaml', start: front, end: front + end };
    }
  }
  fence.lastIndex = 0;
  for (;;) {
    const opened = fence.exec(text);
    if (opened === null || opened.index >= offset) return undefined;
    const [, sign = '', info = ''] = opened;
    // Backticks in one line are code in a sentence.
    if (sign.startsWith('`') && info.includes('`')) continue;
    const start = fence.lastIndex + 1;
    const ending = new RegExp(`^[ \\t>]*${sign[0]}{${sign.length},}[ \\t]*$`, 'gm');
    ending.lastIndex = start;
    const closed = ending.exec(text);
    const end = closed?.index ?? text.length;
    if (offset < start) return undefined;
    if (offset < end || closed === null) {
      const languageId = languageCalled(/[\w#+-]+/.exec(info)?.[0] ?? '');
      return languageId === undefined ? undefined : { languageId, start, end };
    }
    fence.lastIndex = ending.lastIndex;
  }
}

/** Programs in a page, their marks included. */
function islandsOf(text: string): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let start = text.indexOf('<?'); start !== -1;) {
    const end = text.indexOf('?>', start);
    found.push([start, end === -1 ? text.length : end + 2]);
    start = end === -1 ? -1 : text.indexOf('<?', end);
  }
  return found;
}

function without(text: string, ranges: Embedded['ranges']): string {
  return only(text, gaps([0, text.length], ranges));
}

/** What is left of a range between others. */
function gaps([start, end]: readonly [number, number], ranges: Embedded['ranges']): [number, number][] {
  const left: [number, number][] = [];
  let at = start;
  for (const [from, to] of ranges) {
    if (to <= at || from >= end) continue;
    if (from > at) left.push([at, from]);
    at = to;
  }
  if (at < end) left.push([at, end]);
  return left;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
