// A progress bar on standard error, where that is a terminal; nothing anywhere else.

import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  advance(): void;
  /** Removes the bar; calling it twice does no harm. */
  end(): void;
}

export function startProgress(total: number): Progress {
  if (!process.stderr.isTTY) return { advance: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: '{bar} {value}/{total}  {duration_formatted}, {eta_formatted} left',
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { advance: () => bar.increment(), end: () => bar.stop() };
}
