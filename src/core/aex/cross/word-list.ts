/** Texts by number, from 1; 0 is "none". For few texts that stand in many rows. */
export type WordList = {
  /** the number of a text; null: there is no room for another one */
  number(text: string): number | null;
  readonly texts: readonly string[];
};

/** Beyond this many, rows with other texts are looked at one by one. */
const MOST = 4_096;

export function wordList(): WordList {
  const texts: string[] = [''];
  const numbers = new Map<string, number>();
  let last: string | null = null;
  let lastNumber = 0;
  return {
    texts,
    number: (text) => {
      if (text === last) return lastNumber;
      let known = numbers.get(text);
      if (known === undefined) {
        if (texts.length >= MOST) return null;
        known = texts.length;
        texts.push(text);
        numbers.set(text, known);
      }
      last = text;
      lastNumber = known;
      return known;
    },
  };
}
