/** One change of a text: what stands from `from` to before `to` becomes `text`. */
export type Edit = { readonly from: number; readonly to: number; readonly text: string };

/** A part of a text after some edits within it; they are in its order and apart from each other. */
export function edited(text: string, edits: readonly Edit[], from = 0, to = text.length): string {
  const pieces: string[] = [];
  let at = from;
  for (const one of edits) {
    pieces.push(text.slice(at, one.from), one.text);
    at = one.to;
  }
  pieces.push(text.slice(at, to));
  return pieces.join('');
}
