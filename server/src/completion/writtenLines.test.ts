// Lines as the model really wrote them, in front of what really stood behind the cursor, and the lines they make.

import { describe, expect, it } from 'vitest';
import { continuationOf } from '../../test/support/fakeModel.js';
import { locate } from './place/place.js';
import { showContinuation } from './show/shownText.js';

function make(languageId: string, marked: string, written: string): string {
  const offset = marked.indexOf('ˇ');
  const document = { uri: 'file:///a', path: 'a', version: 1, languageId, text: marked.replace('ˇ', '') };
  const context = { place: locate(document, offset), trigger: 'manual' as const, isTypedAlong: false };
  const shown = showContinuation(continuationOf(written), context);
  if ('dropped' in shown) return shown.dropped;
  return document.text.slice(0, shown.range.start) + shown.text + document.text.slice(shown.range.end);
}

describe('lines that the model wrote', () => {
  it.each([
    ['go', 'type A struct {\n\tB string `json:"ˇ"`\n}', 'status"`', 'type A struct {\n\tB string `json:"status"`\n}'],
    [
      'rust',
      "impl<'a> Iterator for Words<'a> {\n    fn next(&mut self) -> Option<ˇ> {\n    }\n}",
      "&'a str> {",
      "impl<'a> Iterator for Words<'a> {\n    fn next(&mut self) -> Option<&'a str> {\n    }\n}",
    ],
    ['clojure', "(reduce + '(1 2 3) (map :price ˇ)))", 'prices)))', "(reduce + '(1 2 3) (map :price prices)))"],
    ['php', '<?php\necho "Hello, {$ˇ}";', 'name}!";', '<?php\necho "Hello, {$name}!";'],
    ['python', `f("SELECT a WHERE b = 'ˇ'")`, `London'").fetchall()`, `f("SELECT a WHERE b = 'London'").fetchall()`],
    [
      'javascript',
      'return `Hello, ${ˇ}!`;',
      'user.name}! How are you?`;',
      'return `Hello, ${user.name}! How are you?`;',
    ],
    [
      'php',
      '<li><?= ˇ ?></li>',
      '$product->name ?> - <?= $price ?></li>',
      '<li><?= $product->name ?> - <?= $price ?></li>',
    ],
    ['php', '<li><?= ˇ ?></li>', '$product->name; ?>', '<li><?= $product->name; ?></li>'],
    ['python', 'A = re.compile(r"^\\+?ˇ$")', '\\d{10}$")', 'A = re.compile(r"^\\+?\\d{10}$")'],
    ['python', 'A = re.compile(r"^\\+?ˇ$")', '\\d{10}")', 'A = re.compile(r"^\\+?\\d{10}$")'],
    ['python', 'A = re.compile(r"^\\+?ˇ$")', '[0-9]{1,3}[-\\s', 'A = re.compile(r"^\\+?[0-9]{1,3}$")'],
    ['scala', 'println(s"Hello ${ˇ}")', 'name}!")', 'println(s"Hello ${name}!")'],
    ['scala', 'println(s"Hello ${ˇ}")', 'name', 'println(s"Hello ${name}")'],
    ['shellscript', 'echo "Hello, $(ˇ)"', "(NAME))!\" | tr 'a' 'b'", "echo \"Hello, $((NAME))!\" | tr 'a' 'b'"],
    ['shellscript', 'echo "Hello, $(ˇ)"', "whoami)! You' | tr 'a", 'echo "Hello, $(whoami)! You\' | tr \'a"'],
    [
      'javascript',
      `const a = '<a href="ˇ">' + label + '</a>';`,
      'https://example.com">Example</a>\';',
      `const a = '<a href="https://example.com">' + label + '</a>';`,
    ],
    ['rust', 'let p = r#"{"name": "ˇ"}"#;', 'Ann", "age": 30}"#;', 'let p = r#"{"name": "Ann", "age": 30}"#;'],
    ['python', 'print(f"{name} is {ˇ} years old")', 'age} years old.")', 'print(f"{name} is {age} years old.")'],
    ['python', 'print(f"{name} is {ˇ} years old")', 'age}")', 'print(f"{name} is {age} years old")'],
    [
      'typescript',
      'new Map(users.map((user) => [ˇ]));',
      'user.id, user]));',
      'new Map(users.map((user) => [user.id, user]));',
    ],
    ['typescript', 'function log(message: string): void {ˇ}', '', 'nothingGenerated'],
    ['typescript', 'function log(): void {ˇ}', ' console.log(1); }', 'function log(): void { console.log(1); }'],
    [
      'css',
      '.a { color: white; background: ˇ; }',
      '#333; padding: 1px; }',
      '.a { color: white; background: #333; padding: 1px; }',
    ],
    ['c', 'valueˇ);\n', '_free(a);', 'value_free(a);\n'],
    ['c', 'assert(!isˇ));\n', '_valid(r));', 'assert(!is_valid(r));\n'],
    ['c', 'if (isˇ)) {\n}\n', '_valid(r)) {', 'if (is_valid(r)) {\n}\n'],
    ['swift', 'print("Hello, \\(ˇ)!")', 'name)!")', 'print("Hello, \\(name)!")'],
    ['kotlin', 'println("Hello, ${ˇ}!")', 'name}!")', 'println("Hello, ${name}!")'],
    ['ruby', 'puts "Hello, #{ˇ}!"', 'name}!"', 'puts "Hello, #{name}!"'],
    ['elixir', 'IO.puts("Hello, #{ˇ}!")', 'name}!")', 'IO.puts("Hello, #{name}!")'],
    ['powershell', 'Write-Host "Hello, $(ˇ)!"', '$name)!"', 'Write-Host "Hello, $($name)!"'],
    ['csharp', 'var p = @"C:\\ˇ";', 'Users\\Ann\\";', 'var p = @"C:\\Users\\Ann\\";'],
    ['csharp', 'var j = """{"name": "ˇ"}""";', 'Ann"}""";', 'var j = """{"name": "Ann"}""";'],
    ['cpp', 'auto s = R"x({"a": "ˇ"})x";', 'b"})x";', 'auto s = R"x({"a": "b"})x";'],
    ['python', 'def f():\n    """Adds ˇ"""\n', 'two numbers."""', 'def f():\n    """Adds two numbers."""\n'],
    ['typescript', 'f(ˇ) // the sum (', 'a, b); // the', 'f(a, b); // the sum ('],
    ['typescript', 'f(ˇ); // the sum (', 'a, b);', 'f(a, b); // the sum ('],
    ['typescript', '// see f(ˇ)', 'a, b)', '// see f(a, b)'],
    ['markdown', "It's here (see [one](ˇ))", 'one.md))', "It's here (see [one](one.md))"],
    ['erb', '<p><%= user.ˇ %></p>', 'name %></p>', '<p><%= user.name %></p>'],
    ['html', '<!-- see ˇ -->', 'below -->', '<!-- see below -->'],
    ['yaml', 'ports: ["80:80", ˇ]', '443:443"]', 'unbalanced'],
    ['yaml', 'ports: ["80:80", ˇ]', '"443:443"]', 'ports: ["80:80", "443:443"]'],
    ['javascript', 'const words = text.split(/ˇ);', '\\s+/);', 'const words = text.split(/\\s+/);'],
    [
      'javascript',
      'const clean = text.replace(/ˇ/g, "");',
      '[^a-z/"]/g, "");',
      'const clean = text.replace(/[^a-z/"]/g, "");',
    ],
    ['javascript', 'console.log(format(user.name, ˇ)', 'user.age));', 'console.log(format(user.name, user.age));'],
    [
      'python',
      'result = max(len(name) for name in (ˇ)',
      '"a", "b"))',
      'result = max(len(name) for name in ("a", "b"))',
    ],
    [
      'powershell',
      'Write-Output "He said `"ˇ`" to $name"',
      '$name`" to $name"',
      'Write-Output "He said `"$name`" to $name"',
    ],
    ['vue', '<p>{{ ˇ }}</p>', 'name }}</p>', '<p>{{ name }}</p>'],
  ])('in %s: %j and %j', (languageId, marked, written, expected) => {
    expect(make(languageId, marked, written)).toBe(expected);
  });
});
