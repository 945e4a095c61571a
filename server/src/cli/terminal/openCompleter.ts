// A completer for the time of one command, on a model that is already loaded.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Completer, type ContextSource, createCompleter, type HoleKnowledge } from '../../completion/index.js';
import type { Logger } from '../../common/logger.js';
import type { LanguageModel } from '../../model/index.js';
import { createSyntax, type Syntax } from '../../syntax/index.js';
import { findInstallation } from '../../setup/installation.js';
import { errorStreamLogger } from './openModel.js';

export interface Beside {
  /** What the model may be shown of other files, chosen with these syntax trees. */
  readonly context?: (syntax: Syntax) => ContextSource;
  /** What holes are chosen by; without it there are none. */
  readonly holes?: HoleKnowledge;
  /** Told what goes wrong; by default it goes to standard error. */
  readonly logger?: Logger;
}

export async function withCompleter<T>(
  model: LanguageModel,
  work: (completer: Completer) => Promise<T>,
  { context, holes, logger = errorStreamLogger }: Beside = {},
): Promise<T> {
  const syntax = createSyntax({ grammarFolder: findInstallation().grammarFolder });
  try {
    return await work(
      createCompleter({
        model,
        syntax,
        logger,
        now: () => performance.now(),
        sleep: (ms, signal) => sleep(ms, undefined, { signal }),
        ...(context === undefined ? {} : { context: context(syntax) }),
        ...(holes === undefined ? {} : { holes: () => holes }),
      }),
    );
  } finally {
    syntax.dispose();
  }
}
