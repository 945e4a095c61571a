// The merged elements of a list in one row.

import { isSame, type Element } from './outline.js';

/** Separators and white space where an element is last that was not, or is no longer last. */
export function joinElements(
  elements: readonly Element[],
  ours: readonly Element[],
  theirs: readonly Element[],
  opener: string | undefined,
): Element[] {
  const lasts = [ours.at(-1), theirs.at(-1)].filter((last) => last !== undefined);
  const inner = [...ours.slice(0, -1), ...theirs.slice(0, -1)];
  const withComma = inner.filter(({ separator }) => separator === ',').length;
  const needsComma = opener === '(' || opener === '[' || withComma * 2 > inner.length;
  const innerSpace = inner.find(({ space }) => space !== '')?.space;
  return elements.map((element, index) => {
    const isLast = index === elements.length - 1;
    const wasLast = lasts.some((last) => isSame(last, element));
    if (isLast) {
      // A semicolon ends a statement wherever that stands.
      if (wasLast || element.separator === ';') return element;
      const last = lasts[0];
      return last === undefined ? element : { ...element, separator: last.separator, space: last.space };
    }
    if (!wasLast) return element;
    if (element.separator !== '' || !needsComma) {
      return element.space === '' && innerSpace !== undefined ? { ...element, space: innerSpace } : element;
    }
    const space = innerSpace ?? (element.space.includes('\n') ? element.space : ' ');
    return { ...element, separator: ',', space };
  });
}
