// Cancellation inside the rooms is an AbortSignal; the protocol's CancellationToken is turned into one at the border.

/** Whether an error says that the work was cancelled, as opposed to having failed. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** An error that says that the work was cancelled. */
export function abortError(): Error {
  return new DOMException('The work was cancelled.', 'AbortError');
}

/** Waits for a promise, or rejects with AbortError as soon as the signal is aborted. */
export function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  if (signal.aborted) return Promise.reject(abortError());
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortError());
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
