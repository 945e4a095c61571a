// The list of languages, which is TypeScript: esbuild makes it readable to Node.
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL('../server/src/languages/index.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  write: false,
});

/** @type {{ languages: readonly import('../server/src/languages/index.ts').Language[] }} */
export const { languages } = await import(
  /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
