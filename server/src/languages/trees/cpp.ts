import { lexicon } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { types } from '../forms/nodeTypes.js';
import { character, cStrings, slashes } from '../forms/stringForms.js';
import type { Language, Program } from '../types.js';
import { program as c } from './c.js';

const strings = {
  // A quote between digits parts thousands.
  lexicon: lexicon({ ...slashes, strings: [...cStrings, character], generics: true }),
  mergeLexicon: mergeLexicon({
    ...merge.slashes,
    quotes: [
      mergeQuote(/(?:u8|[uUL])?R"(?<end>[^\s()\\"]{0,16})\(/y, { close: ')$"', ...merge.longRaw }),
      mergeQuote(/(?:u8|[uUL])?"/y, { close: '"' }),
      merge.character,
    ],
  }),
};

const program: Program = {
  ...c,
  blocks: types('compound_statement field_declaration_list enumerator_list declaration_list requirement_seq'),
  strings: types('string_literal raw_string_literal char_literal system_lib_string concatenated_string'),
  declarations: {
    ...c.declarations,
    types: types('class_specifier struct_specifier union_specifier enum_specifier type_definition'),
    others: types(
      'function_definition declaration alias_declaration concept_definition preproc_def preproc_function_def',
    ),
    wrappers: types('template_declaration'),
    lists: types(
      'namespace_definition preproc_ifdef preproc_if preproc_else preproc_elif linkage_specification declaration_list',
    ),
    names: types('identifier type_identifier field_identifier destructor_name operator_name'),
    namedWithin: types(
      'init_declarator pointer_declarator reference_declarator array_declarator function_declarator parenthesized_declarator qualified_identifier',
    ),
    namedLast: types('type_definition declaration function_definition qualified_identifier'),
    notMembers: types('access_specifier'),
  },
};

export const cpp: readonly Language[] = [
  {
    id: 'cpp',
    // As in the editor, a header is C++: C reads as C++ more often than the other way about.
    extensions: ['.cpp', '.h', '.cc', '.cxx', '.hpp', '.hh', '.hxx', '.ipp', '.tpp', '.inl', '.ixx', '.ino'],
    otherNames: ['c++'],
    ...strings,
    grammar: { package: 'tree-sitter-cpp', file: 'tree-sitter-cpp.wasm' },
    program,
    conflicts: { scope: 'source.cpp', isCode: true },
  },
  { id: 'objective-cpp', otherNames: ['objcpp'], ...strings },
  { id: 'cuda-cpp', ...strings },
];
