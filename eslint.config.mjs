// Lint rules. The tables of rooms are data: add an arrow here only with a line in ARCHITECTURE.md.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { arrows } from './eslint.arrows.mjs';

/** Which rooms of server/src a room may import, always by their index, where they have one. */
const mayUse = {
  common: [],
  languages: [],
  syntax: ['common', 'languages'],
  model: ['common'],
  convert: ['common', 'model'],
  partial: ['common', 'languages', 'syntax', 'model'],
  completion: ['common', 'languages', 'syntax', 'model', 'partial'],
  merge: ['common', 'languages', 'syntax', 'model'],
  git: ['common'],
  remote: ['common', 'model'],
  workspace: ['common', 'languages', 'syntax', 'completion', 'git'],
  measure: ['common', 'languages', 'syntax', 'model', 'partial', 'completion', 'git', 'workspace'],
  setup: ['common', 'languages', 'syntax', 'model', 'convert', 'partial', 'completion', 'merge', 'git', 'measure'],
  protocol: ['common', 'languages', 'syntax', 'model', 'partial', 'completion', 'merge', 'git', 'remote', 'workspace'],
  cli: [
    ...['common', 'languages', 'syntax', 'model', 'partial', 'completion', 'merge', 'git', 'remote', 'workspace'],
    ...['measure', 'setup', 'protocol'],
  ],
};

/** Rooms without a face: their files have little to do with each other, and who needs one need not load all. */
const faceless = ['common', 'measure', 'setup'];

/**
 * What a room is built of, from the ground up: its sub-rooms, and files of its own that these stand on. Each may import
 * what stands before it; the room's other files, its index among them, stand on top of all.
 */
const floors = {
  'server/src/languages': ['forms', 'types.ts', 'trees', 'others', 'list.ts', 'names.ts', 'embedded.ts'],
  'server/src/model': [
    ...['manifest.ts', 'language.ts', 'runtime', 'tokens', 'passes', 'draft', 'exits', 'generation'],
    ...['recording', 'smallGraphs', 'thread'],
  ],
  'server/src/convert': ['conversionError.ts', 'rounding', 'gguf', 'family', 'graphs', 'folder', 'prefill', 'thread'],
  'server/src/partial': ['types.ts', 'testing', 'tree', 'choose', 'score', 'guarantee', 'show'],
  'server/src/completion': [
    ...['context', 'types.ts', 'place', 'strings', 'rest', 'cut', 'postprocess', 'show', 'when', 'ask'],
    'answering',
  ],
  'server/src/merge': [
    'types.ts',
    'diff',
    'conflict',
    'names',
    'structure',
    'candidates',
    'gate',
    'ranking',
    'explain',
  ],
  'server/src/protocol': ['messages.ts', 'state', 'requests'],
  'server/src/cli': ['terminal', 'eval', 'bench', 'record', 'complete', 'holes', 'merge', 'models', 'shells'],
  'client/src': [
    ...['commandIds.ts', 'editor', 'l10n', 'status', 'statistics', 'server', 'holes', 'completion', 'merge'],
  ],
};

/** Packages that only one file or one room may import. */
const packageHomes = {
  vscode: ['client/'],
  'vscode-languageserver': ['server/src/protocol/', 'server/src/main.ts', 'server/src/serve.ts'],
  'onnxruntime-node': ['server/src/model/runtime/session.ts'],
  'web-tree-sitter': ['server/src/syntax/grammars.ts'],
  diff: ['server/src/merge/diff/threeWay.ts'],
};

const packagesForbiddenTo = (file) =>
  Object.entries(packageHomes)
    .filter(([, homes]) => !homes.some((home) => home === file || (home.endsWith('/') && file.startsWith(home))))
    .map(([name]) => ({
      regex: `^${name}(/|$)`,
      message: `Only ${packageHomes[name].join(', ')} may import ${name}.`,
      allowTypeImports: false,
    }));

/** Modules of Node's own that open connections, and who may use them. */
const networkModules = '^(node:)?(http|https|http2|net|tls|dgram|dns|undici)(/|$)';
const mayConnect = ['server/src/remote/modelServer.ts'];
const networkGlobals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: 'Only remote/ may open a connection.',
}));

const restricted = (patterns) => ({
  'no-restricted-imports': [
    'error',
    { patterns: [...patterns, { regex: networkModules, message: 'Only remote/ may open a connection.' }] },
  ],
});

/** Rooms whose answers depend on what they are given alone: no input or output, no clock of their own. */
const pureRooms = ['completion', 'languages', 'merge', 'partial', 'syntax'];

export default tseslint.config(
  {
    ignores: [
      'site/',
      'dist/**',
      'node_modules/**',
      'models/**',
      'examples/**',
      '.vscode-test/**',
      '.venv/**',
      'server/test/fixtures/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...Object.keys(mayUse).map((room) => ({
    files: [`server/src/${room}/**/*.ts`],
    ignores: ['**/session.ts', '**/grammars.ts', '**/threeWay.ts'],
    rules: restricted(packagesForbiddenTo(`server/src/${room}/x.ts`)),
  })),
  {
    files: [
      'server/src/model/runtime/session.ts',
      'server/src/syntax/grammars.ts',
      'server/src/merge/diff/threeWay.ts',
    ],
    rules: restricted([]),
  },
  {
    files: ['server/src/**/*.ts', 'client/src/**/*.ts'],
    plugins: { rooms: { rules: { arrows } } },
    rules: { 'rooms/arrows': ['error', { root: import.meta.dirname, mayUse, faceless, floors }] },
  },
  {
    files: ['client/**/*.ts'],
    ignores: ['client/test/**'],
    rules: restricted([]),
  },
  {
    files: ['server/src/**/*.ts', 'client/src/**/*.ts'],
    ignores: [...mayConnect, '**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...networkGlobals],
    },
  },
  ...pureRooms.map((room) => ({
    files: [`server/src/${room}/**/*.ts`],
    ignores: ['**/*.test.ts', '**/grammars.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', ...networkGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take a clock as a parameter.' },
      ],
    },
  })),
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  { files: ['**/*.mjs', 'server/src/cli.ts', 'server/src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
);
