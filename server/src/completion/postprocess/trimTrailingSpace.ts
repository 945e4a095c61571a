import type { Filter } from './filter.js';

/** White space and blank lines at the end are the user's to write. */
export const trimTrailingSpace: Filter = (text) => text.trimEnd();
