// The doctor's findings as a document.

import type { DoctorLine } from '../../../server/src/protocol/messages.js';
import { t } from '../l10n/words.js';

export function doctorMarkdown(lines: readonly DoctorLine[]): string {
  const wrong = lines.filter(({ ok }) => !ok).length;
  const summary =
    wrong === 0
      ? t('Everything is in order.')
      : wrong === 1
        ? t('1 of {0} findings needs attention.', lines.length)
        : t('{0} of {1} findings need attention.', wrong, lines.length);
  const entries = lines.map(({ name, value, ok, advice }) => {
    const end = ok || advice === undefined ? '' : `\n  ${advice}`;
    return `- ${ok ? t('ok') : `**${t('not ok')}**`}: ${name}: ${value}${end}`;
  });
  return ['# Lacuna Doctor', '', summary, '', ...entries, ''].join('\n');
}
