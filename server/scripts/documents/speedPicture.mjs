// The time of a line against the mode, with layers and passes a token, from the report of `bench --json`.

const MODES = ['off', 'exact', 'certified'];
const WIDTH = 640;
const ROW = 64;
const LEFT = 96;
const RIGHT = 200;
const TOP = 48;

/**
 * An SVG that follows the reader's light or dark theme.
 * @typedef {{ n: number, decodeMs?: number, fasterThanOff?: number, layersPerToken?: number, passesPerToken?: number }} Mode
 * @param {{ threads: number, modes: Record<string, Mode | undefined> }} report
 */
export function speedPicture({ threads, modes }) {
  const rows = MODES.flatMap((mode) => {
    const of = modes[mode];
    return of === undefined ? [] : [{ mode, ...of }];
  });
  const longest = Math.max(1, ...rows.map(({ decodeMs }) => decodeMs ?? 0));
  const bars = rows.map(({ mode, decodeMs = 0, fasterThanOff, layersPerToken, passesPerToken }, i) => {
    const y = TOP + i * ROW;
    const width = ((WIDTH - LEFT - RIGHT) * decodeMs) / longest;
    const details = [
      `${layersPerToken?.toFixed(1) ?? '-'} layers, ${passesPerToken?.toFixed(2) ?? '-'} passes a token`,
      ...(fasterThanOff === undefined || mode === 'off' ? [] : [`${fasterThanOff.toFixed(2)} x as fast`]),
    ];
    return `<text x="${LEFT - 12}" y="${y + 21}" text-anchor="end" class="name">${mode}</text>
<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="32" rx="3"/>
<text x="${(LEFT + width + 10).toFixed(1)}" y="${y + 14}" class="name">${Math.round(decodeMs)} ms a line</text>
${details.map((detail, line) => `<text x="${(LEFT + width + 10).toFixed(1)}" y="${y + 30 + 14 * line}">${detail}</text>`).join('\n')}`;
  });
  const height = TOP + rows.length * ROW + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Time to decode a line in each mode">
<style>
text { font: 12px sans-serif; fill: #444; }
.name { font-size: 14px; fill: #111; }
rect { fill: #4a7ab5; }
@media (prefers-color-scheme: dark) { text { fill: #bbb; } .name { fill: #eee; } rect { fill: #6f9fd8; } }
</style>
<text x="${LEFT}" y="24" class="name">Decoding a line (${rows[0]?.n ?? 0} lines, ${threads} threads)</text>
${bars.join('\n')}
</svg>
`;
}
