// Which language stands at a place of a file that holds several: scripts and styles in the elements of a page, programs in
// the fences of Markdown, tags of a template. The file's own language is everywhere else.

import { languageCalled } from './names.js';
import type { Embeds, Language } from './types.js';

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
    ({ range: [start, end], isOpen }) => start < offset && (offset < end || (isOpen && offset === end)),
  );
  if (island !== undefined)
    return tags.languageId === undefined ? undefined : programAt(island, islands, tags.languageId, text, offset);
  const around = islands.map(({ range }) => range);
  const embedded = embeddedIn(elementAt(without(text, around), offset), text, offset);
  return embedded && { ...embedded, ranges: embedded.ranges.flatMap((range) => gaps(range, around)) };
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

/** How an element without a text may end, as pages of components allow it; without a space it belongs to a value. */
const closesItself = /(?:^|[\s"'])\/$/;

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
    if (closesItself.test(attributes)) continue;
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

/** A program in a page. */
interface Island {
  /** Its marks included. */
  readonly range: Embedded['ranges'][number];
  /** Between the marks; undefined for what is no program of the language that is named. */
  readonly program: Embedded['ranges'][number] | undefined;
  /** Whether the text ends before it does. */
  readonly isOpen: boolean;
}

function islandsOf(text: string, { pattern }: NonNullable<Embeds['tags']>): readonly Island[] {
  return Array.from(text.matchAll(pattern), ({ indices }) => {
    const { program, open } = indices!.groups!;
    return { range: indices![0]!, program, isOpen: open !== undefined };
  });
}

/** All programs of a page are one, of which an offset lies in one piece. */
function programAt(
  { program }: Island,
  islands: readonly Island[],
  languageId: string,
  text: string,
  offset: number,
): Embedded | undefined {
  if (program === undefined || offset < program[0]) return undefined;
  const [start, end] = program;
  const around = embeddedIn({ languageId, start, end }, text, offset);
  return (
    around && { languageId, ranges: islands.flatMap((each) => (each.program === undefined ? [] : [each.program])) }
  );
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
