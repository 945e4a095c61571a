// Where the user has edited lately in this session: what was just written elsewhere often says what comes next here.

import type { RecentEdit } from '../../completion/index.js';
import type { Documents } from './documents.js';

/** Places that are remembered, the latest first. */
const MOST_EDITS = 6;
/** An edit so near to another one, in code units, is the same place. */
const SAME_PLACE = 600;
/** Lines that are shown around an edit, on each side. */
const LINES_AROUND = 3;

interface EditedPlace {
  readonly uri: string;
  readonly offset: number;
}

export class RecentEdits {
  private places: readonly EditedPlace[] = [];

  constructor(private readonly documents: Documents) {}

  /** @param offset where the edit ends, in the new text */
  edited(uri: string, offset: number, lengthened: number): void {
    // What stands behind an edit moves with it.
    const others = this.places
      .filter((place) => place.uri !== uri || Math.abs(place.offset - offset) > SAME_PLACE)
      .map((place) => (place.uri === uri && place.offset > offset ? moved(place, lengthened) : place));
    this.places = [{ uri, offset }, ...others].slice(0, MOST_EDITS);
  }

  closed(uri: string): void {
    this.places = this.places.filter((place) => place.uri !== uri);
  }

  /** The lines around each place, as they stand now, except for the place that is being edited. */
  elsewhere(uri: string): readonly (RecentEdit & { readonly uri: string })[] {
    return this.places.slice(this.places[0]?.uri === uri ? 1 : 0).flatMap((place) => {
      const document = this.documents.snapshot(place.uri);
      if (document === undefined) return [];
      return [{ uri: place.uri, path: document.path, text: linesAround(document.text, place.offset) }];
    });
  }
}

function moved(place: EditedPlace, by: number): EditedPlace {
  return { ...place, offset: Math.max(0, place.offset + by) };
}

function linesAround(text: string, offset: number): string {
  const near = text.slice(Math.max(0, offset - 2_000), offset + 2_000);
  const before = text.slice(Math.max(0, offset - 2_000), offset).split('\n').length - 1;
  return near
    .split(/\r?\n/)
    .slice(Math.max(0, before - LINES_AROUND), before + LINES_AROUND + 1)
    .join('\n');
}
