import { statSync } from 'node:fs';
import { ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import { appendDurably, replaceFile } from '../../storage/replace.ts';
import {
  readEditLine,
  readSeenLine,
  type BeginLine,
  type DoneLine,
  type EditLine,
  type SeenLine,
} from './lines.ts';
import { createLineReader } from './line-reader.ts';
import type { EditStore } from './store.ts';

/** One recorded write: its begin line, and its end where there is one. */
export type EditEntry = { readonly begin: BeginLine; readonly done: DoneLine | null };

/** The record of one root, oldest first. `damaged` counts lines that can't be read. */
export type EditJournal = { readonly entries: readonly EditEntry[]; readonly damaged: number };

type Writes = { readonly entries: Map<string, EditEntry>; damaged: number };

const journals = createLineReader<Writes>(
  () => ({ entries: new Map(), damaged: 0 }),
  (writes, text) => {
    const line = readEditLine(text);
    if (line === null) {
      writes.damaged++;
      return;
    }
    const entry = writes.entries.get(line.id);
    if (line.type === 'begin') {
      if (entry === undefined) writes.entries.set(line.id, { begin: line, done: null });
    } else if (entry?.done === null) writes.entries.set(line.id, { begin: entry.begin, done: line });
  },
);

const lists = createLineReader<SeenLine[]>(
  () => [],
  (list, text) => {
    const line = readSeenLine(text);
    if (line !== null) list.push(line);
  },
);

/** Reads the record of writes. No file is an empty record; the first begin and the first end of an id count. */
export function readEdits(store: EditStore): Result<EditJournal> {
  const writes = journals(store.journal, limits.editJournalBytes);
  if (!writes.ok) return writes;
  return ok({ entries: [...writes.value.entries.values()], damaged: writes.value.damaged });
}

/** Reads what others were seen to have written, oldest first; lines that can't be read are left out. */
export function readSeen(store: EditStore): Result<readonly SeenLine[]> {
  return lists(store.seen, Infinity);
}

/** Appends to the record of writes and waits until it is on disk. Throws what the system says. */
export function appendEdit(store: EditStore, line: EditLine): void {
  appendDurably(store.journal, JSON.stringify(line));
}

/** Appends to the list of texts of others; a list that became too long keeps the newest of each file. Under the lock. */
export function appendSeen(store: EditStore, line: SeenLine): void {
  appendDurably(store.seen, JSON.stringify(line));
  if ((statSync(store.seen, { throwIfNoEntry: false })?.size ?? 0) <= limits.editSeenBytes) return;
  const all = readSeen(store);
  if (!all.ok) return;
  const counts = new Map<string, number>();
  const left = all.value.toReversed().filter(({ path }) => {
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    return count <= limits.editTextsKept;
  });
  replaceFile(
    store.seen,
    left
      .toReversed()
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
}
