// Plots as SVG: bars by day, lines by day, and shares against probabilities. Drawn with the editor's own colours, each with
// a name for screen readers; the numbers stand in a table beside them, so that no colour has to be told apart.

const WIDTH = 640;
const HEIGHT = 170;
const LEFT = 64;
const BOTTOM = 24;
const TOP = 10;

export interface Series {
  readonly name: string;
  /** A colour of the editor's theme. */
  readonly colour: string;
  /** By place; undefined leaves a gap. */
  readonly values: readonly (number | undefined)[];
}

const plotHeight = HEIGHT - TOP - BOTTOM;
const plotWidth = WIDTH - LEFT - 10;

export function barPlot(title: string, labels: readonly string[], series: readonly Series[]): string {
  const top = niceTop(Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const slot = plotWidth / Math.max(1, labels.length);
  const width = (slot * 0.8) / series.length;
  const bars = series.flatMap(({ colour, values }, which) =>
    values.map((value, at) => {
      const height = (plotHeight * (value ?? 0)) / top;
      const x = LEFT + at * slot + slot * 0.1 + which * width;
      return `<rect x="${x.toFixed(1)}" y="${(TOP + plotHeight - height).toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${colour}"/>`;
    }),
  );
  return frame(title, labels, top, [...bars], (value) => String(value));
}

export function linePlot(title: string, labels: readonly string[], series: readonly Series[], unit: string): string {
  const top = niceTop(Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const slot = plotWidth / Math.max(1, labels.length);
  const drawn = series.flatMap(({ colour, values }, which) => {
    const points = values.flatMap((value, at) =>
      value === undefined ? [] : [{ x: LEFT + (at + 0.5) * slot, y: TOP + plotHeight * (1 - value / top) }],
    );
    const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
    const dash = which === 0 ? '' : ' stroke-dasharray="5 3"';
    return [
      `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`,
      ...points.map(({ x, y }) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.5" fill="${colour}"/>`),
    ];
  });
  return frame(title, labels, top, drawn, (value) => `${value} ${unit}`);
}

/** Shares (0-1) against probabilities, with the line on which they would be alike. */
export function sharePlot(title: string, labels: readonly string[], { colour, values }: Series): string {
  const slot = plotWidth / Math.max(1, labels.length);
  const y = (share: number): number => TOP + plotHeight * (1 - share);
  const bars = values.map((value, at) =>
    value === undefined
      ? ''
      : `<rect x="${(LEFT + at * slot + slot * 0.15).toFixed(1)}" y="${y(value).toFixed(1)}" width="${(slot * 0.7).toFixed(1)}" height="${(plotHeight * value).toFixed(1)}" fill="${colour}"/>`,
  );
  const diagonal = `<line x1="${LEFT}" y1="${y(0)}" x2="${LEFT + plotWidth}" y2="${y(1)}" stroke="currentColor" stroke-dasharray="4 4" opacity="0.6"/>`;
  return frame(title, labels, 1, [...bars, diagonal], (value) => `${Math.round(value * 100)} %`);
}

function frame(
  title: string,
  labels: readonly string[],
  top: number,
  content: readonly string[],
  words: (value: number) => string,
): string {
  const slot = plotWidth / Math.max(1, labels.length);
  const every = Math.ceil(labels.length / 10);
  const names = labels.map((label, at) =>
    at % every === 0
      ? `<text x="${(LEFT + (at + 0.5) * slot).toFixed(1)}" y="${HEIGHT - 8}" text-anchor="middle">${escapeMarkup(label)}</text>`
      : '',
  );
  const rules = [0, 0.5, 1].map((share) => {
    const y = TOP + plotHeight * (1 - share);
    return `<line x1="${LEFT}" y1="${y}" x2="${LEFT + plotWidth}" y2="${y}" stroke="currentColor" opacity="0.2"/><text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${escapeMarkup(words(top * share))}</text>`;
  });
  return `<svg role="img" aria-label="${escapeMarkup(title)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">
<g font-size="11" fill="currentColor">${rules.join('')}${names.join('')}</g>
${content.join('\n')}
</svg>`;
}

/** The next number that is read easily: 1, 2 or 5 with zeros. */
function niceTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= value)!;
}

/** Text is data: nothing in it becomes markup. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
