// What Lacuna knows of a language: one record for each, all of it optional but the name. A room reads what it needs.

import type { Lexicon } from './forms/lexicon.js';
import type { MergeLexicon } from './forms/mergeLexicon.js';

export interface Language {
  /** VS Code's identifier. */
  readonly id: string;
  /** Of its files, in lower case and with their dot. */
  readonly extensions?: readonly string[];
  /** Whole names of its files, in lower case. */
  readonly fileNames?: readonly string[];
  /** Whether no other language has these extensions, so that a file's name tells the language. */
  readonly ownsExtensions?: boolean;
  /** What editors other than VS Code call it, in lower case. */
  readonly otherNames?: readonly string[];
  /** Strings, comments and code in strings, for text that is being written. */
  readonly lexicon?: Lexicon;
  /** Quotes and comments, for cutting a text into the tokens of a merge. */
  readonly mergeLexicon?: MergeLexicon;
  readonly grammar?: Grammar;
  /** A programming language has statements and declarations; what is data, such as JSON, has a grammar alone. */
  readonly program?: Program;
  readonly conflicts?: ConflictColours;
  readonly embeds?: Embeds;
}

/** Where the files of a language hold other languages, by VS Code's identifiers. */
export interface Embeds {
  /** Scripts and styles of a page, or fences. */
  readonly within: 'elements' | 'fences';
  /** The language between two lines of `---` at the beginning. */
  readonly frontMatter?: string;
  /**
   * Programs in a page with their marks, the text between these as `program` and the end of the text as `open` where one is
   * not closed; the language is the file's own where none is named.
   */
  readonly tags?: { readonly pattern: RegExp; readonly languageId?: string };
}

/** A tree-sitter grammar: a wasm file of a package. */
export interface Grammar {
  readonly package: string;
  readonly file: string;
}

/** How a language opens a block: with a brace, with a colon and deeper indentation, or with words that `end` closes. */
type BlockStyle = 'braces' | 'colon' | 'words';

/** What the tree of a program is read by: node types of its grammar, mostly. */
export interface Program {
  readonly lineComment: string;
  readonly blockComment: readonly [open: string, close: string] | undefined;
  readonly blockStyle: BlockStyle;
  /** A line that words make the head of a block; its comment and its white space at the end are taken away. */
  readonly blockHead?: RegExp;
  /** Hold statements or members between an opener and its end. */
  readonly blocks: ReadonlySet<string>;
  /** Strings, the quotes included. */
  readonly strings: ReadonlySet<string>;
  readonly comments: ReadonlySet<string>;
  readonly declarations: DeclarationNodes;
  /** What stands in a hole while the rest is parsed, by the type that it takes; elsewhere it is a name. */
  readonly placeholders: Readonly<Record<string, string>>;
  readonly names?: NameNodes;
}

/** By what the names of a program are found, for merges: queries of tree-sitter, and what opens a scope. */
export interface NameNodes {
  /**
   * Holds the name as `function`, `type`, `variable`, `parameter`, `import` or `member`; beside it the whole definition as
   * `outer`, where the name is known outside of it, and a function's parameters as `parameters` (`nullary`: it has none).
   */
  readonly definitions: string;
  /** Holds `callee` and `arguments`, and what stands in front of a member's name as `receiver`, or as `path`. */
  readonly calls: string;
  /** Outside of these, what they define is not known. */
  readonly scopes: ReadonlySet<string>;
  /** Those of them whose functions and variables are members. */
  readonly typeScopes: ReadonlySet<string>;
  /** Whether a member's name may stand alone inside of its type. */
  readonly bareMembers?: boolean;
}

/** Node types that declare something. */
export interface DeclarationNodes {
  /** Types with members. */
  readonly types: ReadonlySet<string>;
  /** Functions, constants and the like. */
  readonly others: ReadonlySet<string>;
  /** Hold the members of a type. */
  readonly bodies: ReadonlySet<string>;
  /** Hold such a body further within, as a struct does that a type is named for. */
  readonly bodyWithin?: ReadonlySet<string>;
  /** Wrap a declaration, such as an export. */
  readonly wrappers: ReadonlySet<string>;
  /** Hold any number of declarations, such as a namespace. */
  readonly lists: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** Hold the name of what is declared further within; what comes in front of them is no name. */
  readonly namedWithin: ReadonlySet<string>;
  /** Of these, and of names with parts, the last name is the one. */
  readonly namedLast?: ReadonlySet<string>;
  /** Children of a type's body that are no members. */
  readonly notMembers?: ReadonlySet<string>;
  /** Stand between a declaration and its comment, such as an attribute. */
  readonly between?: ReadonlySet<string>;
  /** Whether a comment is a run of lines that are nodes of their own, the first of which says most. */
  readonly commentsRun?: boolean;
}

/** By which TextMate grammar a file keeps its colours while it holds conflicts. */
export interface ConflictColours {
  readonly scope: string;
  /** The grammar of the whole file, where the language stands in another. */
  readonly within?: string;
  /** Whether the root rules of the grammar know what may stand in a conflict; else only the markers are told apart. */
  readonly isCode: boolean;
}
