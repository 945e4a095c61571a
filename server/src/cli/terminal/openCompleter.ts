// A completer for the time of one command, on a model that is already loaded.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Completer, type ContextSource, createCompleter } from '../../completion/index.js';
import type { LanguageModel } from '../../model/index.js';
import { createSyntax, type Syntax } from '../../syntax/index.js';
import { findInstallation } from '../../setup/installation.js';
import { errorStreamLogger } from './openModel.js';

/** @param context what the model may be shown of other files, chosen with these syntax trees */
export async function withCompleter<T>(
  model: LanguageModel,
  work: (completer: Completer) => Promise<T>,
  context?: (syntax: Syntax) => ContextSource,
): Promise<T> {
  const syntax = createSyntax({ grammarFolder: findInstallation().grammarFolder });
  try {
    return await work(
      createCompleter({
        model,
        syntax,
        logger: errorStreamLogger,
        now: () => performance.now(),
        sleep: (ms, signal) => sleep(ms, undefined, { signal }),
        ...(context === undefined ? {} : { context: context(syntax) }),
      }),
    );
  } finally {
    syntax.dispose();
  }
}
