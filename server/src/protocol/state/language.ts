// The client's language: what the rooms say is put into it where it leaves the server. English needs no bundle, and is what
// a client gets whose language has none.

import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../common/messageOf.js';
import type { Logger } from '../../common/logger.js';
import { inEnglish, translated, type Words } from '../../common/words.js';

/** Puts words into the client's language. */
export type Say = (said: Words) => string;

/**
 * @param locale what the client calls its language, such as `de`, `de-AT` or `de_DE.UTF-8`
 * @param folder where the bundles lie
 */
export function sayIn(locale: string | undefined, folder: string, logger: Logger): Say {
  const language = languageOf(locale);
  const file = join(folder, `bundle.l10n.${language}.json`);
  if (language === undefined || !existsSync(file)) return inEnglish;
  try {
    l10n.config({ fsPath: file });
  } catch (error) {
    logger.warn(`${file} cannot be read, so what is said is English: ${messageOf(error)}`);
    return inEnglish;
  }
  return (said) => translated(said, l10n.t, language);
}

/** The region says nothing more than the language: there is one German. */
function languageOf(locale: string | undefined): string | undefined {
  return /^[a-z]{2,3}(?![a-z])/.exec(locale?.toLowerCase() ?? '')?.[0];
}
