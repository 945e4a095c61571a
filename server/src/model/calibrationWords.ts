// What a model's probabilities were calibrated on, in words.

import { words, type Words } from '../common/words.js';
import type { CalibrationNote } from './language.js';

/** To stand behind "The probability is" or between brackets. */
export function calibrationWords(note: CalibrationNote | undefined): Words {
  if (note === undefined) return words('not calibrated');
  const { lines, source, date = '' } = note;
  switch (source) {
    case 'training':
      return words('calibrated on {0} lines of public repositories', lines);
    case 'commits':
      return words('calibrated on {0} lines of your own commits on {1}', lines, date);
    case 'programs':
      return words("calibrated on {0} lines of Lacuna's example programs on {1}", lines, date);
    case 'data':
      return words('calibrated on {0} lines of data files on {1}', lines, date);
  }
}
