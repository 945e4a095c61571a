import { describe, expect, it } from 'vitest';
import type { Candidate, MergeInput, MergeProblem, Refusal } from '../types.js';
import { createGate } from './index.js';
import { indentationErrors } from './pythonIndentation.js';

interface Asked extends Partial<MergeInput> {
  readonly answer: string;
  readonly candidate?: Partial<Candidate>;
  readonly sidesParse?: { readonly ours: boolean; readonly theirs: boolean };
}

function refusal({ answer, candidate, sidesParse, ...input }: Asked): Refusal | undefined {
  const problem: MergeProblem = {
    input: {
      base: 'x\n',
      ours: 'x\n',
      theirs: 'x\n',
      before: '',
      after: '',
      languageId: 'typescript',
      path: 'a.ts',
      others: [],
      siblings: [],
      ...input,
    },
    candidates: [],
    evidence: {
      sidesParse,
      relation: undefined,
      settlement: undefined,
      oursTokens: [],
      theirsTokens: [],
      baseTokens: [],
      lineMerge: undefined,
      tokenMerge: undefined,
    },
  };
  const way = { source: 'token', pattern: 'merge', parts: [] } as const;
  return createGate(problem).refusal({
    ...way,
    text: answer,
    derivations: [way],
    index: 0,
    parses: undefined,
    addsErrors: sidesParse === undefined ? undefined : false,
    variants: [],
    ...candidate,
  });
}

const base = 'start(1);\nstop(1);\n';
const ours = 'start(2);\nstop(1);\n';
const theirs = 'start(1);\nstop(3);\n';

