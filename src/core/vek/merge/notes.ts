/** Notes of one kind that are listed one by one; more are counted. */
const LISTED = 5;

/** Collects what a person should know about a merge; equal notes are told once. */
export type Notes = {
  /** one case of a kind of note; `words` makes the note of all cases of the kind, of which only some are named */
  add(kind: string, name: string, words: (names: string, count: number) => string): void;
  /** a note by itself */
  say(note: string): void;
  list(): readonly string[];
};

type Kind = { readonly names: Set<string>; readonly words: (names: string, count: number) => string };

/** An empty collection. Kinds stand in the order in which they first came. */
export function createNotes(): Notes {
  const kinds = new Map<string, Kind>();
  return {
    add(kind, name, words) {
      let known = kinds.get(kind);
      if (known === undefined) kinds.set(kind, (known = { names: new Set(), words }));
      known.names.add(name);
    },
    say(note) {
      kinds.set(note, { names: new Set([note]), words: () => note });
    },
    list: () => Array.from(kinds.values(), ({ names, words }) => words(listed([...names]), names.size)),
  };
}

/** Names in a row: `a, b and 3 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, names.length === LISTED + 1 ? LISTED + 1 : LISTED);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${more.toLocaleString('en')} more`}`;
}

/** The first digits of a hash, as it stands on screen. */
export function short(hash: string): string {
  return hash.slice(0, 8);
}
