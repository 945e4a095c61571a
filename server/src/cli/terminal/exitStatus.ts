// How a command ends. Everything a person can get wrong is said in one sentence (InputError) and ends with status 2.

/** Nothing to suggest, or conflicts left: the command worked, its answer is "no". */
export const NOTHING_FOUND = 1;
/** Wrong use or bad input. */
export const BAD_INPUT = 2;
