// What kind of file a conflict stands in, as far as the ranker's confidence depends on it: a language that it learned,
// another programming language, or anything else. models/build/merge/file_kinds.py has the same kinds.

export type FileKind = 'learned' | 'code' | 'text';

const learned = new Set([
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'java',
  'csharp',
  'go',
]);

const code = new Set(['rust', 'cpp', 'c', 'php', 'ruby', 'kotlin', 'swift', 'scala', 'dart', 'lua', 'objective-c']);

export function fileKindOf(languageId: string): FileKind {
  if (learned.has(languageId)) return 'learned';
  return code.has(languageId) ? 'code' : 'text';
}
