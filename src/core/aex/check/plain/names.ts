import type { WordList } from '../../cross/word-list.ts';
import { isSame, isSame64 } from './bytes.ts';

/** The number of a text in bytes: see `WordList`. null: there is no room for it; NaN: its text has to be read from the row. */
export type WordFinder = (bytes: Buffer, from: number, to: number) => number | null;

/** Texts that are found again without a text being made. */
const RECENT = 256;
/** What a number would be as text: the column may hold one. */
const NUMERIC = /^[-+.\deE]*$|^-?inf$/i;

export function wordFinder(words: WordList): WordFinder {
  const known: (Uint8Array | undefined)[] = Array.from({ length: RECENT });
  const numbers = new Uint32Array(RECENT);
  return (bytes, from, to) => {
    const n = to - from;
    const place = (bytes[from]! ^ (bytes[to - 1]! << 2) ^ (n << 4)) & (RECENT - 1);
    const last = known[place];
    if (last !== undefined && last.length === n && isSame(bytes, from, last, 0, n)) return numbers[place]!;
    const text = bytes.toString('utf8', from, to);
    if (NUMERIC.test(text) || text.includes('\ufffd')) return Number.NaN;
    const number = words.number(text);
    if (number === null) return null;
    known[place] = Uint8Array.from(bytes.subarray(from, to));
    return (numbers[place] = number);
  };
}

/** Calls of entries that stand near each other, by the 64 signs of their ids. */
export type CallMemo = {
  /** forgets what was put in */
  clear(): void;
  /** the number of the call whose id begins at `from`, where 64 bytes follow; −1: it was not put in lately */
  find(bytes: DataView, from: number): number;
  /** puts in what `find` did not find */
  put(bytes: DataView, from: number, number: number): void;
};

export const ID_SIGNS = 64;
const RECENT_CALLS = 1_024;

export function callMemo(): CallMemo {
  const ids = new DataView(new ArrayBuffer(RECENT_CALLS * ID_SIGNS));
  const numbers = new Int32Array(RECENT_CALLS).fill(-1);
  const placeOf = (bytes: DataView, from: number): number =>
    (bytes.getUint8(from) ^ (bytes.getUint8(from + 5) << 3) ^ (bytes.getUint8(from + 11) << 6)) &
    (RECENT_CALLS - 1);
  return {
    clear: () => numbers.fill(-1),
    find: (bytes, from) => {
      const place = placeOf(bytes, from);
      const number = numbers[place]!;
      return number >= 0 && isSame64(bytes, from, ids, place * ID_SIGNS) ? number : -1;
    },
    put: (bytes, from, number) => {
      const place = placeOf(bytes, from);
      for (let i = 0; i < ID_SIGNS; i += 4) {
        ids.setInt32(place * ID_SIGNS + i, bytes.getInt32(from + i, true), true);
      }
      numbers[place] = number;
    },
  };
}
