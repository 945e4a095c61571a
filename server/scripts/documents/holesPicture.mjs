// How many lines are covered, and how much of them is removed, against ε, from the report of `eval partial --curves --json`.

const WIDTH = 760;
const HEIGHT = 380;
const PANEL = { width: 250, height: 250, top: 60 };
const LEFTS = [56, 366];
/** Colours by the order of the curves: ours in four blues, then the others. */
const COLOURS = ['#9db8dc', '#2f6fbf', '#6f9fd8', '#4a4f9c', '#c4572b', '#b8973a', '#5a8f5a'];
const MOST = 0.5;

/**
 * An SVG on white, so that its colours are told apart in any theme.
 * @typedef {{ epsilon: number, coverage: number, nodesRemoved: number }} Point
 * @typedef {{ name: string, points: readonly Point[] }} Curve
 * @param {{ n: number, curves: readonly Curve[] }} report
 */
export function holesPicture({ n, curves }) {
  const panels = [
    { title: 'lines covered', of: (/** @type {Point} */ { coverage }) => coverage },
    { title: 'nodes removed', of: (/** @type {Point} */ { nodesRemoved }) => nodesRemoved },
  ].map(({ title, of }, index) => panel(title, LEFTS[index], curves, of));
  const names = curves.map(({ name }, index) => {
    const y = PANEL.top + 20 + 22 * index;
    return `<line x1="640" x2="660" y1="${y - 4}" y2="${y - 4}" ${stroke(index)}/><text x="666" y="${y}">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + 40} ${HEIGHT}" role="img" aria-label="Lines covered and nodes removed against epsilon">
<style>text { font: 12px sans-serif; fill: #333; } .title { font-size: 14px; } polyline { fill: none; }</style>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${LEFTS[0]}" y="26" class="title">Completions with holes, ${n} lines; the dashed line is what is promised</text>
${panels.join('\n')}
${names.join('\n')}
</svg>
`;
}

/**
 * @param {string} title
 * @param {number} left
 * @param {readonly Curve[]} curves
 * @param {(point: Point) => number} of
 */
function panel(title, left, curves, of) {
  const { width, height, top } = PANEL;
  const x = (/** @type {number} */ epsilon) => (left + (width * epsilon) / MOST).toFixed(1);
  const y = (/** @type {number} */ share) => (top + height * (1 - share)).toFixed(1);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${left}" x2="${left + width}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/>` +
      `<text x="${left - 6}" y="${Number(y(share)) + 4}" text-anchor="end">${100 * share} %</text>`,
  );
  const epsilons = [0.1, 0.2, 0.3, 0.4, 0.5].map(
    (epsilon) => `<text x="${x(epsilon)}" y="${top + height + 18}" text-anchor="middle">${epsilon}</text>`,
  );
  const guarantee =
    title === 'lines covered'
      ? `<line x1="${x(0)}" x2="${x(MOST)}" y1="${y(1)}" y2="${y(1 - MOST)}" stroke="#888" stroke-dasharray="5 4"/>`
      : '';
  const lines = curves.map(
    ({ points }, index) =>
      `<polyline points="${points.map((point) => `${x(point.epsilon)},${y(of(point))}`).join(' ')}" ${stroke(index)}/>`,
  );
  const caption = `<text x="${left}" y="${top - 10}">${title}</text><text x="${left + width}" y="${top + height + 34}" text-anchor="end">ε</text>`;
  return [caption, ...ticks, ...epsilons, guarantee, ...lines].join('\n');
}

/** @param {number} index */
function stroke(index) {
  const colour = COLOURS[index % COLOURS.length];
  return `stroke="${colour}" stroke-width="${index === 1 ? 3 : 1.6}"`;
}
