import { limits } from '../../storage/limits.ts';
import type { StoredEntry } from '../entry.ts';
import type { Masker } from '../secrets.ts';
import type { CopyNames } from './names.ts';

/** What differs beside the chain, in words; the first ones and how many more. */
export type Differences = {
  add(text: string): void;
  /** what of two entries with the same hash no hash covers */
  entry(a: StoredEntry, b: StoredEntry): void;
  /** a value of a row; texts and numbers as SQLite gives them */
  value(row: string, name: string, a: unknown, b: unknown): void;
  readonly list: readonly string[];
  readonly more: number;
};

export function createDifferences(names: CopyNames, mask: Masker['text']): Differences {
  const list: string[] = [];
  let more = 0;
  const add = (text: string): void => {
    if (list.length < limits.ledgerDifferences) list.push(text);
    else more++;
  };
  const value = (row: string, name: string, a: unknown, b: unknown): void => {
    if (list.length >= limits.ledgerDifferences) more++;
    else add(`${mask(row)}: ${name} is ${said(a, mask)} in ${names.a} and ${said(b, mask)} in ${names.b}.`);
  };
  return {
    add,
    value,
    entry(a, b) {
      if (a.agent !== b.agent) value(`Entry ${a.seq}`, 'agent', a.agent, b.agent);
      if (a.ts !== b.ts) value(`Entry ${a.seq}`, 'time', a.ts, b.ts);
    },
    list,
    get more() {
      return more;
    },
  };
}

/** Characters of a value that are shown. */
const shownChars = 200;

function said(value: unknown, mask: Masker['text']): string {
  if (value === null || value === undefined) return 'empty';
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (typeof value !== 'string') return String(value);
  const masked = mask(value);
  return masked.length <= shownChars
    ? `“${masked}”`
    : `“${masked.slice(0, shownChars)}…” (${masked.length} characters)`;
}
