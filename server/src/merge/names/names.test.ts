import { describe, expect, it } from 'vitest';
import { mergedText } from '../../../test/support/mergedText.js';
import { openSyntax } from '../../../test/support/openSyntax.js';
import { silentLogger } from '../../common/logger.js';
import { inEnglish } from '../../common/words.js';
import { addBases } from '../conflict/addBases.js';
import { parseConflicts } from '../conflict/parseConflicts.js';
import type { Syntax } from '../../syntax/index.js';
import { certainResolution } from '../ranking/certainty.js';
import { createMergeResolver } from '../resolver.js';
import type { Ranker, ResolutionResult } from '../types.js';

/** Sure of whatever comes first. */
const ranker: Ranker = {
  rank: (problem) =>
    Promise.resolve(
      problem.candidates.map((candidate, i) => ({ candidate, confidence: i === 0 ? 0.98 : 0.001, attributions: [] })),
    ),
};
const syntax = openSyntax();
const resolver = createMergeResolver({ ranker, syntax, logger: silentLogger });

interface Versions {
  readonly language: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The answers to the only conflict of a merge. */
async function answersTo(
  { language, base, ours, theirs }: Versions,
  by = resolver,
): Promise<ResolutionResult['resolutions']> {
  const text = mergedText(ours, base, theirs);
  const file = addBases(text, parseConflicts(text), base);
  expect(file.conflicts).toHaveLength(1);
  const document = { text, languageId: language, path: 'a' };
  const { resolutions } = await by.resolve(document, file, file.conflicts[0]!, new AbortController().signal);
  return resolutions;
}

/** Both sides add a line at one place, and ours changes the head of the file besides. */
function changedHead(
  language: string,
  head: readonly [before: string, after: string],
  [above, below]: readonly [above: string, below: string],
  [adds, uses]: readonly [adds: string, uses: string],
): Versions {
  const file = (start: string, added: string): string => start + above + added + below;
  return { language, base: file(head[0], ''), ours: file(head[1], adds), theirs: file(head[0], uses) };
}

type Renaming = readonly [name: string, versions: Versions, renamed: string, old: RegExp];

const script = ['\nexport function all(done: number[]) {\n', '  return done;\n}\n'] as const;
const python = ['\n\ndef everything(done):\n    """Does it."""\n', '    return done\n'] as const;
const goMain = ['\nfunc all() int {\n\tdone := 0\n', '\treturn done\n}\n'] as const;
const rustMain = ['\npub fn all() -> u32 {\n    let mut done = 0;\n', '    done\n}\n'] as const;
const cMain = ['\nint all(void) {\n    int done = 0;\n', '    return done;\n}\n'] as const;
const javaMain = ['\n    int all() {\n        int done = 0;\n', '        return done;\n    }\n}\n'] as const;
const csMain = ['\n    int All()\n    {\n        var done = 0;\n', '        return done;\n    }\n}\n'] as const;
const phpMain = ['\nfunction all() {\n    $done = 0;\n', '    return $done;\n}\n'] as const;
const rubyMain = ['\ndef all\n  done = 0\n', '  done\nend\n'] as const;
const kotlinMain = ['\nfun all(): Int {\n    var done = 0\n', '    return done\n}\n'] as const;

const renames: readonly Renaming[] = [
  [
    'TypeScript, a function',
    changedHead(
      'typescript',
      [
        'function load(id: number) {\n  return fetch(id);\n}\n',
        'function read(id: number) {\n  return fetch(id);\n}\n',
      ],
      script,
      ['  done.push(3);\n', '  done.push(load(2)); // load "load"\n  say("load");\n'],
    ),
    'done.push(read(2)); // load "load"\n  say("load");',
    /load\(/,
  ],
  [
    'TypeScript, a class',
    changedHead(
      'typescript',
      [
        'class Box {\n  private value = 1;\n  get() { return this.value; }\n}\n',
        'class Crate {\n  private value = 1;\n  get() { return this.value; }\n}\n',
      ],
      script,
      ['  done.push(3);\n', '  done.push(new Box().get());\n'],
    ),
    'new Crate().get()',
    /Box/,
  ],
  [
    'TypeScript, a constant',
    changedHead(
      'typescript',
      [
        'const LIMIT = 10;\nexport const twice = 2 * LIMIT;\n',
        'const MAXIMUM = 12;\nexport const twice = 2 * MAXIMUM;\n',
      ],
      script,
      ['  done.push(3);\n', '  if (done.length > LIMIT) throw new Error("x");\n'],
    ),
    'done.length > MAXIMUM',
    /LIMIT/,
  ],
  [
    'TypeScript, an import',
    changedHead(
      'typescript',
      [
        'import { join as glue } from "./path";\nexport const place = glue("a", "b");\n',
        'import { join as paste } from "./path";\nexport const place = paste("a", "b");\n',
      ],
      script,
      ['  done.push(3);\n', '  done.push(glue(1, 2));\n'],
    ),
    'paste(1, 2)',
    /glue/,
  ],
  [
    'TypeScript, a parameter',
    changedHead(
      'typescript',
      [
        'export function run(input: number[]) {\n  check(input);\n',
        'export function run(values: number[]) {\n  check(values);\n',
      ],
      ['\n  one();\n  two();\n', '  three();\n}\n'],
      ['  done(3);\n', '  done(input.length, other.input);\n'],
    ),
    'done(values.length, other.input)',
    /\(input/,
  ],
  [
    'TypeScript, a method of the object at hand',
    changedHead(
      'typescript',
      [
        'class A {\n  load(id: number) { return id; }\n  first() { return this.load(1); }\n',
        'class A {\n  read(id: number) { return id; }\n  first() { return this.read(1); }\n',
      ],
      ['\n  all(done: number[]) {\n', '    return done;\n  }\n}\n'],
      ['    done.push(3);\n', '    done.push(this.load(4));\n'],
    ),
    'this.read(4)',
    /load/,
  ],
  [
    'JavaScript, a function that a constant holds',
    changedHead(
      'javascript',
      ['const load = (id) => fetch("a", id);\n', 'const read = (id) => fetch("a", id);\n'],
      ['\nfunction all(done) {\n', '  return done;\n}\n'],
      ['  done.push(3);\n', '  done.push(load(2));\n'],
    ),
    'read(2)',
    /load/,
  ],
  [
    'Python, a function',
    changedHead(
      'python',
      ['def load(key):\n    return open(key)\n', 'def read(key):\n    return open(key)\n'],
      python,
      ['    done.append(3)\n', '    done.append(load(2))  # load it\n'],
    ),
    'done.append(read(2))  # load it',
    /load\(/,
  ],
  [
    'Python, a name of an import',
    changedHead(
      'python',
      ['import numpy as np\n\nzero = np.zeros(1)\n', 'import numpy as numbers\n\nzero = numbers.zeros(1)\n'],
      python,
      ['    done.append(3)\n', '    done.append(np.ones(2))\n'],
    ),
    'numbers.ones(2)',
    /\bnp\b/,
  ],
  [
    'Python, a method',
    changedHead(
      'python',
      [
        'class A:\n    def load(self, key):\n        return key\n\n    def first(self):\n        return self.load(1)\n',
        'class A:\n    def read(self, key):\n        return key\n\n    def first(self):\n        return self.read(1)\n',
      ],
      ['\n    def everything(self, done):\n        """Does it."""\n', '        return done\n'],
      ['        done.append(3)\n', '        done.append(self.load(2))\n'],
    ),
    'self.read(2)',
    /load/,
  ],
  [
    'Java, a method',
    changedHead(
      'java',
      [
        'class A {\n    int load(int key) {\n        return key;\n    }\n',
        'class A {\n    int read(int key) {\n        return key;\n    }\n',
      ],
      javaMain,
      ['        done += 3;\n', '        done += load(2);\n'],
    ),
    'read(2)',
    /load/,
  ],
  [
    'Java, a field',
    changedHead(
      'java',
      [
        'class A {\n    private int count = 0;\n\n    void more() {\n        count++;\n    }\n',
        'class A {\n    private int total = 0;\n\n    void more() {\n        total++;\n    }\n',
      ],
      javaMain,
      ['        done += 3;\n', '        done += this.count;\n'],
    ),
    'this.total',
    /count/,
  ],
  [
    'C#, a method',
    changedHead(
      'csharp',
      [
        'class A\n{\n    int Load(int key)\n    {\n        return key;\n    }\n',
        'class A\n{\n    int Read(int key)\n    {\n        return key;\n    }\n',
      ],
      csMain,
      ['        done += 3;\n', '        done += Load(2);\n'],
    ),
    'Read(2)',
    /Load/,
  ],
  [
    'Rust, a function',
    changedHead(
      'rust',
      ['fn load(key: u32) -> u32 {\n    key + 1\n}\n', 'fn read(key: u32) -> u32 {\n    key + 1\n}\n'],
      rustMain,
      ['    done += 3;\n', '    done += load(2);\n'],
    ),
    'read(2)',
    /load/,
  ],
  [
    'Rust, a type',
    changedHead(
      'rust',
      [
        'struct Box {\n    value: u32,\n}\n\nimpl Box {\n    fn new() -> Box {\n        Box { value: 1 }\n    }\n}\n',
        'struct Crate {\n    value: u32,\n}\n\nimpl Crate {\n    fn new() -> Crate {\n        Crate { value: 1 }\n    }\n}\n',
      ],
      rustMain,
      ['    done += 3;\n', '    done += Box::new().value;\n'],
    ),
    'Crate::new()',
    /Box/,
  ],
  [
    'Go, a function',
    changedHead(
      'go',
      [
        'package a\n\nfunc load(key int) int {\n\treturn key\n}\n',
        'package a\n\nfunc read(key int) int {\n\treturn key\n}\n',
      ],
      goMain,
      ['\tdone += 3\n', '\tdone += load(2)\n'],
    ),
    'read(2)',
    /load/,
  ],
  [
    'Go, a method of anything',
    changedHead(
      'go',
      [
        'package a\n\nfunc (s *Store) load(key int) int {\n\treturn key\n}\n\nfunc one(s *Store) int {\n\treturn s.load(1)\n}\n',
        'package a\n\nfunc (s *Store) read(key int) int {\n\treturn key\n}\n\nfunc one(s *Store) int {\n\treturn s.read(1)\n}\n',
      ],
      goMain,
      ['\tdone += 3\n', '\tdone += store.load(2)\n'],
    ),
    'store.read(2)',
    /load/,
  ],
  [
    'C, a function',
    changedHead(
      'c',
      [
        'static int load(int key) {\n    return key + 1;\n}\n',
        'static int read_key(int key) {\n    return key + 1;\n}\n',
      ],
      cMain,
      ['    done += 3;\n', '    done += load(2);\n'],
    ),
    'read_key(2)',
    /load/,
  ],
  [
    'C, a macro',
    changedHead(
      'c',
      ['#define LIMIT 10\n\nint twice = 2 * LIMIT;\n', '#define MAXIMUM 10\n\nint twice = 2 * MAXIMUM;\n'],
      cMain,
      ['    done += 3;\n', '    done += LIMIT;\n'],
    ),
    'MAXIMUM',
    /LIMIT/,
  ],
  [
    'C++, a class',
    changedHead(
      'cpp',
      ['class Box {\npublic:\n    int value = 1;\n};\n', 'class Crate {\npublic:\n    int value = 1;\n};\n'],
      cMain,
      ['    done += 3;\n', '    done += Box().value;\n'],
    ),
    'Crate().value',
    /Box/,
  ],
  [
    'PHP, a function',
    changedHead(
      'php',
      [
        '<?php\nfunction load($key) {\n    return $key + 1;\n}\n',
        '<?php\nfunction read($key) {\n    return $key + 1;\n}\n',
      ],
      phpMain,
      ['    $done += 3;\n', '    $done += load(2);\n'],
    ),
    'read(2)',
    /load/,
  ],
  [
    'Ruby, a method',
    changedHead('ruby', ['def load_it(key)\n  key + 1\nend\n', 'def read_it(key)\n  key + 1\nend\n'], rubyMain, [
      '  done += 3\n',
      '  done += load_it(2)\n',
    ]),
    'read_it(2)',
    /load_it/,
  ],
  [
    'Kotlin, a function',
    changedHead(
      'kotlin',
      ['fun load(key: Int): Int {\n    return key + 1\n}\n', 'fun read(key: Int): Int {\n    return key + 1\n}\n'],
      kotlinMain,
      ['    done += 3\n', '    done += load(2)\n'],
    ),
    'read(2)',
    /load/,
  ],
];

const loads = [
  'function load(id: number) {\n  return fetch(id);\n}\n',
  'function read(id: number) {\n  return fetch(id);\n}\n',
] as const;
const adds = '  done.push(3);\n';

/** What is left as it is, and why. */
const kept: readonly (readonly [why: string, versions: Versions])[] = [
  [
    'the new name is another thing of the new lines',
    changedHead('typescript', loads, script, [adds, '  const read = 1;\n  done.push(load(read));\n']),
  ],
  [
    'the old name is defined by the new lines',
    changedHead('typescript', loads, script, [adds, '  const load = (x: number) => x;\n  done.push(load(2));\n']),
  ],
  [
    'the old name is a parameter there',
    changedHead(
      'typescript',
      loads,
      ['\nexport function all(load: (x: number) => number, done: number[]) {\n', '  return done;\n}\n'],
      [adds, '  done.push(load(2));\n'],
    ),
  ],
  [
    'the new name is a parameter there',
    changedHead(
      'typescript',
      loads,
      ['\nexport function all(read: number, done: number[]) {\n', '  return done;\n}\n'],
      [adds, '  done.push(load(read));\n'],
    ),
  ],
  [
    'it is the member of another thing',
    changedHead('typescript', loads, script, [adds, '  done.push(other.load(2));\n']),
  ],
  ['it is a key', changedHead('typescript', loads, script, [adds, '  done.push({ load: 2 });\n'])],
  ['it is key and value in one', changedHead('typescript', loads, script, [adds, '  done.push({ load });\n'])],
  ['it is text', changedHead('typescript', loads, script, [adds, '  done.push("load"); // load\n'])],
  [
    'it is another function in the same place',
    changedHead(
      'typescript',
      [
        'function load(id: number) {\n  return fetch(id);\n}\n',
        'function drawCircle(radius: number, at: Point) {\n  canvas.arc(at.x, at.y, radius);\n}\n',
      ],
      script,
      [adds, '  done.push(load(2));\n'],
    ),
  ],
  [
    'it is still used where nothing changed',
    changedHead(
      'typescript',
      loads,
      ['\nexport const again = load(1);\n\nexport function all(done: number[]) {\n', '  return done;\n}\n'],
      [adds, '  done.push(load(2));\n'],
    ),
  ],
  [
    'it got two names',
    changedHead(
      'typescript',
      [
        'function load(id: number) {\n  return fetch(id);\n}\nload(1);\nload(2);\n',
        'function read(id: number) {\n  return fetch(id);\n}\nread(1);\nfetchAll(2);\n',
      ],
      script,
      [adds, '  done.push(load(2));\n'],
    ),
  ],
  [
    'a parameter of another function was renamed',
    changedHead(
      'typescript',
      ['function one(input: number) {\n  return input;\n}\n', 'function one(value: number) {\n  return value;\n}\n'],
      ['\nexport function all(done: number[], { input }: Options) {\n', '  return done;\n}\n'],
      [adds, '  done.push(input);\n'],
    ),
  ],
  [
    'it is the name of an argument',
    changedHead('python', ['limit = 3\ntwice = 2 * limit\n', 'maximum = 3\ntwice = 2 * maximum\n'], python, [
      '    done.append(3)\n',
      '    done.append(f(limit=4))\n',
    ]),
  ],
  [
    'a local name of that spelling is meant',
    changedHead('python', ['limit = 3\ntwice = 2 * limit\n', 'maximum = 3\ntwice = 2 * maximum\n'], python, [
      '    done.append(3)\n',
      '    limit = 4\n    done.append(limit)\n',
    ]),
  ],
  [
    'the field of another object has the name',
    changedHead(
      'java',
      [
        'class A {\n    private int count = 0;\n\n    void more() {\n        count++;\n    }\n',
        'class A {\n    private int total = 0;\n\n    void more() {\n        total++;\n    }\n',
      ],
      javaMain,
      ['        done += 3;\n', '        done += other.count;\n'],
    ),
  ],
  [
    'the other side uses the old name too',
    changedHead(
      'go',
      [
        'package a\n\nfunc load(key int) int {\n\treturn key\n}\n',
        'package a\n\nfunc read(key int) int {\n\treturn key\n}\n',
      ],
      goMain,
      ['\tdone += load(3)\n', '\tdone += load(2)\n'],
    ),
  ],
  [
    'it is a field of a literal',
    changedHead(
      'go',
      [
        'package a\n\nvar limit = 3\n\nvar twice = 2 * limit\n',
        'package a\n\nvar maximum = 3\n\nvar twice = 2 * maximum\n',
      ],
      goMain,
      ['\tdone += 3\n', '\tdone += sum(Options{limit: 2})\n'],
    ),
  ],
  [
    'it is a field of a literal',
    changedHead(
      'rust',
      [
        'const limit: u32 = 3;\nconst twice: u32 = 2 * limit;\n',
        'const maximum: u32 = 3;\nconst twice: u32 = 2 * maximum;\n',
      ],
      rustMain,
      ['    done += 3;\n', '    done += sum(Options { limit: 2 });\n'],
    ),
  ],
];

describe('a rename that git merged elsewhere in the file', () => {
  it.each(renames)('%s', async (_name, versions, renamed, old) => {
    const answers = await answersTo(versions);
    const first = answers.find(({ text }) => text.includes(renamed) || old.test(text))!;
    expect(first.text).toContain(renamed);
    expect(inEnglish(first.explanation)).toContain('elsewhere in the file');
    expect(certainResolution({ resolutions: answers, reason: undefined }, 0.1)?.text ?? '').not.toMatch(old);
    const both = answers.find(({ text }) => text.includes(renamed) && text.split('\n').length > 2)!;
    expect(both.text).not.toMatch(old);
  });

  it.each(kept)('is left alone where %s', async (_why, versions) => {
    const answers = await answersTo(versions);
    expect(answers.length).toBeGreaterThan(2);
    for (const { explanation } of answers) expect(inEnglish(explanation)).not.toContain('elsewhere in the file');
  });

  it('changes nothing where the base of the whole file is not known', async () => {
    const { ours, base, theirs, language } = renames[0]![1];
    const text = mergedText(ours, base, theirs);
    const file = parseConflicts(text);
    const document = { text, languageId: language, path: 'a' };
    const { resolutions } = await resolver.resolve(document, file, file.conflicts[0]!, new AbortController().signal);
    for (const { explanation } of resolutions) expect(inEnglish(explanation)).not.toContain('elsewhere in the file');
  });

  it('is found in a file with Windows line ends', async () => {
    const { ours, base, theirs, language } = renames[0]![1];
    const text = mergedText(ours, base, theirs).replaceAll('\n', '\r\n');
    const file = addBases(text, parseConflicts(text), base.replaceAll('\n', '\r\n'));
    const document = { text, languageId: language, path: 'a' };
    const { resolutions } = await resolver.resolve(document, file, file.conflicts[0]!, new AbortController().signal);
    expect(resolutions.find(({ text: answer }) => answer.includes('(2)'))?.text).toContain(
      'read(2)); // load "load"\r\n',
    );
  });
});

type Called = readonly [name: string, versions: Versions, misfit: boolean];
const tsHead = (parameters: string): string => `function load(${parameters}) {\n  return fetch();\n}\n`;
const ts = (before: string, after: string, call: string): Versions =>
  changedHead('typescript', [tsHead(before), tsHead(after)], script, [adds, `  done.push(${call});\n`]);
const py = (before: string, after: string, call: string): Versions =>
  changedHead('python', [`def load(${before}):\n    return 1\n`, `def load(${after}):\n    return 1\n`], python, [
    '    done.append(3)\n',
    `    done.append(${call})\n`,
  ]);
const java = (before: string, after: string, call: string): Versions =>
  changedHead(
    'java',
    [
      `class A {\n    int load(${before}) {\n        return 1;\n    }\n`,
      `class A {\n    int load(${after}) {\n        return 1;\n    }\n`,
    ],
    javaMain,
    ['        done += 3;\n', `        done += ${call};\n`],
  );
const cs = (before: string, after: string, call: string): Versions =>
  changedHead(
    'csharp',
    [
      `class A\n{\n    int Load(${before})\n    {\n        return 1;\n    }\n`,
      `class A\n{\n    int Load(${after})\n    {\n        return 1;\n    }\n`,
    ],
    csMain,
    ['        done += 3;\n', `        done += ${call};\n`],
  );
const go = (before: string, after: string, call: string): Versions =>
  changedHead(
    'go',
    [
      `package a\n\nfunc load(${before}) int {\n\treturn 1\n}\n`,
      `package a\n\nfunc load(${after}) int {\n\treturn 1\n}\n`,
    ],
    goMain,
    ['\tdone += 3\n', `\tdone += ${call}\n`],
  );
const rs = (before: string, after: string, call: string): Versions =>
  changedHead(
    'rust',
    [
      `struct A;\nimpl A {\n    fn get(&self${before}) -> u32 {\n        1\n    }\n}\nfn load(${before.slice(2)}) -> u32 {\n    1\n}\n`,
      `struct A;\nimpl A {\n    fn get(&self${after}) -> u32 {\n        1\n    }\n}\nfn load(${after.slice(2)}) -> u32 {\n    1\n}\n`,
    ],
    rustMain,
    ['    done += 3;\n', `    done += ${call};\n`],
  );
const c = (before: string, after: string, call: string, language = 'c'): Versions =>
  changedHead(
    language,
    [`static int load(${before}) {\n    return 1;\n}\n`, `static int load(${after}) {\n    return 1;\n}\n`],
    cMain,
    ['    done += 3;\n', `    done += ${call};\n`],
  );
const php = (before: string, after: string, call: string): Versions =>
  changedHead(
    'php',
    [`<?php\nfunction load(${before}) {\n    return 1;\n}\n`, `<?php\nfunction load(${after}) {\n    return 1;\n}\n`],
    phpMain,
    ['    $done += 3;\n', `    $done += ${call};\n`],
  );
const rb = (before: string, after: string, call: string): Versions =>
  changedHead('ruby', [`def load_it${before}\n  1\nend\n`, `def load_it${after}\n  1\nend\n`], rubyMain, [
    '  done += 3\n',
    `  done += ${call}\n`,
  ]);
const kt = (before: string, after: string, call: string): Versions =>
  changedHead(
    'kotlin',
    [`fun load(${before}): Int {\n    return 1\n}\n`, `fun load(${after}): Int {\n    return 1\n}\n`],
    kotlinMain,
    ['    done += 3\n', `    done += ${call}\n`],
  );

const calls: readonly Called[] = [
  ['TypeScript, one more', ts('a: number', 'a: number, b: number', 'load(1)'), true],
  ['TypeScript, one less', ts('a: number, b: number', 'a: number', 'load(1, 2)'), true],
  [
    'TypeScript, one more in several lines',
    ts(
      '\n  a: number,\n  b: number,\n',
      '\n  a: number,\n  b: number,\n  c: Map<string, number>,\n',
      'load(1, f(2, 3))',
    ),
    true,
  ],
  [
    'TypeScript, one more that need not be there',
    ts('a: number', 'a: number, b?: number, c = 2, ...d: number[]', 'load(1)'),
    false,
  ],
  ['TypeScript, a spread argument', ts('a: number', 'a: number, b: number', 'load(...x)'), false],
  ['TypeScript, a member of another thing', ts('a: number', 'a: number, b: number', 'other.load(1)'), false],
  ['TypeScript, a call that fits', ts('a: number', 'a: number, b: number', 'load(1, 2)'), false],
  ['TypeScript, a call that never fitted', ts('a: number', 'a: number, b: number', 'load(1, 2, 3)'), false],
  [
    'TypeScript, overloads',
    changedHead(
      'typescript',
      [
        'function load(a: string): void;\nfunction load(a: number, b: string): void;\nfunction load() {}\n',
        'function load(a: string, c: string): void;\nfunction load(a: number, b: string): void;\nfunction load() {}\n',
      ],
      script,
      [adds, '  done.push(load(1));\n'],
    ),
    false,
  ],
  [
    'TypeScript, a method',
    changedHead(
      'typescript',
      [
        'class A {\n  load(id: number) { return id; }\n',
        'class A {\n  load(id: number, twice: boolean) { return id; }\n',
      ],
      ['\n  all(done: number[]) {\n', '    return done;\n  }\n}\n'],
      ['    done.push(3);\n', '    done.push(this.load(4));\n'],
    ),
    true,
  ],
  [
    'JavaScript, what the side itself still calls so',
    changedHead(
      'javascript',
      ['function load(a) {}\n', 'function load(a, b) {}\n'],
      ['\nload(7);\n\nfunction all(done) {\n', '  return done;\n}\n'],
      [adds, '  done.push(load(1));\n'],
    ),
    false,
  ],
  [
    'JavaScript, an arrow',
    changedHead('javascript', ['const load = (a) => a;\n', 'const load = (a, b) => a;\n'], script, [
      adds,
      '  done.push(load(1));\n',
    ]),
    true,
  ],
  ['Python, one more', py('a', 'a, b', 'load(1)'), true],
  ['Python, one more by name', py('a=1, b=1', 'a=1, c=2, b=1', 'load(b=1)'), false],
  ['Python, one more that has to be named', py('a', 'a, *, b', 'load(1)'), true],
  ['Python, any more', py('a', 'a, b=2, *rest, **more', 'load(1)'), false],
  [
    'Python, a method',
    changedHead(
      'python',
      [
        'class A:\n    def load(self, key):\n        return key\n',
        'class A:\n    def load(self, key, other):\n        return key\n',
      ],
      ['\n    def everything(self, done):\n        """Does it."""\n', '        return done\n'],
      ['        done.append(3)\n', '        done.append(self.load(2))\n'],
    ),
    true,
  ],
  [
    'Python, a decorated function',
    changedHead(
      'python',
      ['@wrapped\ndef load(a):\n    return 1\n', '@wrapped\ndef load(a, b):\n    return 1\n'],
      python,
      ['    done.append(3)\n', '    done.append(load(1))\n'],
    ),
    false,
  ],
  ['Java, one more', java('int a', 'int a, String b', 'load(1)'), true],
  ['Java, any number', java('int a', 'int a, String... b', 'load(1)'), false],
  ['C#, one more', cs('int a', 'int a, string b', 'Load(1)'), true],
  ['C#, one more with a value', cs('int a', 'int a, string b = "x"', 'Load(1)'), false],
  ['Go, one more of the same type', go('a int', 'a, b int', 'load(1)'), true],
  ['Go, one less', go('a, b int', 'a int', 'load(1, 2)'), true],
  ['Go, any number', go('a int', 'a int, b ...int', 'load(1)'), false],
  ['Go, a spread argument', go('a ...int', 'a int, b int', 'load(x...)'), false],
  ['Rust, one more', rs(', a: u32', ', a: u32, b: u32', 'load(1)'), true],
  ['Rust, a method', rs(', a: u32', ', a: u32, b: u32', 'x.get(1)'), true],
  ['Rust, a method by its path', rs(', a: u32', ', a: u32, b: u32', 'A::get(&x, 1)'), true],
  ['Rust, a method by its path that fits', rs(', a: u32', ', a: u32, b: u32', 'A::get(&x, 1, 2)'), false],
  ['C, one more', c('int a', 'int a, const char *b', 'load(1)'), true],
  ['C, none before', c('void', 'int a', 'load()'), true],
  ['C, any number', c('int a', 'int a, ...', 'load(1)'), false],
  ['C++, one more', c('int a', 'int a, std::map<int, int> b', 'load(1)', 'cpp'), true],
  ['C++, one more with a value', c('int a', 'int a, int b = 2', 'load(1)', 'cpp'), false],
  ['PHP, one more', php('$a', '$a, $b', 'load(1)'), true],
  ['PHP, one more with a value', php('$a', '$a, $b = 1, ...$c', 'load(1)'), false],
  ['Ruby, one more', rb('(a)', '(a, b)', 'load_it(1)'), true],
  ['Ruby, one more that has to be named', rb('(a)', '(a, b:)', 'load_it(1)'), true],
  ['Ruby, none before', rb('', '(a)', 'load_it()'), true],
  ['Ruby, one more with a value', rb('(a)', '(a, b = 1, c: 2, &block)', 'load_it(1)'), false],
  ['Kotlin, one more', kt('a: Int', 'a: Int, b: String', 'load(1)'), true],
  ['Kotlin, one more with a value', kt('a: Int', 'a: Int, b: String = "x", vararg c: Int', 'load(1)'), false],
  [
    'Kotlin, a last function behind the brackets',
    kt('a: Int, b: () -> Unit', 'b: () -> Unit, a: Int = 2', 'load(1) { 2 }'),
    false,
  ],
];

it.each(calls)('a call of a function with other parameters now: %s', async (_name, versions, misfit) => {
  const answers = await answersTo(versions);
  const sentence = /A side changed the parameters of “(?:load|Load|load_it|get)”/;
  const told = answers.filter(({ explanation }) => sentence.test(inEnglish(explanation)));
  expect(told.length > 0).toBe(misfit);
  expect(answers.some(({ refusal }) => refusal === 'changedSignature')).toBe(misfit && told.includes(answers[0]!));
});

it('a file that takes too long to be parsed leaves no answer certain', async () => {
  const versions = ts('id: number', 'id: number, at = 0', 'load(2)');
  const joined = `${adds}  done.push(load(2));\n`;
  const bothFirst: Ranker = {
    rank: (problem, signal) =>
      ranker.rank({ ...problem, candidates: problem.candidates.filter(({ text }) => text === joined) }, signal),
  };
  const by = (parsers: Syntax) => createMergeResolver({ ranker: bothFirst, syntax: parsers, logger: silentLogger });
  const [read] = await answersTo(versions, by(syntax));
  expect(read).toMatchObject({ confidence: 0.98, refusal: undefined });
  // What is asked around the conflict alone is still answered.
  const parse: Syntax['parse'] = (id, text, key) =>
    key?.startsWith('merge') === true ? syntax.parse(id, text, key) : Promise.resolve(undefined);
  const [unread] = await answersTo(versions, by({ ...syntax, parse }));
  expect(unread).toMatchObject({ confidence: 0.89, refusal: 'unchecked' });
});

it('a word of any length is read once', async () => {
  const [above, below] = script;
  const file = (added: string): string => above + added + below;
  const answers = await answersTo({
    language: 'typescript',
    base: file(''),
    ours: file(`  const blob = '${'x'.repeat(300_000)}';\n`),
    theirs: file('  check(done);\n'),
  });
  expect(answers.length).toBeGreaterThan(1);
});
