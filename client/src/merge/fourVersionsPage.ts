// Ours, theirs, the base and the suggested answer beside each other, as a page. What a side has of its own is marked by a sign
// in front of the line, since a colour alone tells nobody anything. No script runs in it; every part can be reached by Tab.

import type { ShownResolution } from '../../../server/src/protocol/messages.js';
import { escapeMarkup } from '../editor/plots.js';
import { t } from '../l10n/words.js';

export interface FourVersions {
  /** Of the file. */
  readonly name: string;
  readonly line: number;
  /** The texts in conflict; the base may not be known. */
  readonly ours: string;
  readonly theirs: string;
  readonly base: string | undefined;
  /** What stands behind the markers, empty where nothing does. */
  readonly names: { readonly ours: string; readonly theirs: string };
  readonly resolution: ShownResolution;
  /** The place of the resolution among all, from 0. */
  readonly rank: number;
  readonly count: number;
}

/** Addresses of what can be done. */
export interface PageLinks {
  readonly take: string;
  readonly compare: string;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** More lines are counted, not shown. */
const MOST_LINES = 400;

export function fourVersionsPage(versions: FourVersions, links: PageLinks): string {
  const { name, line, ours, theirs, base, names, resolution, rank, count } = versions;
  const title = t('{0}: the conflict in line {1}', name, line);
  const baseLines = base === undefined ? undefined : new Set(linesOf(base));
  const known = { ours: new Set(linesOf(ours)), theirs: new Set(linesOf(theirs)), base: baseLines };
  const behind = (side: string): string => (side === '' ? '' : ` (${side})`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>
body { font-family: var(--vscode-font-family); color: var(--vscode-foreground); padding: 0 1em; line-height: 1.4; }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 0.8em; }
@media (max-width: 38em) { main { grid-template-columns: 1fr; } }
section { border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); min-width: 0; }
section:focus { outline: 2px solid var(--vscode-focusBorder); }
h1 { font-size: 1.1em; }
h2 { font-size: 1em; margin: 0; padding: 0.3em 0.6em; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); }
pre { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); margin: 0; padding: 0.4em 0.6em; overflow: auto; max-height: 42vh; }
.own { background: var(--vscode-diffEditor-insertedLineBackground, var(--vscode-diffEditor-insertedTextBackground)); }
.suggested { border-width: 2px; }
a { color: var(--vscode-textLink-foreground); }
nav a { margin-right: 1.6em; }
</style>
</head>
<body>
<h1>${escapeMarkup(title)}</h1>
<main>
${region(
  t('ours') + behind(names.ours),
  marked(ours, (text) => ownOf(text, baseLines)),
)}
${region(
  t('theirs') + behind(names.theirs),
  marked(theirs, (text) => ownOf(text, baseLines)),
)}
${region(t('the base'), base === undefined ? escapeMarkup(t('It is not known.')) : marked(base, () => ''))}
${region(
  t('suggested: {0} ({1})', resolution.words, resolution.confidence),
  marked(resolution.text, (text) => originOf(text, known)),
  'suggested',
)}
</main>
<p>${escapeMarkup(resolution.explanation.split('\n').join(' '))}</p>
<p>${escapeMarkup(t('Signs: + is not in the base, < stands in ours alone, > in theirs alone, * in neither.'))}</p>
<nav>
${link(links.take, t('Take this answer'))}
${link(links.compare, t('Compare in the editor'))}
${links.previous === undefined ? '' : link(links.previous, t('Likelier answer'))}
${links.next === undefined ? '' : link(links.next, t('Next answer ({0} of {1})', rank + 2, count))}
</nav>
</body>
</html>`;
}

function region(title: string, content: string, kind = ''): string {
  const heading = escapeMarkup(title);
  return `<section tabindex="0" class="${kind}" aria-label="${heading}"><h2>${heading}</h2><pre>${content}</pre></section>`;
}

function marked(text: string, signOf: (line: string) => string): string {
  const all = linesOf(text);
  if (all.length === 0) return escapeMarkup(t('Nothing stands here.'));
  const shown = all.slice(0, MOST_LINES).map((line) => {
    const sign = signOf(line);
    const written = `${sign.padEnd(1)} ${line}`;
    return sign === '' ? escapeMarkup(written) : `<span class="own">${escapeMarkup(written)}</span>`;
  });
  return [...shown, ...(all.length > MOST_LINES ? ['…'] : [])].join('\n');
}

function ownOf(line: string, base: ReadonlySet<string> | undefined): string {
  return base !== undefined && !base.has(line) ? '+' : '';
}

function originOf(
  line: string,
  {
    ours,
    theirs,
    base,
  }: { ours: ReadonlySet<string>; theirs: ReadonlySet<string>; base: ReadonlySet<string> | undefined },
): string {
  if (ours.has(line) && theirs.has(line)) return '';
  if (ours.has(line)) return '<';
  if (theirs.has(line)) return '>';
  return base?.has(line) === true ? '' : '*';
}

function linesOf(text: string): string[] {
  const all = text.split(/\r\n|\r|\n/);
  return all.at(-1) === '' ? all.slice(0, -1) : all;
}

function link(address: string, words: string): string {
  return `<a href="${escapeMarkup(address)}">${escapeMarkup(words)}</a>`;
}
