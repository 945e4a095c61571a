// Circles of files, types included: a file that needs itself by way of others cannot be read, tested or moved by itself.
// The rooms and their arrows are lint's (eslint.config.mjs).

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Move what both files need, mostly a type, into a file that neither stands above.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.vscode-test|\\.venv|examples)/' },
    tsPreCompilationDeps: true,
  },
};
