// Whether a text looks like one with conflicts of git, where there is no git to ask.

const openingMarker = /^<{7}(?: |\r?$)/m;

export function hasMarkers(text: string): boolean {
  return openingMarker.test(text);
}
