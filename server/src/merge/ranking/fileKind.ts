// What kind of file a conflict stands in, as far as the ranker's confidence depends on it: a program, or anything else.
// models/build/merge/file_kinds.py has the same kinds.

export type FileKind = 'code' | 'text';

const code = new Set([
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'java',
  'csharp',
  'go',
  'rust',
  'cpp',
  'c',
  'php',
  'ruby',
  'kotlin',
  'swift',
  'scala',
  'dart',
  'lua',
  'objective-c',
]);

export function fileKindOf(languageId: string): FileKind {
  return code.has(languageId) ? 'code' : 'text';
}
