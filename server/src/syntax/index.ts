export type { Syntax, SyntaxNode, SyntaxOptions, SyntaxTree } from './types.js';
