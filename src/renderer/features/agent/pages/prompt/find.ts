/** Where a text occurs in another, whatever the case; from left to right, never over each other. */
export function occurrences(text: string, wanted: string, most: number): readonly number[] {
  const needle = wanted.toLowerCase();
  if (needle === '') return [];
  const hay = text.toLowerCase();
  // a letter that has another length in lower case would shift every place behind it
  if (hay.length !== text.length) return exact(text, wanted, most);
  return exact(hay, needle, most);
}

function exact(hay: string, needle: string, most: number): readonly number[] {
  const places: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0 && places.length < most;) {
    places.push(at);
    at = hay.indexOf(needle, at + needle.length);
  }
  return places;
}

/** A text in pieces, every second of which is an occurrence. */
export function cutAtPlaces(text: string, places: readonly number[], length: number): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const at of places) {
    pieces.push(text.slice(from, at), text.slice(at, at + length));
    from = at + length;
  }
  pieces.push(text.slice(from));
  return pieces;
}
