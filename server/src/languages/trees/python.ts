import { lexicon, stringForm, type StringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon } from '../forms/mergeLexicon.js';
import { HOLE, types } from '../forms/nodeTypes.js';
import { brace, hash } from '../forms/stringForms.js';
import type { Language, NameNodes } from '../types.js';

const strings: readonly StringForm[] = ['"""', "'''", '"', "'"].flatMap((quote) => {
  const options = { severalLines: quote.length === 3, nests: false };
  return [
    stringForm(new RegExp(`(?<!\\w)(?:[ft]r?|r[ft])${quote}`, 'i'), quote, { ...options, codes: brace }),
    stringForm(new RegExp(`(?:(?<!\\w)(?:[bu]?r|rb|[bu]))?${quote}`, 'i'), quote, options),
  ];
});

const names: NameNodes = {
  definitions: `
    (function_definition name: (identifier) @function parameters: (parameters) @parameters) @outer
    (class_definition name: (identifier) @type) @outer
    (assignment left: (identifier) @variable)
    (pattern_list (identifier) @variable)
    (for_statement left: (identifier) @variable)
    (for_in_clause left: (identifier) @variable)
    (named_expression name: (identifier) @variable)
    (as_pattern_target (identifier) @variable)
    (parameters (identifier) @parameter)
    (lambda_parameters (identifier) @parameter)
    (default_parameter name: (identifier) @parameter)
    (typed_parameter (identifier) @parameter)
    (typed_default_parameter name: (identifier) @parameter)
    (list_splat_pattern (identifier) @parameter)
    (dictionary_splat_pattern (identifier) @parameter)
    (aliased_import alias: (identifier) @import)
    (import_from_statement name: (dotted_name (identifier) @import))
    (import_statement name: (dotted_name . (identifier) @import))`,
  calls: `
    (call function: (identifier) @callee arguments: (argument_list) @arguments)
    (call function: (attribute object: (_) @receiver attribute: (identifier) @callee) arguments: (argument_list) @arguments)`,
  scopes: types('function_definition class_definition lambda'),
  typeScopes: types('class_definition'),
};

export const python: Language = {
  id: 'python',
  extensions: ['.py', '.pyi'],
  ownsExtensions: true,
  otherNames: ['py', 'python3'],
  lexicon: lexicon({ line: hash, strings }),
  mergeLexicon: mergeLexicon({
    ...merge.hash,
    quotes: [merge.tripleDouble, merge.tripleSingle, merge.double, merge.single],
  }),
  grammar: { package: 'tree-sitter-python', file: 'tree-sitter-python.wasm' },
  program: {
    lineComment: '#',
    blockComment: undefined,
    blockStyle: 'colon',
    blocks: types('block'),
    strings: types('string concatenated_string'),
    comments: types('comment'),
    declarations: {
      types: types('class_definition'),
      others: types('function_definition'),
      bodies: types('block'),
      wrappers: types('decorated_definition'),
      lists: types(''),
      names: types('identifier'),
      namedWithin: types(''),
    },
    placeholders: {
      parameters: `(${HOLE})`,
      pair: `${HOLE}: ${HOLE}`,
      comment: `# ${HOLE}`,
      decorator: `@${HOLE}`,
      keyword_argument: `${HOLE}=${HOLE}`,
    },
    names,
  },
  conflicts: { scope: 'source.python', isCode: true },
};
