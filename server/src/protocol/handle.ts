// The one wrapper around every request: a line in the log, the client's token as an AbortSignal, and errors that end
// here as an empty answer instead of reaching the user as a failed request.

import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import { isAbortError } from '../common/abort.js';
import { inEnglish } from '../common/words.js';
import type { Handler } from './requests/handler.js';
import type { Session } from './session.js';

export function handle<Params, Result>(
  handler: Handler<Params, Result>,
  session: Pick<Session, 'logger' | 'ready' | 'state'>,
  now: () => number,
): (params: Params, token?: CancellationToken) => Promise<Result | ResponseError<void>> {
  const { method } = handler;
  const { logger, ready } = session;
  let nextId = 1;
  return async (params, second) => {
    // A request without parameters comes with the token in their place.
    const token = second ?? (params as CancellationToken);
    const id = nextId++;
    const began = now();
    const end = (outcome: string): void =>
      logger.debug(`${method} #${id}: ${outcome} after ${Math.round(now() - began)} ms`);
    const controller = new AbortController();
    const cancellation = token.onCancellationRequested(() => controller.abort());
    if (token.isCancellationRequested) controller.abort();
    try {
      const result = await handler.run(await ready(), params, controller.signal);
      if (controller.signal.aborted) return cancelled(end);
      end('answered');
      return result;
    } catch (error) {
      if (isAbortError(error)) return cancelled(end);
      end('failed');
      logger.error(
        `${method} #${id} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return handler.empty(params, session.state?.say ?? inEnglish);
    } finally {
      cancellation.dispose();
    }
  };
}

function cancelled(end: (outcome: string) => void): ResponseError<void> {
  end('cancelled');
  return new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
