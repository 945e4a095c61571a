import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, types } from '../forms/nodeTypes.js';
import { hashBrace, hereDocument, longSingle, regexes } from '../forms/stringForms.js';
import type { Language, NameNodes } from '../types.js';

/** Words that begin a block, where the line neither closes it nor goes on with a statement of its own. */
const head =
  /^\s*(?:(?:(?:private|protected|public|module_function)\s+)?def(?!\s+\S+(?:\(.*\))?\s+=\s)|class|module|if|unless|while|until|for|case|when|in|begin|else|elsif|rescue|ensure)\b(?!.*\b(?:end|then\s+\S.*)$)/;
const doBlock = /(?<![.:\w])do(?:\s*\|[^|]*\|)?$/;
const assigned = /=\s*(?:if|unless|case|begin|while)\b(?!.*\bend$)/;

const strings = {
  lexicon: lexicon({
    line: [/(?<![\w$?'"`])#(?!\{)/],
    strings: [
      hereDocument(/<<[-~]?'(?<end>[A-Z_]\w*)'/, []),
      hereDocument(/<<[-~]?"?(?<end>[A-Z_]\w*)"?/, hashBrace),
      stringForm(/%[qwi]\(/, ')', { severalLines: true }),
      stringForm(/%[qwi]\[/, ']', { severalLines: true }),
      stringForm(/%[qwi]\{/, '}', { severalLines: true }),
      stringForm(/%[QWIrx]?\{/, '}', { severalLines: true, codes: hashBrace }),
      stringForm(/%[QWIrx]\(/, ')', { severalLines: true, codes: hashBrace }),
      stringForm(/%[QWIrx]\[/, ']', { severalLines: true, codes: hashBrace }),
      stringForm('"', '"', { severalLines: true, codes: hashBrace }),
      longSingle,
      stringForm('`', '`', { codes: hashBrace }),
      ...regexes('return|if|unless|when|and|or|not|while|until|split|match|scan', hashBrace),
    ],
    plain: [/\$['"`]/, /(?<![\w)\]])\?['"`()[\]{}](?=[\s,)\].;]|$)/m],
  }),
  mergeLexicon: mergeLexicon({
    line: [/#(?!\{)/y],
    block: [[/(?<=^)=begin\b/my, '\n=end']],
    signs: '#=',
    quotes: [merge.double, merge.single, mergeQuote('`')],
    here: [
      {
        open: /<<[-~]?(["'`]?)(?<name>[A-Z_]\w*)\1/y,
        endOf: (name) => new RegExp(`^[ \\t]*${name}[ \\t]*$`, 'gm'),
      },
    ],
  }),
};

const names: NameNodes = {
  definitions: `
    (method name: (identifier) @function parameters: (method_parameters) @parameters) @outer
    (method name: (identifier) @function @nullary !parameters) @outer
    (singleton_method name: (identifier) @function parameters: (method_parameters) @parameters) @outer
    (singleton_method name: (identifier) @function @nullary !parameters) @outer
    (class name: (constant) @type) @outer
    (module name: (constant) @type) @outer
    (assignment left: (identifier) @variable)
    (assignment left: (constant) @variable)
    (left_assignment_list (identifier) @variable)
    (method_parameters (identifier) @parameter)
    (block_parameters (identifier) @parameter)
    (optional_parameter name: (identifier) @parameter)
    (keyword_parameter name: (identifier) @parameter)
    (splat_parameter name: (identifier) @parameter)
    (hash_splat_parameter name: (identifier) @parameter)
    (block_parameter name: (identifier) @parameter)`,
  calls: `
    (call !receiver method: (identifier) @callee arguments: (argument_list) @arguments)
    (call receiver: (_) @receiver method: (identifier) @callee arguments: (argument_list) @arguments)`,
  scopes: types('method singleton_method class module block do_block lambda'),
  typeScopes: types('class module'),
  bareMembers: true,
};

export const ruby: readonly Language[] = [
  {
    id: 'ruby',
    extensions: ['.rb', '.rake', '.gemspec', '.ru'],
    fileNames: ['gemfile', 'rakefile', 'vagrantfile', 'podfile', 'fastfile', 'guardfile'],
    ownsExtensions: true,
    otherNames: ['rb'],
    ...strings,
    grammar: { package: 'tree-sitter-ruby', file: 'tree-sitter-ruby.wasm' },
    program: {
      lineComment: '#',
      blockComment: undefined,
      blockStyle: 'words',
      blockHead: new RegExp([head, doBlock, assigned].map(({ source }) => source).join('|')),
      blocks: types('body_statement block_body do_block block then begin do else class module method singleton_method'),
      strings: types('string heredoc_body regex string_array symbol_array subshell delimited_symbol character'),
      comments: types('comment'),
      declarations: {
        types: types('class'),
        others: types('method singleton_method'),
        bodies: types('body_statement'),
        wrappers: types(''),
        lists: types('module body_statement'),
        names: types('constant identifier setter operator'),
        namedWithin: types('scope_resolution'),
        namedLast: types('scope_resolution'),
        notMembers: types('identifier'),
        commentsRun: true,
      },
      placeholders: {
        comment: `# ${HOLE}`,
        block: `{ ${HOLE} }`,
        block_parameters: `|${HOLE}|`,
        pair: `${HOLE}: ${HOLE}`,
        hash_key_symbol: HOLE,
        simple_symbol: `:${HOLE}`,
        instance_variable: `@${HOLE}`,
        constant: `L${HOLE}`,
      },
      names,
    },
    conflicts: { scope: 'source.ruby', isCode: true },
  },
  { id: 'crystal', ...strings },
];
