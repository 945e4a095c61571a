// What of a line looks like a secret: known forms of keys, values of names that say that they are secret, and values that
// are random whatever their name. Which of them a suggestion may not have is left to the filter.

export interface SecretValue {
  /** Offsets in the line. */
  readonly start: number;
  readonly end: number;
}

export interface LineOfFile {
  readonly text: string;
  /** The line above, where a list of names and values has the name. */
  readonly above: string;
  /** Whether texts stand without quotes, as in YAML or in a shell: what follows a name is its value, not a variable. */
  readonly isConfiguration: boolean;
  /** The file without the line: a pass phrase may be words, and is known by standing there too. */
  readonly elsewhere: string;
}

/** Forms of well-known keys. */
const forms: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\bsk-(?=[\w-]*\d)[\w-]{20,}/g,
  /\b[spr]k_(?:live|test)_[A-Za-z0-9]{10,}/g,
  /\bAIza[\w-]{30,}/g,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/g,
  // A password in an address; that of `${user}:${password}@` is a variable.
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@${<%"'`]*:[^\s:/@${<%*"'`]{4,}@/gi,
];

/**
 * The secrets of a line, in no particular order.
 * @returns what was found by its name and what is a secret under any name
 */
export function secretsOf(line: LineOfFile): readonly SecretValue[] {
  const { text } = line;
  const known = forms.flatMap((form) => [...text.matchAll(form)].map(({ 0: value, index }) => spanOf(value, index)));
  const strings = quotedValues(text);
  const named = [...strings, ...bareValues(line, strings)].filter((value) => isSecretOfName(value, line));
  return [...known, ...named.map(({ value, start }) => spanOf(value, start)), ...randomValues(text)];
}

function spanOf(value: string, start: number): SecretValue {
  return { start, end: start + value.length };
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  /** In quotes of its own; inside of others; or without. */
  readonly kind: 'quoted' | 'inString' | 'bare';
}

const NAME = String.raw`[\p{L}_$][\p{L}\p{N}_$.-]*`;

/** A name in front of a quoted value, with what parts them: `a: "b"`, `a="b"`, `'a' => 'b'`, `f("b"`, `set("a", "b"`. */
const nameInFront = new RegExp(
  String.raw`(${NAME})(?:<[^<>]*>)?["'\x60]?[\])?!]*(?:\s*:\s*[\w.[\]| ]+?)?\s*(?:=>|:=|->|[!=:]?={1,3}|:|,|\()\s*(?:[bruf]{1,2}|@)?$`,
  'iu',
);

