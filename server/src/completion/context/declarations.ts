// What a file declares, by name, as short as it can be told: the signature, the first line of its comment, and of types
// the signatures of their members. Bodies stay out: what is called is what matters, not how it works.

import { languageTraits, type LanguageTraits, type SyntaxNode, type SyntaxTree } from '../../syntax/index.js';

export interface Declaration {
  readonly name: string;
  /** Signature and first comment line, without what it holds. */
  readonly head: string;
  /** Signatures of members, in order; empty for what is no type. */
  readonly members: readonly string[];
  /** Lines of the file, half open. */
  readonly start: number;
  readonly end: number;
}

/** Types with members. */
const TYPES =
  /^(class|interface|enum|struct|record|abstract_class|annotation_type)_(declaration|definition)$|^type_spec$/;
/** What holds members, or a struct or an interface that does. */
const BODIES =
  /^(class_body|interface_body|enum_body|enum_body_declarations|annotation_type_body|declaration_list|enum_member_declaration_list|field_declaration_list|struct_type|interface_type|block)$/;
const FUNCTIONS =
  /^(function|method|constructor|generator_function|local_function)_(declaration|definition|statement|signature)$/;
const OTHERS = /^(type_alias_declaration|lexical_declaration|const_declaration|var_declaration)$/;
/** Nodes that only wrap what they declare. */
const WRAPPERS =
  /^(export_statement|decorated_definition|namespace_declaration|file_scoped_namespace_declaration|declaration_list|type_declaration|internal_module)$/;
const NAMES = /^(identifier|type_identifier|field_identifier|property_identifier)$/;

const LONGEST_HEAD = 200;
const LONGEST_MEMBER = 140;
const MOST_MEMBERS = 60;
/** Declarations of one file; more are data. */
const MOST_DECLARATIONS = 200;

export function declarationsOf(tree: SyntaxTree): readonly Declaration[] {
  const traits = languageTraits(tree.languageId);
  if (traits === undefined) return [];
  const declarations: Declaration[] = [];
  const lineOf = lineCounter(tree.text);
  const visit = (siblings: readonly SyntaxNode[]): void => {
    for (const [at, node] of siblings.entries()) {
      if (declarations.length >= MOST_DECLARATIONS) return;
      if (WRAPPERS.test(node.type) && !declares(node)) {
        visit(node.children);
        continue;
      }
      const inner = unwrapped(node);
      const name = nameOf(inner, tree.text);
      if (name === undefined || !isDeclaration(inner.type)) continue;
      const comment = commentBefore(siblings[at - 1], traits, tree.text) ?? docstringOf(inner, traits, tree.text);
      const head = signatureOf(node, inner, traits, tree.text, LONGEST_HEAD);
      declarations.push({
        name,
        head: comment === undefined ? head : `${comment}\n${head}`,
        members: TYPES.test(inner.type) ? membersOf(inner, traits, tree.text) : [],
        start: lineOf(node.range.start),
        end: lineOf(node.range.end) + 1,
      });
    }
  };
  visit(tree.root.children.filter(({ named }) => named));
  return declarations;
}

/** Whether a wrapper holds one declaration, such as an exported class, and not a list of them. */
function declares(node: SyntaxNode): boolean {
  if (/^(namespace_declaration|file_scoped_namespace_declaration|declaration_list|internal_module)$/.test(node.type)) {
    return false;
  }
  return node.children.some(({ type }) => isDeclaration(type));
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  if (!WRAPPERS.test(node.type)) return node;
  return node.children.find(({ type }) => isDeclaration(type)) ?? node;
}

function isDeclaration(type: string): boolean {
  return TYPES.test(type) || FUNCTIONS.test(type) || OTHERS.test(type);
}

function nameOf(node: SyntaxNode, text: string): string | undefined {
  for (const child of node.children) {
    if (NAMES.test(child.type)) return text.slice(child.range.start, child.range.end);
    if (/^(variable_declarator|const_spec|var_spec)$/.test(child.type)) return nameOf(child, text);
  }
  return undefined;
}

/** The text up to the body, in one line. */
function signatureOf(outer: SyntaxNode, node: SyntaxNode, traits: LanguageTraits, text: string, most: number): string {
  const body = bodyOf(node, traits);
  const end = body?.range.start ?? node.range.end;
  // A text without body ends with its line: the rest is a value.
  const whole = text.slice(outer.range.start, end);
  const cut = body === undefined && node.type !== 'type_alias_declaration' ? firstLine(whole) : whole;
  return oneLine(cut).slice(0, most);
}

function bodyOf(node: SyntaxNode, traits: LanguageTraits): SyntaxNode | undefined {
  for (const child of node.children) {
    // What a struct holds lies one deeper.
    if (child.type === 'struct_type') return bodyOf(child, traits);
    if (traits.blocks.has(child.type) || BODIES.test(child.type)) return child;
    if (/^(variable_declarator|arrow_function|function_expression)$/.test(child.type)) {
      const inner = bodyOf(child, traits);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

function membersOf(type: SyntaxNode, traits: LanguageTraits, text: string): readonly string[] {
  let body = type.children.find((child) => BODIES.test(child.type));
  // A struct's list of fields lies one deeper.
  body = body?.children.find((child) => child.type === 'field_declaration_list') ?? body;
  const members: string[] = [];
  for (const member of body?.children ?? []) {
    if (!member.named || traits.comments.has(member.type)) continue;
    const inner = unwrapped(member);
    const line = signatureOf(inner, inner, traits, text, LONGEST_MEMBER);
    if (line !== '' && !/^["']/.test(line)) members.push(line);
    if (members.length === MOST_MEMBERS) break;
  }
  return members;
}

function commentBefore(node: SyntaxNode | undefined, traits: LanguageTraits, text: string): string | undefined {
  if (node === undefined || !traits.comments.has(node.type)) return undefined;
  const line = text
    .slice(node.range.start, node.range.end)
    .split('\n')
    .map((one) => one.replace(/^[\s/*#!]+|[\s*/]+$/g, ''))
    .find((one) => one !== '');
  return line === undefined ? undefined : `${traits.lineComment} ${line.slice(0, LONGEST_MEMBER)}`;
}

/** The first line of a Python function's or class's string. */
function docstringOf(node: SyntaxNode, traits: LanguageTraits, text: string): string | undefined {
  if (traits.blockStyle !== 'colon') return undefined;
  const first = bodyOf(node, traits)?.children.find(({ named }) => named);
  const string = first?.children.find(({ type }) => traits.strings.has(type));
  if (string === undefined) return undefined;
  const line = firstLine(text.slice(string.range.start, string.range.end).replace(/^[rRuU]*["']+\s*/, ''));
  return `${traits.lineComment} ${line.replace(/["']+$/, '').slice(0, LONGEST_MEMBER)}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function lineCounter(text: string): (offset: number) => number {
  let [at, line] = [0, 0];
  return (offset) => {
    if (offset < at) [at, line] = [0, 0];
    for (; at < offset; at++) if (text.charCodeAt(at) === 10) line++;
    return line;
  };
}
