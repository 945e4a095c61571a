// The documents that Lacuna works in: text that a person edits, in every language. Output panels, logs and the like have
// other schemes and are left alone.

export const documentSelector = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs'].map(
  (scheme) => ({ scheme }),
);

export function isCovered(document: { readonly uri: { readonly scheme: string } }): boolean {
  return documentSelector.some(({ scheme }) => scheme === document.uri.scheme);
}
