// `npm run manifest`: writes the grammars of conflicts and holes into the manifest, from the list of languages. A test fails
// while the manifest has others.
import { readFileSync, writeFileSync } from 'node:fs';
import { contributions, holes } from '../../syntaxes/conflictGrammars.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
manifest.contributes.grammars = [...contributions, holes];
writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
