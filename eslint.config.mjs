// Lint rules. The table of rooms is data: add an arrow here only with a line in ARCHITECTURE.md.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Which rooms of server/src a room may import, always by their index. */
const mayUse = {
  common: [],
  syntax: ['common'],
  model: ['common'],
  partial: ['common', 'syntax', 'model'],
  completion: ['common', 'syntax', 'model', 'partial'],
  merge: ['common', 'syntax', 'model'],
  git: ['common'],
  remote: ['common', 'model'],
  workspace: ['common', 'syntax', 'completion'],
  protocol: ['common', 'syntax', 'model', 'partial', 'completion', 'merge', 'git', 'remote', 'workspace'],
  cli: ['common', 'syntax', 'model', 'partial', 'completion', 'merge', 'git', 'remote', 'workspace', 'protocol'],
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

const roomPatterns = (room) => {
  const allowed = mayUse[room];
  const others = Object.keys(mayUse).filter((other) => other !== room);
  return [
    ...others
      .filter((other) => !allowed.includes(other))
      .map((other) => ({
        regex: `^\\.\\./(.*/)?${other}/`,
        message: `${room}/ may use only: ${allowed.join(', ') || 'nothing of ours'}.`,
      })),
    ...others
      .filter((other) => allowed.includes(other) && other !== 'common')
      .map((other) => ({ regex: `^\\.\\./(.*/)?${other}/(?!index\\.js$)`, message: 'Import a room by its index.' })),
  ];
};

const restricted = (patterns) => ({
  'no-restricted-imports': [
    'error',
    { patterns: [...patterns, { regex: networkModules, message: 'Only remote/ may open a connection.' }] },
  ],
});

/** Rooms whose answers depend on what they are given alone: no input or output, no clock of their own. */
const pureRooms = ['completion', 'merge', 'partial', 'syntax'];

export default tseslint.config(
  {
    ignores: [
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
    rules: restricted([...roomPatterns(room), ...packagesForbiddenTo(`server/src/${room}/x.ts`)]),
  })),
  { files: ['server/src/model/runtime/session.ts'], rules: restricted(roomPatterns('model')) },
  { files: ['server/src/syntax/grammars.ts'], rules: restricted(roomPatterns('syntax')) },
  { files: ['server/src/merge/diff/threeWay.ts'], rules: restricted(roomPatterns('merge')) },
  {
    files: ['client/**/*.ts'],
    ignores: ['client/test/**'],
    rules: restricted([
      {
        regex: 'server/(?!src/protocol/messages\\.js$)',
        message: 'The client may import messages.js of the server only.',
      },
    ]),
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
