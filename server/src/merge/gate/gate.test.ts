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
