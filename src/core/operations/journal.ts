import { readFileSync, statSync } from 'node:fs';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import { appendDurably } from '../storage/replace.ts';
import type { RecordFolder } from './folder.ts';
import type { Installation } from './installation.ts';
import { readLine, writeLine, type BeginBody, type DoneBody, type RecordBody } from './lines.ts';

/** One recorded write: its begin line, and its end where there is one. */
export type Entry = {
  readonly begin: BeginBody;
  readonly done: DoneBody | null;
  readonly own: boolean;
  readonly altered: boolean;
};

/** The record of one repository, oldest first. `damaged` counts lines that can't be read. */
export type Journal = { readonly entries: readonly Entry[]; readonly damaged: number };

/** Reads the record. No file is an empty record. */
export function readJournal(folder: RecordFolder, installation: Installation | null): Result<Journal> {
  if (!folder.exists) return ok({ entries: [], damaged: 0 });
  try {
    const stat = statSync(folder.journal, { throwIfNoEntry: false });
    if (stat === undefined) return ok({ entries: [], damaged: 0 });
    if (!stat.isFile()) {
      return fail('refused', `${folder.journal} is not a file.`, 'Remove it if you can do without.');
    }
    if (stat.size > limits.journalBytes) {
      return fail(
        'too-large',
        `The record of operations holds ${stat.size} bytes; up to ${limits.journalBytes} are read.`,
        `Move ${folder.journal} away to begin a new record.`,
      );
    }
    return ok(parseJournal(readFileSync(folder.journal, 'utf8'), installation));
  } catch (error) {
    return systemFailure(error, folder.journal);
  }
}

/** Makes entries of lines. The first begin and the first end of an id count; an end must come from whom began. */
export function parseJournal(text: string, installation: Installation | null): Journal {
  const entries = new Map<string, Entry>();
  let damaged = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const read = readLine(line, installation);
    if (read === null) {
      damaged++;
      continue;
    }
    const { body, own, altered } = read;
    const entry = entries.get(body.id);
    if (body.type === 'begin') {
      if (entry === undefined) entries.set(body.id, { begin: body, done: null, own, altered });
    } else if (entry !== undefined && entry.done === null && entry.own === own) {
      entries.set(body.id, { ...entry, done: body });
    }
  }
  return { entries: [...entries.values()], damaged };
}

/** Appends a line and waits until it is on disk. Throws what the system says. */
export function appendRecord(folder: RecordFolder, body: RecordBody, installation: Installation): void {
  appendDurably(folder.journal, writeLine(body, installation));
}
