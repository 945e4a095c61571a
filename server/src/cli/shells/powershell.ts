// The script for PowerShell: tables of words and a block that looks them up. Where it gives nothing, PowerShell completes
// files.

import { allCommands, nameOf, namesOf, type CommandWords } from './commandWords.js';

export function powershellScript(lacuna: CommandWords): string {
  const all = allCommands(lacuna);
  return `# Completes lacuna in PowerShell: lacuna completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName lacuna -ScriptBlock {
  param($word, $line, $cursor)
  # For each command: what may stand after it, and its options, each with what it is for.
  $arguments = @{
${all.map((each) => `    ${quoted(each.path)} = ${table(argumentsOf(each))}`).join('\n')}
  }
  $options = @{
${all.map((each) => `    ${quoted(each.path)} = ${table(optionsOf(each))}`).join('\n')}
  }
  # What an option takes: a list, which is empty where that is a file or cannot be listed.
  $values = @{
${all.flatMap(valuesOf).join('\n')}
  }
  $command = ''
  $before = ''
  foreach ($element in @($line.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursor -and $word -ne '') { break }
    $before = $element.Extent.Text
    if ($before -ceq '--') { return }
    $next = "$command $before".Trim()
    if ($arguments.ContainsKey($next)) { $command = $next }
  }
  if ($values.ContainsKey("$command/$before")) {
    $found = $values["$command/$before"] | ForEach-Object { , @($_, $_) }
  } elseif ($word -like '-*') {
    $found = $options[$command]
  } else {
    $found = $arguments[$command]
  }
  foreach ($each in @($found)) {
    if ($each -and $each[0].StartsWith($word)) {
      [System.Management.Automation.CompletionResult]::new($each[0], $each[0], 'ParameterValue', $each[1])
    }
  }
}
`;
}

type Row = readonly [word: string, description: string];

function argumentsOf({ commands, values }: CommandWords): readonly Row[] {
  if (commands.length > 0) return commands.map((child) => [nameOf(child), child.description]);
  return values.kind === 'words' ? values.words.map((word) => [word, word]) : [];
}

function optionsOf({ options }: CommandWords): readonly Row[] {
  return options.flatMap((option) => namesOf(option).map((name): Row => [name, option.description]));
}

function valuesOf({ path, options }: CommandWords): readonly string[] {
  return options.flatMap((option) => {
    const { values } = option;
    if (values === undefined) return [];
    const words = values.kind === 'words' ? values.words.map(quoted).join(', ') : '';
    return namesOf(option).map((name) => `    ${quoted(`${path}/${name}`)} = @(${words})`);
  });
}

/** The comma in front keeps a list of one row a list of rows. */
function table(rows: readonly Row[]): string {
  return `@(${rows.map(([word, description]) => `, @(${quoted(word)}, ${quoted(description || word)})`).join('; ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
}
