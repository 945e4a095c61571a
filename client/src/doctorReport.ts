// The doctor's findings as a document.

import type { DoctorLine } from '../../server/src/protocol/messages.js';

export function doctorMarkdown(lines: readonly DoctorLine[]): string {
  const wrong = lines.filter(({ ok }) => !ok).length;
  const summary =
    wrong === 0
      ? 'Everything is in order.'
      : `${wrong} of ${lines.length} findings ${wrong === 1 ? 'needs' : 'need'} attention.`;
  const entries = lines.map(({ name, value, ok, advice }) => {
    const end = ok || advice === undefined ? '' : `\n  ${advice}`;
    return `- ${ok ? 'ok' : '**not ok**'}: ${name}: ${value}${end}`;
  });
  return ['# Lacuna Doctor', '', summary, '', ...entries, ''].join('\n');
}
