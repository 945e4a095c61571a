// The page that explains a suggestion: its tokens, coloured by the layer they left after and framed by how sure they were,
// and the same in a table, since a colour alone tells nobody anything. No script runs in it.

import type { ExplainedToken, Explanation } from '../../../server/src/protocol/messages.js';
import { escapeMarkup } from '../editor/plots.js';
import { percent, t } from '../l10n/words.js';

/** Below these probabilities a token is called unsure, or doubtful. */
const SURE = 0.9;
const DOUBTFUL = 0.5;

export function explanationPage({ outcome, tokens, figures }: Explanation): string {
  const deepest = Math.max(0, ...tokens.map(({ layers }) => layers));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(t('The last suggestion'))}</title>
<style>
body { font-family: var(--vscode-font-family); color: var(--vscode-foreground); padding: 0 1.5em; line-height: 1.5; }
.line { font-family: var(--vscode-editor-font-family); white-space: pre-wrap; padding: 0.6em 0; }
.line span { padding: 0.15em 0; border-bottom: 2px solid transparent; }
.early { background: var(--vscode-editor-findMatchHighlightBackground); }
.unsure { border-bottom-color: var(--vscode-editorWarning-foreground) !important; }
.doubtful { border-bottom-color: var(--vscode-editorError-foreground) !important; }
table { border-collapse: collapse; }
td, th { text-align: left; padding: 0.1em 1.2em 0.1em 0; vertical-align: top; }
td:first-child { font-family: var(--vscode-editor-font-family); white-space: pre; }
.number { text-align: right; }
</style>
</head>
<body>
<h2>${escapeMarkup(t('The last suggestion'))}</h2>
<p>${escapeMarkup(outcome)}</p>
${tokens.length === 0 ? '' : lineAndTable(tokens, deepest)}
${figures.length === 0 ? '' : `<ul>${figures.map((figure) => `<li>${escapeMarkup(figure)}</li>`).join('')}</ul>`}
</body>
</html>`;
}

function lineAndTable(tokens: readonly ExplainedToken[], deepest: number): string {
  const spans = tokens.map((token) => `<span class="${classOf(token, deepest)}">${escapeMarkup(token.text)}</span>`);
  const rows = tokens.map(
    (token) =>
      `<tr><td>${escapeMarkup(token.text)}</td><td class="number">${percent(token.probability)}</td>` +
      `<td>${escapeMarkup(surenessWords(token))}</td><td class="number">${token.right === undefined ? '' : percent(token.right)}</td>` +
      `<td class="number">${token.layers}</td><td>${escapeMarkup(token.drafted ?? '')}</td></tr>`,
  );
  return `<div class="line">${spans.join('')}</div>
<p>${escapeMarkup(t('Underlined: the model was unsure of this token. Coloured: it left the model before the last layer.'))}</p>
<table>
<thead><tr><th>${escapeMarkup(t('token'))}</th><th class="number">${escapeMarkup(t('probability'))}</th><th></th><th class="number">${escapeMarkup(t('line right'))}</th><th class="number">${escapeMarkup(t('layers'))}</th><th>${escapeMarkup(t('drafted'))}</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>`;
}

function classOf(token: ExplainedToken, deepest: number): string {
  return [token.layers < deepest ? 'early' : '', sureness(token)].filter((name) => name !== '').join(' ');
}

function sureness({ probability }: ExplainedToken): '' | 'unsure' | 'doubtful' {
  return probability >= SURE ? '' : probability >= DOUBTFUL ? 'unsure' : 'doubtful';
}

function surenessWords(token: ExplainedToken): string {
  return { '': '', unsure: t('unsure'), doubtful: t('doubtful') }[sureness(token)];
}