function quotedValues(text: string): readonly NamedValue[] {
  return [...text.matchAll(/(["'`])((?:\\.|(?!\1).)*)\1?/gu)].flatMap(({ 1: quote, 2: value = '', index }) => {
    const start = index + quote!.length;
    const name = nameInFront.exec(text.slice(Math.max(0, index - 100), index))?.[1] ?? '';
    const scheme = /^(?:Bearer|Basic|Token)\s+/.exec(value)?.[0] ?? '';
    if (scheme === '') return [{ name, value, start, kind: 'quoted' as const }];
    return [
      {
        name: 'authorization',
        value: value.slice(scheme.length),
        start: start + scheme.length,
        kind: 'quoted' as const,
      },
    ];
  });
}

const VALUE = String.raw`([^\s"'\x60,;&)\]}<>]+)`;
const assigned = new RegExp(
  String.raw`(?<![\p{L}\p{N}_$.-])-{0,2}(${NAME})\s*[:=]\s*(?:(?:Bearer|Basic|Token)\s+)?${VALUE}`,
  'gu',
);

/** With white space between them only an option or an instruction says that they are a name and its value. */
const spaced = new RegExp(String.raw`(?:^\s*(?:ENV|ARG|setx|machine\s+\S+)\s+|\s--?)(${NAME})\s+${VALUE}`, 'gu');

function bareValues({ text, isConfiguration }: LineOfFile, strings: readonly NamedValue[]): readonly NamedValue[] {
  return [assigned, spaced].flatMap((form) =>
    [...text.matchAll(form)].map(({ 0: whole, 1: name = '', 2: value = '', index }): NamedValue => {
      const start = index + whole.length - value.length;
      const isInString = strings.some((string) => string.start <= index && start < string.start + string.value.length);
      if (isInString || !isConfiguration) return { name, value, start, kind: isInString ? 'inString' : 'bare' };
      // A pass phrase may have spaces.
      const rest = form === assigned ? text.slice(start).replace(/\s+#.*$|\s+$/, '') : value;
      return { name, value: rest, start, kind: 'bare' };
    }),
  );
}

/** Words with which the name of a password ends, and that of a key or a token; and what may stand behind either. */
const TAIL = '(?:_(?:prod|production|dev|development|staging|stage|live|old|new|default|value|[0-9]+))*$';
const password = new RegExp(`(?:^|_)(?:password|passwd|passphrase|pwd|passcode|pass|secret|credentials?)${TAIL}`);
const key = new RegExp(`(?:^|_)(?:token|auth|authorization|bearer|key|apikey|api_?token|accesskey|secretkey)${TAIL}`);

/** Names of which the value stands on the next line: `- name: DB_PASSWORD`, and below it `value: …`. */
const nameAbove = /^\s*-?\s*["']?(?:name|key)["']?\s*[:=]\s*["']?([\w.-]+)["']?,?\s*$/i;

function isSecretOfName({ name, value, kind }: NamedValue, { above, isConfiguration, elsewhere }: LineOfFile): boolean {
  const last = name.split('.').at(-1)!;
  const words = wordsOf(last === 'value' ? (nameAbove.exec(above)?.[1] ?? last) : last);
  const isPassword = password.test(words);
  if (!isPassword && !key.test(words)) return false;
  const isLiteral = isPassword && kind === 'bare' && isConfiguration;
  if (value.length < (isLiteral ? 4 : 6) || isReference(value) || isPlaceholder(value)) return false;
  if (kind === 'bare' && !isConfiguration) return isRandom(value, 8);
  if (isLiteral) return true;
  const isCopied = (isPassword || /token|api/.test(words)) && kind === 'quoted' && isQuotedIn(elsewhere, value);
  // Digits alone are what is chosen where nobody thinks; those of a mere `key` may be a number.
  const isNumber = /^\d{6,}$/.test(value) && (isPassword || /token|api/.test(words));
  return isCopied || isNumber || (isPassword ? isPasswordLike(value) : isRandom(value, 8));
}

function isQuotedIn(text: string, value: string): boolean {
  return text.includes(`"${value}"`) || text.includes(`'${value}'`);
}

/** `dbPassword`, `DB_PASSWORD` and `db-password` as `db_password`. */
function wordsOf(name: string): string {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replace(/[-.\s]/g, '_')
    .toLowerCase();
}

/** What is looked up elsewhere, called, or filled in later. */
function isReference(value: string): boolean {
  return (
    /[${}<>()[\]|*]|%[sd@(]|^@|^[!&]|::|\b(?:process|os|env|environ|config|settings|secrets|vars|self|this)\./i.test(
      value,
    ) || /^(?:https?:)?\/|^\.{1,2}\//.test(value)
  );
}

const placeholder =
  /^(?:true|false|null|none|nil|undefined|string|str|text|secret|password|required|optional|empty|default|disabled|enabled|auto|y(?:es)?|no|x+|\.+|-+|_+|change.?me|change.?it|todo|tbd|redacted|dummy|placeholder|example)$|your|\bmy[-_]|example|change[-_ ]?(?:me|this|it)|replace|placeholder|insert|enter|here$|dummy|redacted|xxxx|\.\.\.|…/i;

function isPlaceholder(value: string): boolean {
  return placeholder.test(value);
}

/** Letters mixed with digits or signs, as in what people choose; a word, a name and a sentence are not. */
function isPasswordLike(value: string): boolean {
  if (/\s/.test(value) || value.length > 200) return false;
  if (isRandom(value, 8)) return true;
  return (
    /\p{L}/u.test(value) && /\d/.test(value.slice(1)) && !/^[\p{L}_-]+[_-]?\d$/u.test(value) && !/[/\\:]/.test(value)
  );
}

/** A number of hexadecimal digits is a digest where its line says so; a random value of it would be of no use, but is no secret. */
const digest =
  /sha-?\d|\bsha\b|md5|hash|digest|checksum|commit|revision|\brev\b|\bref\b|integrity|etag|fingerprint|uses:|@$|blob|\btree\b|parent|\bh1:$|crc|colou?r|uuid|guid|\bid\b/i;

/** Shorter values are not random enough to be told from names. */
const SHORTEST_RANDOM = 20;

function randomValues(text: string): readonly SecretValue[] {
  return [...text.matchAll(/[A-Za-z0-9+/_=-]{20,}/g)].flatMap(({ 0: value, index }) => {
    const before = text.slice(0, index);
    const isDigest = /^[0-9a-f-]+$/i.test(value)
      ? digest.test(before) || isUuid(value)
      : /sha\d+-$|h1:$/.test(before) || /^sha\d+-/.test(value);
    return isDigest || !isRandom(value, SHORTEST_RANDOM) ? [] : [spanOf(value, index)];
  });
}

function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

/** Names and words are made of long runs of one kind of sign; what was drawn at random changes with every second one. */
const LONGEST_RUN = 2.4;
/** So many letters in one case are a word, and a name that holds one is no random value: `convertIPv4MappedIPv6`. */
const SHORTEST_WORD = 6;

function isRandom(value: string, shortest: number): boolean {
  if (value.length < shortest || /\s/.test(value)) return false;
  const runs = value.match(/[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g) ?? [];
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  const digits = runs.filter((run) => /^\d/.test(run)).length;
  const mixes = value.match(/[A-Za-z][0-9]|[0-9][A-Za-z]/g)?.length ?? 0;
  if (length < 0.8 * value.length || length / runs.length > LONGEST_RUN) return false;
  if (value.length < 32 && runs.some((run) => run.length >= SHORTEST_WORD && /[a-z]/.test(run))) return false;
  // Without digits both cases must change often, as in no name.
  return (
    (digits >= 2 && mixes >= 3) ||
    (value.length >= SHORTEST_RANDOM && /[a-z]/.test(value) && length / runs.length < 1.9 && runs.length >= 10)
  );
}
