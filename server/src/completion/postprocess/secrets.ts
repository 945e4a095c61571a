import type { Filter } from './filter.js';

/** Forms of well-known keys, and long random values of names that say that they are secret. */
const forms: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_\w{20,}/,
  /\bglpat-[\w-]{16,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\bsk-(?=[\w-]*\d)[\w-]{20,}/,
  /\b[spr]k_(live|test)_[A-Za-z0-9]{10,}/,
  /\bAIza[\w-]{30,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s:/@]{6,}@/i,
];

const assignment =
  /(password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|auth)\w*["']?\s*[:=]\s*["'`]([^"'`\s]{12,})["'`]/i;

/** A made-up or remembered key is of no use and may be somebody's. */
export const secrets: Filter = (text, { place }) => {
  const line = place.linePrefix + text;
  const isNew = (form: RegExp): boolean => form.test(line) && !form.test(place.linePrefix);
  if (forms.some(isNew)) return { dropped: 'looksSecret' };
  const value = assignment.exec(line)?.[2];
  return value !== undefined && looksRandom(value) && !place.linePrefix.includes(value)
    ? { dropped: 'looksSecret' }
    : text;
};

/** Letters and digits mixed, as no name and no sentence mixes them. */
function looksRandom(value: string): boolean {
  const changes = value.match(/[A-Za-z][0-9]|[0-9][A-Za-z]/g)?.length ?? 0;
  return changes >= 3 && !value.includes('${');
}