describe('the gate lets pass', () => {
  it.each<[string, Asked]>([
    [
      'a name that the rest of the file still knows, and one that was a variable there',
      {
        base: 'a();\n',
        ours: 'a();\nhalf(1, x);\n',
        theirs: 'b();\n',
        answer: 'b();\nhalf(1, x);\n',
        file: {
          base: { text: 'function half(x) {}\nconst x = 1;\na();\n' },
          rest: 'import { half } from "./half";\n',
        },
      },
    ],
    [
      'functions of one name, where each has its types',
      {
        languageId: 'java',
        base: '',
        ours: '  int read(int a) {\n    return a;\n  }\n',
        theirs: '  int read(String b) {\n    return 2;\n  }\n',
        answer: '  int read(int a) {\n    return a;\n  }\n  int read(String b) {\n    return 2;\n  }\n',
      },
    ],
    [
      'functions of one name in two blocks',
      {
        languageId: 'rust',
        base: '',
        ours: 'impl One {\n    fn new() -> One { One }\n}\n',
        theirs: 'impl Two {\n    fn new() -> Self { Two }\n}\n',
        answer: 'impl One {\n    fn new() -> One { One }\n}\nimpl Two {\n    fn new() -> Self { Two }\n}\n',
      },
    ],
    [
      'calls and branches that open a block',
      {
        languageId: 'typescript',
        base: '',
        ours: "it('a', function () {\n  one();\n});\nif (a) {\n  one();\n}\n",
        theirs: "it('b', function () {\n  two();\n});\nif (b) {\n  two();\n}\n",
        answer:
          "it('a', function () {\n  one();\n});\nif (a) {\n  one();\n}\nit('b', function () {\n  two();\n});\nif (b) {\n  two();\n}\n",
      },
    ],
    [
      'a head in front of its function',
      {
        languageId: 'typescript',
        base: '',
        ours: 'function read(a: string): string;\n',
        theirs: 'function read(a: unknown) {\n  return a;\n}\n',
        answer: 'function read(a: string): string;\nfunction read(a: unknown) {\n  return a;\n}\n',
      },
    ],
    [
      'methods of one name for two receivers',
      {
        languageId: 'go',
        base: '',
        ours: 'func (a *One) add() int {\n\treturn 1\n}\n',
        theirs: 'func (b *Two) add() {\n\tuse(b)\n}\n',
        answer: 'func (a *One) add() int {\n\treturn 1\n}\nfunc (b *Two) add() {\n\tuse(b)\n}\n',
      },
    ],
    [
      'one dependency, for two uses',
      {
        languageId: 'gradle',
        base: '',
        ours: "    api 'a.b:c:1.0'\n",
        theirs: "    testApi 'a.b:c:1.1'\n",
        answer: "    api 'a.b:c:1.0'\n    testApi 'a.b:c:1.1'\n",
      },
    ],
    [
      'commands of two stages',
      {
        languageId: 'dockerfile',
        base: '',
        ours: 'FROM a\nCMD ["one"]\n',
        theirs: 'FROM b\nCMD ["two"]\n',
        answer: 'FROM a\nCMD ["one"]\nFROM b\nCMD ["two"]\n',
      },
    ],
    [
      'keys of one name in two sections',
      {
        languageId: 'toml',
        base: '',
        ours: '[a]\nsize = 1\n',
        theirs: '[b]\nsize = 2\n',
        answer: '[a]\nsize = 1\n[b]\nsize = 2\n',
      },
    ],
    [
      'properties of one name in two entries of a list',
      {
        base: '',
        ours: '  one({\n    name: 1,\n  }),\n',
        theirs: '  two({\n    name: 2,\n  }),\n',
        answer: '  one({\n    name: 1,\n  }),\n  two({\n    name: 2,\n  }),\n',
      },
    ],
    [
      'a path that each side makes longer, and two branches',
      {
        languageId: 'shellscript',
        base: '',
        ours: 'PATH="$PATH:/a"\nelse: 1\n',
        theirs: 'PATH="$PATH:/b"\nelse: 2\n',
        answer: 'PATH="$PATH:/a"\nelse: 1\nPATH="$PATH:/b"\nelse: 2\n',
      },
    ],
    [
      'elements of markup with one attribute each',
      {
        languageId: 'xml',
        base: '',
        ours: '<item name="a"/>\n',
        theirs: '<item name="b"/>\n',
        answer: '<item name="a"/>\n<item name="b"/>\n',
      },
    ],
    [
      'names of a module that a side imports as a whole, and others that are brought in beside it',
      {
        base: '',
        ours: "import * as a from './x';\n",
        theirs: "import * as b from './y';\nimport { type c } from './z';\n",
        answer: "import * as a from './x';\nimport * as b from './y';\nimport { type c } from './z';\n",
      },
    ],
    [
      'a variable that the file sets several times, and one that is made longer',
      {
        languageId: 'python',
        before: 'answer = a()\n',
        base: '',
        ours: 'answer = b()\npath = path + 1\n',
        theirs: 'answer = c()\npath = path + 2\n',
        answer: 'answer = b()\npath = path + 1\nanswer = c()\npath = path + 2\n',
      },
    ],
    [
      'two versions in one line',
      {
        base: 'f("1.0.0", "1.0.0");\n',
        ours: 'f("1.1.0", "1.0.0");\n',
        theirs: 'f("1.0.0", "1.0.1");\n',
        answer: 'f("1.1.0", "1.0.1");\n',
      },
    ],
    [
      'a string that a side changed, beside a comment that the other changed',
      {
        base: 'f("a b"); // c d\n',
        ours: 'f("a c"); // c d\n',
        theirs: 'f("a b"); // c e\n',
        answer: 'f("a c"); // c e\n',
      },
    ],
    ['both edits', { base, ours, theirs, answer: 'start(2);\nstop(3);\n' }],
    [
      'a name that the lines around still define',
      {
        before: "import { b } from './y';\n",
        base: "import { b } from './x';\nrun(1);\n",
        ours: 'run(1);\n',
        theirs: "import { b } from './x';\nrun(b);\n",
        answer: 'run(b);\n',
      },
    ],
    [
      'a side that holds all of the other',
      { base, ours: 'start(2);\nstop(3);\n', theirs, answer: 'start(2);\nstop(3);\n' },
    ],
    ['what both sides added', { base: '', ours: 'one();\n', theirs: 'two();\n', answer: 'one();\ntwo();\n' }],
    ['a line that a side took out', { base, ours: 'stop(1);\n', theirs, answer: 'stop(3);\n' }],
    [
      'brackets that stand twice',
      { base: '', ours: 'f() {\n}\n', theirs: 'g() {\n}\n', answer: 'f() {\n}\ng() {\n}\n' },
    ],
    [
      'a new name where the old one was',
      { base, ours: 'begin(1);\nstop(1);\n', theirs, answer: 'begin(1);\nstop(3);\n' },
    ],
  ])('%s', (_, asked) => expect(refusal(asked)).toBeUndefined());

  it.each<[what: string, languageId: string, path: string, ours: string, theirs: string]>([
    ['special targets', 'makefile', 'Makefile', '.PHONY: a\n.SUFFIXES: .c\n', '.PHONY: b\n.SUFFIXES: .d\n'],
    ['prerequisites of one target', 'makefile', 'Makefile', 'all: a\na.o: a.h\n', 'all: b\n\tmake\na.o: b.h\n'],
    ['rules of one pattern', 'makefile', 'Makefile', '%.o: %.c\n\tcc\n', '%.o: %.cpp\n\tcpp\n'],
    ['variables of one target', 'makefile', 'Makefile', 'a: X = 1\na: F += 1\n', 'a: Y = 2\na: F += 2\n'],
    ['versions by marker', 'plaintext', 'requirements.txt', "a==1; b<'3'\n", "a==2; b>='3'\n"],
    ['files of one version', 'gradle', 'a.gradle', "api 'a:b:1:linux'\n", "api 'a:b:1:windows'\n"],
    ['named arguments', 'gradle', 'a.gradle', "exclude group: 'a'\n", "exclude group: 'b'\n"],
    ['dependencies in words', 'gradle', 'a.gradle', "api group: 'a', name: 'b'\n", "api group: 'a', name: 'c'\n"],
    ['conditions', 'xml', 'a.csproj', '<A Include="a" Condition="x" />\n', '<A Include="a" Condition="y" />\n'],
    ['a setter', 'python', 'a.py', '@property\ndef x(a):\n    b()\n', '@x.setter\ndef x(a, c):\n    d()\n'],
    ['systems', 'rust', 'a.rs', '#[cfg(unix)]\nuse a::b;\n', '#[cfg(windows)]\nuse c::b;\n'],
    ['proofs of one interface', 'go', 'a.go', 'var _ I = A{}\n\t_ = a\n', 'var _ I = B{}\n\t_ = b\n'],
    ['variables of one type', 'go', 'a.go', 'var a T = 1\n', 'var b T = 2\n'],
    ['modules in place of others', 'go.mod', 'go.mod', '\ta.b/c v1.0.0 => ../c\n', '\ta.b/c v1.1.0 => ../d\n'],
    ['overloads of two classes', 'java', 'A.java', 'import static a.B.of;\n', 'import static c.D.of;\n'],
    ['functions for two types', 'kotlin', 'A.kt', 'import a.getValue\n', 'import b.getValue\n'],
    ['branches of a build', 'c', 'a.c', '#elif A\nint a = 1;\n', '#elif B\nint a = 2;\n'],
    ['settings that add up', 'ini', 'a.service', 'Environment=A=1\n', 'Environment=B=2\n'],
  ])('%s, where each side has one', (_, languageId, path, sideOurs, sideTheirs) =>
    expect(
      refusal({ languageId, path, base: '', ours: sideOurs, theirs: sideTheirs, answer: sideOurs + sideTheirs }),
    ).toBeUndefined(),
  );
});

