export { createSyntax } from './syntax.js';
export { dataLanguages, languageTraits, supportedLanguages, type LanguageTraits } from './languages.js';
export type { OwnedSyntax, Syntax, SyntaxNode, SyntaxOptions, SyntaxTree } from './types.js';
