// Grammars that keep the colours of a program right while it holds conflicts. A program reads as one text, but a conflict
// holds two or three versions of the same lines: what ours opens, theirs opens again, and only one is closed. So the lines
// of ours, and those of the base, are read by the language's own rules, and what they leave open is forgotten at the next
// marker. The lines of theirs go on from the state in front of the conflict, and the rest of the file from them.
//
// The grammars differ in the language that they include, so they are made from one, beside the bundles.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from './languages.mjs';

const colours = languages.flatMap(({ conflicts }) => conflicts ?? []);

/** Languages whose root rules know what may stand in a conflict, by the names of their grammars. */
const code = colours.filter(({ isCode }) => isCode);

/** Those in which only the markers are told apart from what stands between them. */
const others = colours.filter(({ isCode }) => !isCode);

/** The grammar that reads the whole file. */
const rootOf = ({ scope, within }) => within ?? scope;

/** A member of an object, which the root rules of JSON do not expect. */
const jsonKey = { name: 'string.json support.type.property-name.json', match: '"(?:[^"\\\\]|\\\\.)*"(?=\\s*:)' };

const markers = 'conflict-markers.tmLanguage.json';

/** The grammars as the manifest declares them. */
export const contributions = [
  ...code.map((colour) => ({
    scopeName: nameOf(colour.scope),
    path: `./dist/syntaxes/${fileOf(colour.scope)}`,
    injectTo: [rootOf(colour)],
  })),
  {
    scopeName: 'lacuna.conflict.markers',
    path: `./dist/syntaxes/${markers}`,
    injectTo: [...code, ...others].map(rootOf),
  },
];

/** Placeholders of holes, which may stand in the languages that have a syntax tree. */
export const holes = {
  scopeName: 'lacuna.holes',
  path: './syntaxes/holes.tmLanguage.json',
  injectTo: languages.flatMap(({ program, conflicts }) => (program && conflicts ? rootOf(conflicts) : [])),
};

/** Writes all grammars into a folder. */
export function layConflictGrammars(folder) {
  mkdirSync(folder, { recursive: true });
  copyFileSync(new URL(markers, import.meta.url), join(folder, markers));
  for (const { scope } of code) writeFileSync(join(folder, fileOf(scope)), JSON.stringify(grammarOf(scope)));
}

function grammarOf(scope) {
  const marker = 'meta.conflict-marker.lacuna markup.changed.conflict-marker.lacuna';
  const section = (name, begin, next) => ({
    name: `meta.conflict.${name}.lacuna`,
    begin,
    beginCaptures: { 0: { name: marker } },
    // A rule with `while` ends at the first line that does not match, with all that was begun inside.
    while: `^(?!${next})`,
    patterns: [...(scope.startsWith('source.json') ? [jsonKey] : []), { include: scope }],
  });
  return {
    scopeName: nameOf(scope),
    injectionSelector: `L:${scope} -comment -string -meta.conflict`,
    patterns: [
      section('ours', '^<{7}(?: .*)?$', '(?:\\|{7}(?: .*)?|={7})$'),
      section('base', '^\\|{7}(?: .*)?$', '={7}$'),
      { name: marker, match: '^(?:={7}|>{7}(?: .*)?)$' },
    ],
  };
}

function nameOf(scope) {
  return `lacuna.conflict.${scope.replace(/^source\./, '')}`;
}

function fileOf(scope) {
  return `conflict.${scope.replace(/^source\./, '')}.tmLanguage.json`;
}
