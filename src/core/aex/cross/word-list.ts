/** Texts by number, from 1; 0 is "none". For few texts that stand in many rows. */
export type WordList = {
  /** the number of a text; null: there is no room for another one */
  number(text: string): number | null;
  readonly texts: readonly string[];
};

/** Beyond this many, rows with other texts are looked at one by one: more agents than anybody has. */
const MOST = 131_072;
/** Texts that are found again without asking the map. */
const RECENT = 256;

export function wordList(): WordList {
  const texts: string[] = [''];
  const numbers = new Map<string, number>();
  // The same few stand in most rows: those that came last are found by their length and two letters.
  const recent = new Uint32Array(RECENT);
  return {
    texts,
    number: (text) => {
      const n = text.length;
      const place = (text.charCodeAt(0) ^ (text.charCodeAt(n - 1) << 2) ^ (n << 4)) & (RECENT - 1);
      const last = recent[place]!;
      if (last !== 0 && texts[last] === text) return last;
      let known = numbers.get(text);
      if (known === undefined) {
        if (texts.length >= MOST) return null;
        known = texts.length;
        texts.push(text);
        numbers.set(text, known);
      }
      return (recent[place] = known);
    },
  };
}
