export { createSyntax } from './syntax.js';
export type { OwnedSyntax, Syntax, SyntaxNode, SyntaxOptions, SyntaxTree } from './types.js';
