// Which language stands at a place of a file that holds several: scripts and styles in the elements of a page, programs in
// the fences of Markdown, tags of a template. The file's own language is everywhere else.

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
  const { within, frontMatter, tags } = embeds;
  const front = frontMatter === undefined ? undefined : frontMatterAt(text, offset, frontMatter);
  if (front !== undefined) return embeddedIn(front, text, offset);
  if (within === 'fences') return embeddedIn(fenceAt(text, offset), text, offset);
  if (tags === undefined) return embeddedIn(elementAt(text, offset), text, offset);
  const islands = islandsOf(text, tags);
  const island = islands.find(
    ([start, end]) => start < offset && (offset < end || (offset === text.length && !text.endsWith(tags.close))),
  );
  if (island !== undefined)
    return tags.languageId === undefined ? undefined : tagsAround(island, islands, tags.languageId, text, offset);
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

/** Attributes of a thousand signs and texts are none that anybody wrote. */
const element = /<!--|<(script|style)(?=[\s>])((?:"[^"]*"|'[^']*'|[^"'>]){0,1000})>/gi;

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

/** What stands around an offset between two lines of `---` with which a text begins. */
function frontMatterAt(text: string, offset: number, languageId: string): Stretch | undefined {
  const start = /^---\r?\n/.exec(text)?.[0].length;
  const length = start === undefined ? undefined : /^---[ \t]*$/m.exec(text.slice(start))?.index;
  if (start === undefined || length === undefined) return undefined;
  return offset >= start && offset < start + length ? { languageId, start, end: start + length } : undefined;
}

const fence = /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(`{3,}|~{3,})[ \t]*([^\n]*)$/gm;

/** The fence around an offset. */
function fenceAt(text: string, offset: number): Stretch | undefined {
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

type Tags = NonNullable<NonNullable<Language['embeds']>['tags']>;

/** Programs in a page, their marks included. */
function islandsOf(text: string, { open, close }: Tags): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let start = text.indexOf(open); start !== -1;) {
    const end = text.indexOf(close, start);
    found.push([start, end === -1 ? text.length : end + close.length]);
    start = end === -1 ? -1 : text.indexOf(open, end);
  }
  return found;
}

/**
 * All programs of a page are one, of which an offset lies in one piece; what is said in `<%# %>` is none. Signs beside the
 * marks say what becomes of white space and of the value.
 */
function tagsAround(
  [start, end]: readonly [number, number],
  islands: Embedded['ranges'],
  languageId: string,
  text: string,
  offset: number,
): Embedded | undefined {
  const inside = (from: number, to: number): readonly [number, number] => {
    const opened = /^<%[-=_|]*/.exec(text.slice(from, from + 5))![0].length;
    const closed = /[-_]?%>$/.exec(text.slice(Math.max(from + opened, to - 3), to))?.[0].length ?? 0;
    return [from + opened, to - closed];
  };
  const isComment = (from: number): boolean => text[from + 2] === '#';
  const [first, last] = inside(start, end);
  if (isComment(start) || offset < first) return undefined;
  const around = embeddedIn({ languageId, start: first, end: last }, text, offset);
  if (around === undefined) return undefined;
  const ranges = islands.filter(([from]) => !isComment(from)).map(([from, to]) => inside(from, to));
  return { languageId, ranges };
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
