import { describe, expect, it } from 'vitest';
import { locate } from '../place/place.js';
import { fitRest, isClosing } from './restOfLine.js';

const fit = (linePrefix: string, generated: string, rest: string, languageId = 'typescript') => {
  const text = linePrefix + rest;
  const place = locate({ uri: 'file:///a', path: 'a', version: 1, text, languageId }, linePrefix.length);
  const fitted = fitRest(generated, place);
  expect(fitRest(fitted.text, place), 'fitting twice changes nothing').toEqual(fitted);
  return `${linePrefix}«${fitted.text}»${rest.slice(fitted.consumed)}`;
};

describe('fitRest', () => {
  it.each([
    ['nothing follows', 'f(', 'a, b);', '', 'f(«a, b);»'],
    ['only space follows', 'f(', 'a)', '  ', 'f(«a)»  '],
    ['all is closed by the text', 'f(', 'a, b);', ');', 'f(«a, b);»'],
    ['the text closes less', 'f(', 'a, b)', ');', 'f(«a, b)»;'],
    ['the text closes nothing', 'f(', 'a, b', ');', 'f(«a, b»);'],
    ['its own brackets do not count', 'f(', 'g(x)', ')', 'f(«g(x)»)'],
    ['its own brackets and the outer one', 'f(', 'g(x))', ')', 'f(«g(x))»'],
    ['the text goes on after the closer', 'if (', 'a) {', ')', 'if («a) {»'],
    ['an opening brace in the rest', 'if (', 'a && b) {', ') {', 'if («a && b) {»'],
    ['brackets in strings', 'f(', 'g(")"))', ')', 'f(«g(")"))»'],
    ['two brackets, one closed', 'f(g(', 'a)', '))', 'f(g(«a)»)'],
    ['a wrong closer ends the text', 'f(', 'a];', ')', 'f(«a»)'],
    ['a callback is closed', "it('x', ", '() => {', ')', "it('x', «() => {}»)"],
    ['a chained callback is closed', 'f(', 'a).then((b) => {', ');', 'f(«a).then((b) => {})»;'],
    ['inside quotes', 'f("', 'hello', '")', 'f("«hello»")'],
    ['quotes closed by the text', 'f("', 'hello")', '")', 'f("«hello")»'],
    ['quotes and more', 'f("', 'hello", x)', '")', 'f("«hello", x)»'],
    ['a second string is closed', 'f("', 'a", "b', '")', 'f("«a", "b"»)'],
    ['an escaped quote', 'f("', 'a \\" b")', '")', 'f("«a \\" b")»'],
    ['a quote that is escaped in front of the cursor', "x = 'it\\", "'s';", "';", "x = 'it\\«'s';»"],
    ['a quote behind an escaped backslash', "f('a\\\\", "', b);", "');", "f('a\\\\«', b);»"],
    ['an escaped sign that is no quote', 'f("a\\', 'n", b);', '");', 'f("a\\«n", b);»'],
    ['a quote of the other kind', "f('", 'say "no"\')', "')", 'f(\'«say "no"\')»'],
    ['a list with its comma', '[a', ', b,', ',', '[a«, b,»'],
    ['a list without its comma', '[a', ', b', ',', '[a«, b»,'],
    ['JSX attribute', '<a b="', 'c">', '">', '<a b="«c">»'],
    ['JSX attribute, not closed', '<a b="', 'c', '" />', '<a b="«c»" />'],
    ['JSX element', '<a>', 'text</a>', '</a>', '<a>«text</a>»'],
    ['JSX expression', '<a b={', 'c} />', '} />', '<a b={«c} />»'],
    ['code follows and is reached', 'f(', 'a, b)', ', b)', 'f(«a, b)»'],
    ['code follows and is not reached', 'f(', 'a, c)', ', b)', 'f(«a, c»)'.replace(')', ', b)')],
    ['code in a template', 'a(`b ${', 'c} d`);', '}`', 'a(`b ${«c} d`);»'],
    ['code in a template, not closed', 'a(`b ${', 'f({ c })', '}`)', 'a(`b ${«f({ c })»}`)'],
    ['a template that goes on', 'a(`b ${', 'c}, ${d}', '}`)', 'a(`b ${«c}, ${d}»`)'],
    ['a template of its own', 'a(', '`b ${c', ')', 'a(«`b ${c}`»)'],
    ['code behind a quote', '<a b="', 'c">', '">d</a>', '<a b="«c">»d</a>'],
    ['code behind a bracket', 'if (', 'a) {', ') return;', 'if («a)» return;'],
    ['an operator', 'f(', 'a + c', ' + b)', 'f(«a + c» + b)'],
    ['a statement in a bracket', 'f(', 'g(a);', ');', 'f(«g(a)»);'],
    ['a statement in a bracket, without its end', 'a[', 'g(b);', ']', 'a[«g(b)»]'],
    ['an end in the head of a loop', 'for (', 'let i = 0;', ') {', 'for («let i = 0;») {'],
    ['an end in a string', 'f("', 'color: red;', '");', 'f("«color: red;»");'],
    ['an end in a block', 'f(() => {', ' g(a);', '});', 'f(() => {« g(a);»});'],
    ['a block that the rest closes', 'f(() => {', '\n  g();\n})', '})', 'f(() => {«\n  g();\n})»'],
  ])('%s', (_name, linePrefix, text, rest, expected) => expect(fit(linePrefix, text, rest)).toBe(expected));

  it.each([
    ['brackets nested by the thousand', '['.repeat(3_000), '1', '['.repeat(1_500)],
    ['a line of white space', ' '.repeat(40_000), 'f();', ''],
  ])('reads %s', (_name, linePrefix, text, rest) => {
    expect(fit(linePrefix, text, rest)).toContain(text);
  });

  it.each([
    ['f(g(', 'x)', ')', 'f(g(«x)»)'],
    ['f(g(', 'x))', ')', 'f(g(«x))»'],
    ['f(g(', 'x));', ');', 'f(g(«x));»'],
    ['f(g(', 'x))', ');', 'f(g(«x))»;'],
    ['f(g(', 'x);', ');', 'f(g(«x)»);'],
    ['f(g(', 'x, y)', ')', 'f(g(«x, y)»)'],
    ['f(g(', 'x), y)', ')', 'f(g(«x), y)»'],
    ['f(g(', 'x), y', ')', 'f(g(«x), y»)'],
    ['f(g(h(', 'x)', ')', 'f(g(h(«x)»)'],
    ['f(g(h(', 'x)))', '))', 'f(g(h(«x)))»'],
    ['f(g(h(', 'x))', ')', 'f(g(h(«x))»)'],
    ['f(g(h(', 'x)', '))', 'f(g(h(«x)»))'],
    ['f([[', 'x]]', ')', 'f([[«x]]»)'],
    ['f([[', 'x]]', '])', 'f([[«x]]»)'],
    ['f([[', 'x]', '])', 'f([[«x]»])'],
    ['if (f(', 'x)) {', ') {', 'if (f(«x)) {»'],
    ['if (f(', 'x) {', ') {', 'if (f(«x)») {'],
    ['`${f(g(', 'x)', ')}`', '`${f(g(«x)»)}`'],
    ['f("', 'a")', ')', 'f("«a")»'],
    ['f("', 'a", b);', ');', 'f("«a", b);»'],
    ['f(g(', 'x)', ') // see (a', 'f(g(«x)») // see (a'],
    ['s.replace(/', '[a-z/"(]+/g, "")', ')', 's.replace(/«[a-z/"(]+/g, "")»'],
    ['s.replace(/', '\\/(a|b)/', ', "")', 's.replace(/«\\/(a|b)/», "")'],
    ['if (/', '^[)/]$/.test(s)) {', ') {', 'if (/«^[)/]$/.test(s)) {»'],
    ['s.match(/a(', 'b)/)', ')/)', 's.match(/a(«b)/)»'],
    ['s.match(/a(', 'b)c/)', ')/)', 's.match(/a(«b)c/)»'],
  ])('where the line has fewer closers than openers: %j and %j in front of %j', (linePrefix, text, rest, expected) =>
    expect(fit(linePrefix, text, rest)).toBe(expected),
  );

  it('what further lines close is not missing', () => {
    expect(fit('f(g(', 'x)', ')\n  , y)')).toBe('f(g(«x)»\n  , y)');
    expect(fit('a(() => {\n  f(g(', 'x)', ')\n})')).toBe('a(() => {\n  f(g(«x)»)\n})');
  });

  it('knows Python comments and quotes', () => {
    expect(fit("f('", "a')  # (b", "')", 'python')).toBe("f('«a')  # (b»");
    expect(fit('print(f"a {', 'b}")', '}")', 'python')).toBe('print(f"a {«b}")»');
    expect(fit('print(f"a {', 'b', '}")', 'python')).toBe('print(f"a {«b»}")');
    expect(fit('print(f"a {{ {', 'b}")', '}")', 'python')).toBe('print(f"a {{ {«b}")»');
    expect(fit('print("a {', 'b")', '")', 'python')).toBe('print("a {«b")»');
    expect(fit('f("""', 'a "b" c""")', '""")', 'python')).toBe('f("""«a "b" c""")»');
  });
});

describe('isClosing', () => {
  it('is quick on long rests', () => expect(isClosing(`${')'.repeat(100_000)}a`)).toBe(false));

  it.each([
    '',
    '  ',
    ')',
    ');',
    '])',
    '"',
    '");',
    "')",
    '})',
    '} />',
    '">',
    '/>',
    '</div>',
    ') {',
    ') => {',
    ') => {})',
    ':',
    ',',
    '`)',
  ])('allows %j', (rest) => expect(isClosing(rest)).toBe(true));
  it.each(['a', ') && b', '= 1', ' 2', '"a")', '.b', '<b>', '(', '+ '])('refuses %j', (rest) =>
    expect(isClosing(rest)).toBe(false),
  );
});
