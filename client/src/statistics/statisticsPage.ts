// The page "Lacuna: Statistics": what was shown, accepted and kept, how long it took, and whether the probabilities were
// true for this user. No script runs in it; its links are commands.

import { barPlot, escapeMarkup, linePlot, sharePlot, type Series } from '../editor/plots.js';
import { LEAST_SHOWN, ownThreshold } from './ownThreshold.js';
import { latencyAt, noCounts, sumOfDays, TENTHS, type DayCounts, type Days } from './statisticsData.js';
import { decimal, t } from '../l10n/words.js';

/** Days that are drawn. */
const DRAWN_DAYS = 30;

export interface StatisticsPageOptions {
  readonly certainty: string;
  /** Whether suggestions follow the user's own threshold. */
  readonly isRecalibrated: boolean;
  /** The page's links. */
  readonly commands: { readonly reset: string; readonly save: string; readonly settings: string };
}

const blue = 'var(--vscode-charts-blue)';
const green = 'var(--vscode-charts-green)';
const orange = 'var(--vscode-charts-orange)';

export function statisticsPage(days: Days, options: StatisticsPageOptions): string {
  const names = Object.keys(days).sort().slice(-DRAWN_DAYS);
  const drawn = names.map((name) => days[name] ?? noCounts);
  const all = sumOfDays(Object.values(days));
  const title = t('Lacuna: Statistics');
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>
body { font-family: var(--vscode-font-family); color: var(--vscode-foreground); padding: 0 1.5em 2em; line-height: 1.5; max-width: 60em; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: 0.5em 0; }
td, th { text-align: right; padding: 0.1em 1.2em 0.1em 0; }
td:first-child, th:first-child { text-align: left; }
.figures td { font-size: 1.1em; }
.key { display: inline-block; width: 0.9em; height: 0.9em; margin: 0 0.4em 0 1em; vertical-align: -0.1em; }
a { color: var(--vscode-textLink-foreground); }
</style>
</head>
<body>
<h1>${escapeMarkup(title)}</h1>
<p>${escapeMarkup(t('These numbers are counted on this machine, stay on it, and hold no text.'))}</p>
${all.shown === 0 ? `<p>${escapeMarkup(t('Nothing has been shown yet.'))}</p>` : content(names, drawn, all, options)}
<p>${link(options.commands.save, t('Export as JSON'))} · ${link(options.commands.reset, t('Reset'))} · ${link(options.commands.settings, t('Settings'))}</p>
</body>
</html>`;
}

function content(
  names: readonly string[],
  drawn: readonly DayCounts[],
  all: DayCounts,
  options: StatisticsPageOptions,
): string {
  return [
    figures(all),
    section(t('Suggestions by day'), byDay(names, drawn)),
    section(t('Waiting by day'), waiting(names, drawn)),
    section(t('Was the probability true?'), calibration(all)),
    section(t('Your own threshold'), threshold(all, options)),
  ].join('\n');
}

function figures(all: DayCounts): string {
  const rows: readonly (readonly [string, string])[] = [
    [t('shown'), String(all.shown)],
    [t('accepted'), `${all.accepted} (${percent(all.accepted, all.shown)})`],
    [t('kept after half a minute'), `${all.kept} (${percent(all.kept, all.shown)})`],
    [t('characters not typed'), String(all.characters)],
    [t('time saved, at your own pace of typing'), duration(all.savedMs)],
  ];
  const cells = rows.map(([name, value]) => `<tr><td>${escapeMarkup(name)}</td><td>${escapeMarkup(value)}</td></tr>`);
  return `<table class="figures">${cells.join('')}</table>`;
}

function byDay(names: readonly string[], drawn: readonly DayCounts[]): string {
  const series: readonly Series[] = [
    { name: t('shown'), colour: blue, values: drawn.map(({ shown }) => shown) },
    { name: t('accepted'), colour: orange, values: drawn.map(({ accepted }) => accepted) },
    { name: t('kept'), colour: green, values: drawn.map(({ kept }) => kept) },
  ];
  return withTable(barPlot(t('Suggestions by day'), names.map(short), series), names, series, String);
}

function waiting(names: readonly string[], drawn: readonly DayCounts[]): string {
  const series: readonly Series[] = [
    { name: t('half of the answers within'), colour: blue, values: drawn.map((day) => latencyAt(day, 0.5)) },
    { name: t('95 of 100 within'), colour: orange, values: drawn.map((day) => latencyAt(day, 0.95)) },
  ];
  const plot = linePlot(t('Waiting by day'), names.map(short), series, 'ms');
  return withTable(plot, names, series, (value) => `${value} ms`);
}

function calibration({ tenths }: DayCounts): string {
  const labels = tenths.map((_, at) => `${(at * 100) / TENTHS}–${((at + 1) * 100) / TENTHS} %`);
  const kept: Series = {
    name: t('kept'),
    colour: green,
    values: tenths.map((tenth) => (tenth.shown === 0 ? undefined : tenth.kept / tenth.shown)),
  };
  const shown: Series = { name: t('shown'), colour: blue, values: tenths.map((tenth) => tenth.shown) };
  const plot = sharePlot(t('Was the probability true?'), labels, kept);
  const words = t(
    'Each bar is the share of suggestions of one probability that you kept. On the dashed line, the probability would say exactly that; it is the probability of the text being right, so bars below the line are right texts that you did not take.',
  );
  const rows = labels.map(
    (label, at) =>
      `<tr><td>${label}</td><td>${shown.values[at] ?? 0}</td><td>${kept.values[at] === undefined ? '–' : percent(tenths[at]!.kept, tenths[at]!.shown)}</td></tr>`,
  );
  return `<p>${escapeMarkup(words)}</p>${plot}${table([t('probability'), t('shown'), t('kept')], rows)}`;
}

function threshold(all: DayCounts, { certainty, isRecalibrated }: StatisticsPageOptions): string {
  const own = ownThreshold(all.tenths, certainty);
  const first =
    own.kind === 'tooFew'
      ? t('A threshold of your own needs {0} shown suggestions; {1} are counted.', LEAST_SHOWN, own.shown)
      : t(
          'By what you have kept, suggestions are worth showing to you from {0} % on.',
          Math.round(own.probability * 100),
        );
  const second = isRecalibrated
    ? t('The setting "{0}" is on: nothing less likely is shown.', 'lacuna.statistics.recalibrate')
    : t('The setting "{0}" is off: the threshold of the model holds.', 'lacuna.statistics.recalibrate');
  return `<p>${escapeMarkup(first)} ${escapeMarkup(second)}</p>`;
}

function withTable(
  plot: string,
  names: readonly string[],
  series: readonly Series[],
  words: (value: number) => string,
): string {
  const key = series.map(
    ({ name, colour }) => `<span class="key" style="background: ${colour}"></span>${escapeMarkup(name)}`,
  );
  const rows = names.map((name, at) => {
    const cells = series.map(({ values }) => `<td>${values[at] === undefined ? '–' : words(values[at])}</td>`);
    return `<tr><td>${escapeMarkup(name)}</td>${cells.join('')}</tr>`;
  });
  return `<p>${key.join('')}</p>${plot}${table([t('day'), ...series.map(({ name }) => name)], rows)}`;
}

function table(head: readonly string[], rows: readonly string[]): string {
  const cells = head.map((name) => `<th>${escapeMarkup(name)}</th>`).join('');
  return `<details><summary>${escapeMarkup(t('In numbers'))}</summary><table><thead><tr>${cells}</tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}

function section(title: string, body: string): string {
  return `<h2>${escapeMarkup(title)}</h2>${body}`;
}

function link(command: string, words: string): string {
  return `<a href="command:${escapeMarkup(command)}">${escapeMarkup(words)}</a>`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? t('{0} minutes', minutes) : t('{0} hours', decimal(ms / 3_600_000, 1));
}

/** Month and day. */
function short(day: string): string {
  return day.slice(5);
}
