// The site of the documents. server/scripts/site.mjs lays the pages beside this folder and says where the site will lie.
import { defineConfig } from 'vitepress';
import { stillPictures } from './stillPictures.mjs';

const pages = (folder, names) => names.map(([text, name]) => ({ text, link: `/${folder}/${name}` }));

export default defineConfig({
  title: 'Lacuna',
  description: 'Code suggestions from a small model on your own processor',
  lang: 'en-GB',
  base: process.env.LACUNA_SITE_BASE ?? '/',
  outDir: process.env.LACUNA_SITE_OUT,
  cleanUrls: false,
  lastUpdated: false,
  // Names of parameters, as `<file>`, are text and no elements.
  markdown: { html: false, config: stillPictures },
  themeConfig: {
    // The search runs in the browser, over an index that is part of the site.
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/docs/guide/completion' },
      { text: 'Methods', link: '/docs/method/early-exit' },
      { text: 'Results', link: '/docs/results' },
    ],
    sidebar: [
      {
        text: 'Start',
        items: [
          { text: 'Lacuna', link: '/README' },
          { text: 'Changes', link: '/CHANGELOG' },
        ],
      },
      {
        text: 'Guide',
        items: pages('docs/guide', [
          ['Completion', 'completion'],
          ['Holes', 'holes'],
          ['Merge', 'merge'],
          ['Merge in git', 'merge-in-git'],
          ['Settings', 'settings'],
          ['Command line', 'command-line'],
          ['Other editors', 'other-editors'],
          ['Systems', 'systems'],
          ['Team server', 'team-server'],
        ]),
      },
      {
        text: 'Methods',
        items: pages('docs/method', [
          ['Early exit', 'early-exit'],
          ['Holes', 'holes'],
          ['Merge', 'merge'],
          ['Context', 'context'],
        ]),
      },
      {
        text: 'Evidence',
        items: pages('docs', [
          ['Results', 'results'],
          ['Experiments', 'experiments/README'],
          ['Comparison', 'comparison'],
          ['Glossary', 'glossary'],
        ]),
      },
      {
        text: 'Trust and code',
        items: [
          { text: 'Security', link: '/SECURITY' },
          { text: 'Threat model', link: '/docs/threat-model' },
          { text: 'Architecture', link: '/ARCHITECTURE' },
          { text: 'Contributing', link: '/CONTRIBUTING' },
        ],
      },
    ],
  },
});
