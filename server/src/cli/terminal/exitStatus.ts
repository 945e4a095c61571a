// How a command ends. Everything a person can get wrong is said in one sentence (InputError) and ends with status 2.

/** What a person reads of them: in the help, in the manual page and in the guide. */
export const statuses = [
  { status: 0, means: 'done' },
  { status: 1, means: 'the answer is no: nothing to suggest, conflicts left, something broken' },
  { status: 2, means: 'wrong use or unreadable input; one sentence on standard error says why' },
] as const;

/** Nothing to suggest, or conflicts left: the command worked, its answer is "no". */
export const NOTHING_FOUND = 1;
/** Wrong use or bad input. */
export const BAD_INPUT = 2;
