// Cancellation inside the rooms is an AbortSignal; the protocol's CancellationToken is turned into one at the border.

/** Whether an error says that the work was cancelled, as opposed to having failed. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** An error that says that the work was cancelled. */
export function abortError(): Error {
  return new DOMException('The work was cancelled.', 'AbortError');
}
