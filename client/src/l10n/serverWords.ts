// What the server says comes in English, for every client alike. Here its sentences are put into the user's language: whole
// sentences by themselves, sentences with places by their pattern and then what stands in the places, and hovers
// paragraph by paragraph. What is not known stays as it is.

import { translatedTitle } from './resolutionTitles.js';
import { translated } from './words.js';

/** What stands in a place: text of the user's or a number, words of the server, or a list of them. */
type Place = 'asIs' | 'words' | 'title' | { readonly separators: RegExp; readonly each: Place };

const semicolons = (each: Place): Place => ({ separators: /; /, each });
const listed: Place = { separators: /, | and /, each: 'words' };

/** Longer patterns stand before shorter ones that would match the same. */
export const patterns: readonly (readonly [pattern: string, ...places: Place[]])[] = [
  ['For it: {0}.', semicolons('words')],
  ['Against it: {0}.', semicolons('words')],
  ['Otherwise: {0}.', semicolons('title')],
  ['Ours is {0}, theirs {1}.', 'asIs', 'asIs'],
  ['Joins both changes; where they meet: {0}.', 'words'],
  ['It has {0}.', listed],
  ['It is not taken without asking: {0}.', 'words'],
  ['{0} lines of both sides', 'asIs'],
  ['{0} lines of ours', 'asIs'],
  ['{0} lines of theirs', 'asIs'],
  ['{0} lines of the base alone', 'asIs'],
  ['{0} lines put together from several', 'asIs'],
  ['{0} lines that no side has', 'asIs'],
  ['The {0} is left to you.', 'words'],
  ['The {0} is left to you: the model would write “{1}” and holds it {2} likely.', 'words', 'asIs', 'asIs'],
  [
    'Of suggestions with holes at least {0} are right outside of them, with {1} confidence, for lines like those measured: of {2} that would have been offered, {3} were wrong ({4}).',
    ...(['asIs', 'asIs', 'asIs', 'asIs', 'words'] as const),
  ],
  ['measured on {0} lines that commits added to {1} public repositories', 'asIs', 'asIs'],
  ['measured on {0} lines that your own commits added', 'asIs'],
  [
    'Holes were {0}. {1}. This could not be written and holds until the window is closed: {2}.',
    ...(['words', semicolons('words'), 'asIs'] as const),
  ],
  ['Holes were {0}. {1}.', 'words', semicolons('words')],
  ['{0}: too few for a promise, so the general measurement stays', 'words'],
  ['{0}: {1} of {2} suggestions with holes were wrong outside of them', 'words', 'asIs', 'asIs'],
  ['The model file {0} is missing.', 'asIs'],
  ['The model file {0} cannot be read.', 'asIs'],
  ['The model file {0} cannot be loaded: {1}', 'asIs', 'asIs'],
  ['The model folder {0} has no readable model.json.', 'asIs'],
  ['The ONNX runtime, which runs the model, has no library for this machine ({0}).', 'asIs'],
  ['The ONNX runtime, which runs the model, cannot be loaded: {0}.', 'asIs'],
  ['The model stopped unexpectedly ({0}) and is started again.', 'asIs'],
];

/** Sentences and phrases without places that are said here and there in the server. */
export const phrases: readonly string[] = [
  'There is no resolution.',
  'Conflicts are not answered here.',
  'There is no conflict at the cursor.',
  'Git cannot be asked here, so conflicts are resolved one by one.',
  'The file has changed meanwhile.',
  'Nothing is left of the conflict.',
  'It leaves a syntax error that neither side has.',
  'Takes ours, with the white space that the other side changed',
  'Takes theirs, with the white space that the other side changed',
  'The version from which both sides came is not known',
  'The versions are too long or too different to be compared word by word',
  'Its syntax could not be checked',
  'Something that a side changed is not in it',
  'White space that a side changed is not as that side has it',
  'A side changed nothing but white space, and whether that is kept is decided either way',
  'It puts words together that neither side has together',
  'A line stands in it more often than in either side',
  'It holds lines that look like conflict markers',
  'It leaves a syntax error that one of the sides has not',
  'It uses a name that a side has renamed',
  '1 line of both sides',
  '1 line of ours',
  '1 line of theirs',
  '1 line of the base alone',
  '1 line put together from several',
  '1 line that no side has',
  'how often people decide so',
  'Joins both',
  'bold',
  'balanced',
  'careful',
  'something',
  'The model cannot be loaded, since the memory does not suffice; close other programs.',
  'The model was not loaded within a minute, perhaps since the memory does not suffice; close other programs, and start Lacuna again.',
  'The model stopped unexpectedly and is started again.',
  'The ONNX runtime, which runs the model, is not installed.',
];

const matchers = patterns.map(([pattern, ...places]) => ({
  pattern,
  places,
  expression: new RegExp(`^${pattern.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d+\}/g, '(.+?)')}$`, 's'),
}));

/** The sentences that explain a resolution. */
export function explanationInUsersWords(text: string): string {
  return text
    .split(/(?<=\.) (?=[A-Z])/)
    .map(inUsersWords)
    .join(' ');
}

/** The hover of a conflict: its head, paragraphs of sentences, and the lines in a fence, which are the user's. */
export function hoverInUsersWords(markdown: string): string {
  const fence = /\n\n(`{3,})text\n[\s\S]*?\n\1(?=\n\n|$)/.exec(markdown);
  if (fence === null) return paragraphs(markdown);
  const end = fence.index + fence[0].length;
  return paragraphs(markdown.slice(0, fence.index)) + fence[0] + paragraphs(markdown.slice(end));
}

function paragraphs(markdown: string): string {
  return markdown
    .split('\n\n')
    .map((paragraph) => {
      const head = /^\*\*(Lacuna: .*)\*\* (\(.*\))$/.exec(paragraph);
      if (head !== null) return translatedTitle(`${head[1]} ${head[2]}`).replace(/^(.*) (\(.*\))$/, '**$1** $2');
      const sentence = /^\*\*Lacuna\*\*: (.*)$/.exec(paragraph);
      if (sentence !== null) return `**Lacuna**: ${inUsersWords(sentence[1]!)}`;
      // Names of branches may hold anything.
      return paragraph.startsWith('Ours is ') ? inUsersWords(paragraph) : explanationInUsersWords(paragraph);
    })
    .join('\n\n');
}

/** One sentence, or a phrase of one. */
export function inUsersWords(text: string): string {
  for (const { pattern, places, expression } of matchers) {
    const found = expression.exec(text);
    if (found !== null) return translated(pattern, ...found.slice(1).map((part, index) => put(part, places[index]!)));
  }
  const known = translated(text);
  if (known !== text) return known;
  // The phrases that begin an explanation are listed without their full stop, and stand inside others in small letters.
  const phrase = text.replace(/\.$/, '');
  const capital = phrase.charAt(0).toUpperCase() + phrase.slice(1);
  const said = translated(capital);
  if (said === capital) return text;
  const cased = capital === phrase ? said : said.charAt(0).toLowerCase() + said.slice(1);
  return `${cased}${text.slice(phrase.length)}`;
}

function put(part: string, place: Place): string {
  if (place === 'asIs') return part;
  if (place === 'words') return inUsersWords(part);
  if (place === 'title') return translatedTitle(`Lacuna: ${part}`).replace(/^Lacuna: /, '');
  // A separator with a capturing group stays in the list.
  return part
    .split(new RegExp(`(${place.separators.source})`))
    .map((piece, index) => (index % 2 === 0 ? put(piece, place.each) : piece === ' and ' ? translated(' and ') : piece))
    .join('');
}