describe('the gate refuses', () => {
  it.each<[Refusal, string, Asked]>([
    ['droppedEdit', 'an edit of ours that is lost', { base, ours, theirs, answer: theirs }],
    ['droppedEdit', 'an edit of theirs that is lost', { base, ours, theirs, answer: ours }],
    ['droppedEdit', 'a line that comes back', { base, ours: 'stop(1);\n', theirs, answer: 'start(1);\nstop(3);\n' }],
    [
      'droppedEdit',
      'one of two equal lines that were added',
      { base: '', ours: 'one();\none();\n', theirs: 'two();\n', answer: 'one();\ntwo();\n' },
    ],
    [
      'spaceAlone',
      'a side that changed white space alone',
      { base, ours: 'start( 1 );\nstop(1);\n', theirs, answer: theirs },
    ],
    [
      'droppedSpace',
      'white space that both sides changed',
      {
        base: 'a = 1\nb\n',
        ours: 'a  = 1\nc\n',
        theirs: 'a   = 1\nb\nd\n',
        answer: 'a  = 1\nc\nd\n',
        languageId: 'properties',
      },
    ],
    [
      'doubledLine',
      'a line that neither side has twice',
      {
        base: '',
        ours: 'open();\none();\n',
        theirs: 'open();\ntwo();\n',
        answer: 'open();\none();\nopen();\ntwo();\n',
      },
    ],
    ['markers', 'marker lines', { base, ours, theirs, answer: '<<<<<<< ours\nstart(2);\nstop(3);\n' }],
    ['markers', 'a separator', { base, ours, theirs, answer: 'start(2);\n=======\nstop(3);\n' }],
    [
      'syntaxError',
      'a syntax error',
      {
        base,
        ours,
        theirs,
        answer: 'start(2);\nstop(3);\n',
        sidesParse: { ours: true, theirs: true },
        candidate: { addsErrors: true },
      },
    ],
    [
      'unchecked',
      'what nobody parsed',
      {
        base,
        ours,
        theirs,
        answer: 'start(2);\nstop(3);\n',
        sidesParse: { ours: true, theirs: true },
        candidate: { addsErrors: undefined },
      },
    ],
    [
      'renamedName',
      'a name that a side renamed',
      {
        base: 'for (const item of items) sum += item.price;\n',
        ours: 'for (const each of items) sum += each.price;\n',
        theirs: 'for (const item of items) sum += item.price * item.count;\n',
        answer: 'for (const each of items) sum += each.price * item.count;\n',
      },
    ],
    [
      'lostName',
      'a use of an import that a side took out',
      {
        base: "import { a, b } from './x';\nrun(a);\nlog(b);\n",
        ours: "import { a } from './x';\nrun(a);\n",
        theirs: "import { a, b } from './x';\nrun(a);\nlog(b);\nlog(b, 2);\n",
        answer: "import { a } from './x';\nrun(a);\nlog(b, 2);\n",
      },
    ],
    [
      'lostName',
      'a call of a function that a side took out',
      {
        languageId: 'python',
        base: 'def half(x):\n    return x / 2\n\ntotal = 1\n',
        ours: 'total = 1\n',
        theirs: 'def half(x):\n    return x / 2\n\ntotal = half(1)\n',
        answer: 'total = half(1)\n',
      },
    ],
    [
      'lostName',
      'a call of a function that a side renamed elsewhere in the file',
      {
        base: 'a();\n',
        ours: 'a();\nhalf(1);\n',
        theirs: 'b();\n',
        answer: 'b();\nhalf(1);\n',
        file: { base: { text: 'function half(x) {}\na();\n' }, rest: 'function halve(x) {}\n' },
      },
    ],
    [
      'inventedLine',
      'words of both sides run into each other',
      { base: 'f(a);\n', ours: 'f(b);\n', theirs: 'f(c);\n', answer: 'f(b c);\n' },
    ],
    ['baseUnknown', 'what cannot be compared', { base: undefined, ours, theirs, answer: ours }],
    [
      'syntaxError',
      'a line of Python at a depth that is none',
      {
        languageId: 'python',
        before: 'def f():\n',
        base: '    a = 1\n    b = 1\n',
        ours: '    a = 2\n    b = 1\n',
        theirs: '    a = 1\n    b = 2\n',
        answer: '    a = 2\n      b = 2\n',
      },
    ],
    [
      'syntaxError',
      'YAML that is none',
      {
        languageId: 'yaml',
        base: 'a:\n  b: 1\n  c: 1\n',
        ours: 'a:\n  b: 2\n  c: 1\n',
        theirs: 'a:\n  b: 1\n  c: 2\n',
        answer: 'a:\n  b: 2\n c: 2\n',
      },
    ],
    [
      'droppedEdit',
      'a version that neither side wrote',
      {
        languageId: 'toml',
        base: 'parser = "1.2.3"\n',
        ours: 'parser = "1.3.3"\n',
        theirs: 'parser = "1.2.4"\n',
        answer: 'parser = "1.3.4"\n',
      },
    ],
    [
      'droppedEdit',
      'one of two versions, though all numbers of the other are in it',
      {
        languageId: 'json',
        before: '{\n',
        after: '}\n',
        base: '"version": "0.6.0-beta.6"\n',
        ours: '"version": "0.7.0-beta.0"\n',
        theirs: '"version": "0.7.0-rc.0"\n',
        answer: '"version": "0.7.0-rc.0"\n',
      },
    ],
    [
      'droppedEdit',
      'a range of versions that neither side wrote',
      {
        languageId: 'json',
        before: '{\n',
        after: '}\n',
        base: '"parser": "^1.2"\n',
        ours: '"parser": "~1.2"\n',
        theirs: '"parser": "^1.4"\n',
        answer: '"parser": "~1.4"\n',
      },
    ],
    [
      'droppedEdit',
      'a date that neither side wrote',
      {
        base: 'since("2024-01-05");\n',
        ours: 'since("2024-02-05");\n',
        theirs: 'since("2024-01-07");\n',
        answer: 'since("2024-02-07");\n',
      },
    ],
    [
      'definedTwice',
      'two functions of one name, where one name has one',
      {
        languageId: 'python',
        base: '',
        ours: 'def read(a):\n    return a\n',
        theirs: 'def read(b, c):\n    return c\n',
        answer: 'def read(a):\n    return a\ndef read(b, c):\n    return c\n',
      },
    ],
    [
      'definedTwice',
      'two classes of one name',
      {
        languageId: 'typescript',
        base: '',
        ours: 'class A extends B {\n  b = 1;\n}\n',
        theirs: 'export class A {\n  c = 2;\n}\n',
        answer: 'class A extends B {\n  b = 1;\n}\nexport class A {\n  c = 2;\n}\n',
      },
    ],
    [
      'definedTwice',
      'two methods of one name in a class',
      {
        languageId: 'typescript',
        base: '',
        ours: '  async read(a: number): Promise<void> {\n    use(a);\n  }\n',
        theirs: '  private read(b) {\n    use(b, 1);\n  }\n',
        answer:
          '  async read(a: number): Promise<void> {\n    use(a);\n  }\n  private read(b) {\n    use(b, 1);\n  }\n',
      },
    ],
    [
      'definedTwice',
      'two methods of one name for one receiver',
      {
        languageId: 'go',
        base: '',
        ours: 'func (s *Shop) add(a int) {\n\ta++\n}\n',
        theirs: 'func (t *Shop) add(b string) {\n\tuse(b)\n}\n',
        answer: 'func (s *Shop) add(a int) {\n\ta++\n}\nfunc (t *Shop) add(b string) {\n\tuse(b)\n}\n',
      },
    ],
    [
      'definedTwice',
      'two versions of one dependency',
      {
        languageId: 'gradle',
        base: '',
        ours: "    api 'a.b:c:1.0'\n",
        theirs: "    api 'a.b:c:2.0'\n",
        answer: "    api 'a.b:c:1.0'\n    api 'a.b:c:2.0'\n",
      },
    ],
    [
      'definedTwice',
      'two versions of one package, where no grammar tells',
      {
        languageId: 'plaintext',
        path: 'in/requirements-dev.txt',
        base: '',
        ours: 'shop==1.0\n',
        theirs: 'shop[fast]>=2\n',
        answer: 'shop==1.0\nshop[fast]>=2\n',
      },
    ],
    [
      'definedTwice',
      'two versions of one module',
      {
        languageId: 'plaintext',
        path: 'go.mod',
        base: '',
        ours: '\texample.org/shop v1.0.0\n',
        theirs: '\texample.org/shop v1.2.0\n',
        answer: '\texample.org/shop v1.0.0\n\texample.org/shop v1.2.0\n',
      },
    ],
    [
      'definedTwice',
      'two entries of one name',
      {
        languageId: 'xml',
        base: '',
        ours: '  <string name="a">A</string>\n',
        theirs: '  <string translatable="false" name="a">B</string>\n',
        answer: '  <string name="a">A</string>\n  <string translatable="false" name="a">B</string>\n',
      },
    ],
    [
      'definedTwice',
      'two commands of one image',
      {
        languageId: 'dockerfile',
        base: '',
        ours: 'CMD ["one"]\n',
        theirs: 'CMD ["two"]\n',
        answer: 'CMD ["one"]\nCMD ["two"]\n',
      },
    ],
    [
      'definedTwice',
      'a target with two recipes',
      {
        languageId: 'makefile',
        base: '',
        ours: 'test:\n\tone\n',
        theirs: 'test: all\n\ttwo\n',
        answer: 'test:\n\tone\ntest: all\n\ttwo\n',
      },
    ],
    [
      'definedTwice',
      'a variable of a target with two values',
      { languageId: 'makefile', base: '', ours: 'a: X = 1\n', theirs: 'a: X := 2\n', answer: 'a: X = 1\na: X := 2\n' },
    ],
    [
      'definedTwice',
      'a variable of Go with its type',
      {
        languageId: 'go',
        base: '',
        ours: 'var a T = 1\n',
        theirs: 'var a U = 2\n',
        answer: 'var a T = 1\nvar a U = 2\n',
      },
    ],
    [
      'definedTwice',
      'a key with the value of each side',
      { languageId: 'properties', base: '', ours: 'a.size=1\n', theirs: 'a.size=2\n', answer: 'a.size=1\na.size=2\n' },
    ],
    [
      'definedTwice',
      'a constant with the value of each side, and lines between them',
      {
        languageId: 'java',
        base: '',
        ours: '    static final int SIZE = 1;\n',
        theirs: '    static final int STEP = 1;\n    static final long SIZE = 2;\n',
        answer: '    static final int SIZE = 1;\n    static final int STEP = 1;\n    static final long SIZE = 2;\n',
      },
    ],
    [
      'definedTwice',
      'two imports of one name',
      {
        base: '',
        ours: "import { a as b } from './x';\n",
        theirs: "import { b } from './y';\n",
        answer: "import { a as b } from './x';\nimport { b } from './y';\n",
      },
    ],
    [
      'definedTwice',
      'two imports of one class',
      {
        languageId: 'java',
        base: '',
        ours: 'import one.Widget;\n',
        theirs: 'import two.Widget;\n',
        answer: 'import one.Widget;\nimport two.Widget;\n',
      },
    ],
    [
      'mixedSentence',
      'a comment of words of both sides',
      {
        base: '// true when it is warm\n',
        ours: '// false when it is warm\n',
        theirs: '// true when it is cold\n',
        answer: '// false when it is cold\n',
      },
    ],
    [
      'definedTwice',
      'a key whose value names it',
      {
        languageId: 'toml',
        base: '',
        ours: 'size = "a/size"\n',
        theirs: 'size = "b/size"\n',
        answer: 'size = "a/size"\nsize = "b/size"\n',
      },
    ],
    [
      'definedTwice',
      'a constant of a page with programs',
      {
        languageId: 'php',
        base: '',
        ours: '    const SIZE = 1;\n',
        theirs: '    const SIZE = 2;\n',
        answer: '    const SIZE = 1;\n    const SIZE = 2;\n',
      },
    ],
    [
      'definedTwice',
      'a case with what each side does in it',
      {
        languageId: 'kotlin',
        base: '',
        ours: '    "a" -> one()\n',
        theirs: '    "a" -> two()\n',
        answer: '    "a" -> one()\n    "a" -> two()\n',
      },
    ],
    [
      'mixedSentence',
      'a line of a comment that began above',
      {
        languageId: 'java',
        base: ' * No file is here.\n',
        ours: ' * One file is here.\n',
        theirs: ' * No file is there.\n',
        answer: ' * One file is there.\n',
      },
    ],
    [
      'mixedSentence',
      'a string of words of both sides',
      {
        base: 'fail("no file is here");\n',
        ours: 'fail("one file is here");\n',
        theirs: 'fail("no file is there");\n',
        answer: 'fail("one file is there");\n',
      },
    ],
    [
      'mixedSentence',
      'a line of prose of words of both sides',
      {
        languageId: 'markdown',
        base: 'No file is here.\n',
        ours: 'One file is here.\n',
        theirs: 'No file is there.\n',
        answer: 'One file is there.\n',
      },
    ],
    [
      'syntaxError',
      'JSON with a comma behind the last entry',
      {
        languageId: 'json',
        before: '{\n',
        after: '}\n',
        base: '"a": 1\n',
        ours: '"a": 1,\n"b": 1\n',
        theirs: '"a": 1,\n"c": 1\n',
        answer: '"a": 1,\n"b": 1,\n"c": 1,\n',
      },
    ],
  ])('%s: %s', (expected, _, asked) => expect(refusal(asked)).toBe(expected));
});

describe('Python’s indentation', () => {
  it.each([
    ['blocks and the way back', 'def f():\n    if a:\n        b()\n    c()\nd()\n', 0],
    ['a text that begins in a block', '        b()\n    c()\nd()\n', 0],
    ['brackets and strings over several lines', 'f(\n  1,\n)\ns = """\n   free:\n text\n"""\ng()\n', 0],
    ['comments anywhere', 'if a:\n# here\n    b()\n', 0],
    ['a continued line', 'a = 1 + \\\n      2\nb = 3\n', 0],
    ['a deeper line behind no colon', 'a = 1\n    b = 2\n', 1],
    ['no deeper line behind a colon', 'if a:\nb()\n', 1],
    ['a depth that was not there before', 'if a:\n        b()\n    c()\n', 1],
  ])('%s', (_, text, expected) => expect(indentationErrors(text)).toBe(expected));
});
