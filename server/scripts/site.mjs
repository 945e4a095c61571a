// `npm run site`: the documents as a static site in site/dist. LACUNA_SITE_BASE says under which path of its host the site
// will lie (`/` by default). A page that loads anything from another host fails the build, as does a link to no page.
import { existsSync } from 'node:fs';
import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { installLocked, root } from './prepare.mjs';
import { mustRun } from './runCommand.mjs';
import { foreignLoads, towardsRepository } from './sitePages.mjs';

const place = join(root, '.vscode-test/site');
const out = join(root, 'site/dist');
const tops = ['README.md', 'CHANGELOG.md', 'SECURITY.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];

await installLocked(join(root, 'site'), place);

for (const name of ['docs', '.vitepress']) await rm(join(place, name), { recursive: true, force: true });
await cp(join(root, 'docs'), join(place, 'docs'), { recursive: true });
await rm(join(place, 'docs/marketplace.md'));
for (const name of tops) await cp(join(root, name), join(place, name));
await cp(join(root, 'site/.vitepress'), join(place, '.vitepress'), { recursive: true });
const figures = /<!-- results: figures -->[^]*?<!-- \/results -->/;
const [home, readme] = await Promise.all([text(join(root, 'site/index.md')), text(join(root, 'README.md'))]);
const start = home.replaceAll('](../docs/', '](docs/').replace(/<!-- the figures .*-->/, () => figures.exec(readme)[0]);
await writeFile(join(place, 'index.md'), start);

const { repository } = JSON.parse(await text(join(root, 'package.json')));
const documents = (await readdir(join(place, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md'));
for (const name of ['index.md', ...tops, ...documents.map((name) => posix.join('docs', name.replaceAll('\\', '/')))]) {
  const isPage = (path) => existsSync(join(place, path)) && /\.(md|svg|png)$/.test(path);
  const page = towardsRepository(await text(join(place, name)), dirname(name), repository.url, isPage);
  await writeFile(join(place, name), page);
}

await rm(out, { recursive: true, force: true });
const env = { ...process.env, LACUNA_SITE_OUT: out };
await mustRun(process.execPath, [join(place, 'node_modules/vitepress/bin/vitepress.js'), 'build', place], { env });
const built = (await readdir(out, { recursive: true })).filter((name) => /\.(html|css)$/.test(name));
const loads = (await Promise.all(built.map(async (name) => foreignLoads(await text(join(out, name)))))).flat();
if (loads.length > 0) throw new Error(`The site would load from other hosts: ${[...new Set(loads)].join(', ')}.`);
console.log(`${out}: ${built.filter((name) => name.endsWith('.html')).length} pages, nothing from other hosts`);

async function text(file) {
  return readFile(file, 'utf8').catch(() => '');
}
