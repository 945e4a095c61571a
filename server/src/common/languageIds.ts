// VS Code's language identifiers by file name, for files that no editor has opened.

/** By extension; another file is plain text, as in the editor. */
const languageIds: Readonly<Record<string, string>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'javascriptreact',
  '.py': 'python',
  '.pyi': 'python',
  '.java': 'java',
  '.cs': 'csharp',
  '.go': 'go',
  '.json': 'json',
  '.md': 'markdown',
  '.css': 'css',
  '.html': 'html',
  '.sh': 'shellscript',
  '.rs': 'rust',
  '.c': 'c',
  '.h': 'c',
  '.cpp': 'cpp',
  '.rb': 'ruby',
  '.php': 'php',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

/** The language that an editor would give a file by its name. */
export function languageIdOf(path: string): string {
  return languageIds[extensionOf(path)] ?? 'plaintext';
}

function extensionOf(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return name.lastIndexOf('.') > 0 ? name.slice(name.lastIndexOf('.')).toLowerCase() : '';
}
