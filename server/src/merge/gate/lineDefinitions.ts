// What a line defines by words of its language or of its kind of file, beside assignments and imports: functions where one
// name has one function, types, targets, dependencies, entries.

interface Form {
  /** Languages by their ids, or the file's name. */
  readonly of: ReadonlySet<string> | RegExp;
  /** Its groups are the name; where none holds anything, the line defines nothing, however it looks. */
  readonly line: RegExp;
  /** What stands in the lines around it. */
  readonly above?: RegExp;
  readonly below?: RegExp;
}

const form = (of: string | RegExp, line: RegExp, around: Pick<Form, 'above' | 'below'> = {}): Form => ({
  of: typeof of === 'string' ? new Set(of.split(' ')) : of,
  line,
  ...around,
});
const scripts = 'javascript javascriptreact typescript typescriptreact vue svelte astro';

/** The first that fits counts. */
const forms: readonly Form[] = [
  // A setter, a form for other types, and what is there for one system only may have the name of another thing.
  form('python', /^/, { above: /^@(?:[\w.]+\.)?(?:setter|getter|deleter|overload|register|dispatch)\b/ }),
  form('rust', /^/, { above: /^#\[cfg\b/ }),
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
  // The type stands behind the name.
  form('go', /^(?:(?:var|const)\s+)?(?!(?:var|const)\b)(?:_|(\w+))\s+[\w.*[\]]+\s+=\s/),
  form('rust', /^(?:pub(?:\([^)]*\))?\s+)?(?:(?:async|unsafe|const)\s+)*(fn)\s+(\w+)/),
  form('rust', /^(?:pub(?:\([^)]*\))?\s+)?(struct|enum|trait)\s+(\w+)/),
  form('php', /^(?:(?:public|protected|private|static|final|abstract)\s+)*(function)\s+&?(\w+)/),
  form('lua', /^(?:local\s+)?(function)\s+([\w.:]+)/),
  form('shellscript', /^(?:function\s+)?([\w-]+)\s*\(\)/),
  form(
    `${scripts} python php java kotlin`,
    /^(?:@\w+\s+)*(?:(?:export|default|public|private|protected|abstract|final|static|open|data|sealed)\s+)*(class)\s+([\p{L}\p{N}_$]+)/u,
  ),
  // Prerequisites add up, also those of special targets, and so does what is added to a variable; there is one recipe.
  form('makefile', /^\.(?!DEFAULT\b)[A-Z_]+\s*:(?!:?=)|^[^:=]+:[^:=]*\+=/),
  form('makefile', /^([\w%/-][\w.%/-]*)\s*:\s*(?:(?:export|override|private)\s+)*([\w.-]+)\s*[:?!]*=/),
  form('makefile', /^([\w/-][\w./-]*)\s*:(?![=:])/, { below: /^\t/ }),
  form('makefile', /^[^:=]+:(?!:?=)/),
  form('dockerfile', /^(CMD|ENTRYPOINT|HEALTHCHECK)\b/),
  // Behind the version stands which of its files is meant.
  form('groovy gradle kotlin', /^(\w+)\s*\(?\s*["']([\w.-]+:[\w.-]+):[^"':@]*([^"']*)["']\)?$/),
  form('groovy gradle', /^(\w+)[\s(]+group:\s*["']([^"']+)["'],\s*name:\s*["']([^"']+)["'](?!.*(?:classifier|ext):)/),
  // A call whose arguments have names.
  form('groovy gradle', /^\w+[ \t(]+\w+:\s/),
  form('xml', /^<(?!.*\s(?:Condition|product)=)([\w.:-]+)\s(?:.*\s)?(?:\w+:)?(?:name|id|key|Include)="([^"]+)"/),
  form(/\.properties$/, /^([^\s#!=:]+)\s+[^\s=:]/),
  form(/(?:^|[\\/])\.env(?:\.[^\\/]*)?$|\.env$/, /^(?:export\s+)?(\w+)=/),
  form(/(?:^|[\\/])requirements[^\\/]*\.txt$/i, /^([\w.-]+)(?:\[[^\]]*\])?\s*(?:[=<>~!]=|[<>@]|;|$)[^;]*(;[^#]*)?/),
  form(/(?:^|[\\/])go\.mod$/, /^(?:require\s+)?(\w[\w~-]*\.[\w./~-]+)\s+v\d(?!.*=>)/),
  // Such settings of units are lists.
  form(
    /\.(?:service|socket|timer|target|mount|path)$/,
    /^(?:After|Alias|Before|Condition|Documentation|Environment|Exec|Listen|On|Requires|Wanted|Wants)\w*=/,
  ),
];

/**
 * @returns what a line defines, by itself and the lines around it, for files of a language and a path: '' where it defines
 * nothing, undefined where nothing is known of it
 */
export function lineDefinitions(
  languageId: string,
  path: string,
): ((line: string, above: string, below: string) => string | undefined) | undefined {
  const known = forms.filter(({ of }) => (of instanceof RegExp ? of.test(path) : of.has(languageId)));
  if (known.length === 0) return undefined;
  return (line, above, below) => {
    for (const each of known) {
      if (each.above?.test(above) === false || each.below?.test(below) === false) continue;
      const found = each.line.exec(line);
      if (found !== null) return found.slice(1).join(' ').trimEnd();
    }
    return undefined;
  };
}
