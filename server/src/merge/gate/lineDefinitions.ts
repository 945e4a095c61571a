// What a line defines by words of its language or of its kind of file, beside assignments and imports: functions where one
// name has one function, types, targets, dependencies, entries.

interface Form {
  /** Languages by their ids, or the file's name. */
  readonly of: ReadonlySet<string> | RegExp;
  /** Its groups are the name. */
  readonly line: RegExp;
}

const form = (of: string | RegExp, line: RegExp): Form => ({
  of: typeof of === 'string' ? new Set(of.split(' ')) : of,
  line,
});
const scripts = 'javascript javascriptreact typescript typescriptreact vue svelte astro';

const forms: readonly Form[] = [
  // A function of this name may be there once for each type of its argument.
  form('python', /^(?:async\s+)?(def)\s+(?!_\b)(\w+)/),
  form('ruby', /^(def)\s+((?:self\.)?\w+[?!=]?)/),
  // Heads that end with a semicolon have no body, and stand in front of the one that has.
  form(scripts, /^(?:export\s+)?(?:default\s+)?(?:async\s+)?(function)\s*\*?\s*([\p{L}\p{N}_$]+)(?!.*;$)/u),
  form(
    scripts,
    /^(?:(?:public|private|protected|static|async|override)\s+)*(?!(?:if|for|while|switch|catch|function|with)\b)(#?[\p{L}_$][\p{L}\p{N}_$]*)\s*\([^()]*\)[^()]*\{$/u,
  ),
  form(scripts, /^(export default)\b/),
  // Each package may be set up in several steps.
  form('go', /^(func)\s+(?!(?:init|_)\b)(?:\(\s*(?:\w+\s+)?\*?(\w+)[^)]*\)\s*)?(\w+)/),
  form('go', /^(type)\s+(\w+)/),
  form('rust', /^(?:pub(?:\([^)]*\))?\s+)?(?:(?:async|unsafe|const)\s+)*(fn)\s+(\w+)/),
  form('rust', /^(?:pub(?:\([^)]*\))?\s+)?(struct|enum|trait)\s+(\w+)/),
  form('php', /^(?:(?:public|protected|private|static|final|abstract)\s+)*(function)\s+&?(\w+)/),
  form('lua', /^(?:local\s+)?(function)\s+([\w.:]+)/),
  form('shellscript', /^(?:function\s+)?([\w-]+)\s*\(\)/),
  form(
    `${scripts} python php java kotlin`,
    /^(?:@\w+\s+)*(?:(?:export|default|public|private|protected|abstract|final|static|open|data|sealed)\s+)*(class)\s+([\p{L}\p{N}_$]+)/u,
  ),
  form('makefile', /^([\w%/-][\w.%/-]*)\s*:(?![=:])/),
  form('dockerfile', /^(CMD|ENTRYPOINT|HEALTHCHECK)\b/),
  form('groovy gradle kotlin', /^(\w+)\s*\(?\s*["']([\w.-]+:[\w.-]+):[^"']*["']\)?$/),
  form('xml', /^<([\w.:-]+)\s(?:.*\s)?(?:\w+:)?(?:name|id|key|Include)="([^"]+)"/),
  form(/\.properties$/, /^([^\s#!=:]+)\s+[^\s=:]/),
  form(/(?:^|[\\/])\.env(?:\.[^\\/]*)?$|\.env$/, /^(?:export\s+)?(\w+)=/),
  form(/(?:^|[\\/])requirements[^\\/]*\.txt$/i, /^([\w.-]+)(?:\[[^\]]*\])?\s*(?:[=<>~!]=|[<>@]|$)/),
  form(/(?:^|[\\/])go\.mod$/, /^(?:require\s+)?(\w[\w~-]*\.[\w./~-]+)\s+v\d/),
];

/** @returns whether a line defines something, for files of a language and a path; undefined where nothing is known of them */
export function lineDefinitions(languageId: string, path: string): ((line: string) => string | undefined) | undefined {
  const known = forms.filter(({ of }) => (of instanceof RegExp ? of.test(path) : of.has(languageId)));
  if (known.length === 0) return undefined;
  return (line) => {
    for (const each of known) {
      const found = each.line.exec(line);
      if (found !== null) return found.slice(1).join(' ').trimEnd();
    }
    return undefined;
  };
}
