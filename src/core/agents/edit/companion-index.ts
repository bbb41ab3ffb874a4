import type { NoteFile } from '../parts/note.ts';
import {
  ARCHIVE,
  entriesFor,
  lineOf,
  movedEntry,
  rewordedEntry,
  sectionOf,
  withEntry,
  withoutEntries,
  wordsOf,
} from './index-lines.ts';

/** A note before and after a change; null: it is not there. */
export type NoteChange = {
  readonly file: string;
  readonly before: NoteFile | null;
  readonly after: NoteFile | null;
};

export type IndexAfter = { readonly text: string | null; readonly warnings: readonly string[] };

/**
 * The index of the memory kept right for notes that are made, renamed, changed or taken away (formats/atomic-agents.md
 * §2.5): only lines of these notes change, and words that a person put in a line stay. `text` null: there is none.
 */
export function indexAfter(text: string | null, changes: readonly NoteChange[]): IndexAfter {
  const { renames, others } = renamed(changes);
  const warnings: string[] = [];
  let now = text;
  for (const { before, after } of renames) {
    const entry = now === null ? undefined : entriesFor(now, before.name)[0];
    if (entry === undefined && now?.includes(`(${before.name})`) === true) {
      warnings.push(`memory/INDEX.md still names ${before.name}, on a line with other links.`);
    }
    now =
      now === null || entry === undefined
        ? withEntry(now, sectionOf(after), lineOf(after))
        : changed(rewordedEntry(now, entry, { target: after.name }), before, after, after.name, warnings);
  }
  for (const { file, before, after } of others) {
    if (after === null) {
      now = now === null ? null : withoutEntries(now, entriesFor(now, file));
      if (now?.includes(`(${file})`) === true) {
        warnings.push(`memory/INDEX.md still names ${file}, on a line with other links.`);
      }
    } else if (!after.loads) {
      continue;
    } else if (before === null || !before.loads || comesBack(before, after)) {
      if (now === null || !names(now, file)) now = withEntry(now, sectionOf(after), lineOf(after));
      else if (before?.loads === true) now = changed(now, before, after, file, warnings);
    } else if (now !== null) now = changed(now, before, after, file, warnings);
  }
  return { text: now, warnings };
}

/** Whether an index names a file, on a line of its own or with others. */
function names(text: string, file: string): boolean {
  return text.includes(`(${file}`) || entriesFor(text, file).length > 0;
}

/** Whether a note was put aside, and is one to be remembered again. */
function comesBack(before: NoteFile, after: NoteFile): boolean {
  return sectionOf(before) === ARCHIVE && sectionOf(after) !== ARCHIVE;
}

/** The line of a note with its new words, in its new section. */
function changed(text: string, before: NoteFile, after: NoteFile, file: string, warnings: string[]): string {
  const entry = entriesFor(text, file)[0];
  if (entry === undefined || !after.loads) return text;
  const was = wordsOf(before);
  const is = wordsOf(after);
  const own = entry.description === null ? was.description === '' : entry.description === was.description;
  if (was.description !== is.description && !own && entry.description !== is.description) {
    warnings.push(
      `memory/INDEX.md describes ${file} in words of its own, which stay: “${entry.description ?? ''}”.`,
    );
  }
  let now = rewordedEntry(text, entry, {
    ...(entry.name === was.name ? { name: is.name } : {}),
    ...(own && was.description !== is.description ? { description: is.description } : {}),
  });
  const section = sectionOf(after);
  if (section !== sectionOf(before) && entry.section === sectionOf(before)) {
    now = movedEntry(now, entry, section);
  } else if (section !== sectionOf(before) && /^Archive\b/i.test(entry.section)) {
    now = movedEntry(now, entry, section);
  }
  return now;
}

type Rename = { readonly before: NoteFile; readonly after: NoteFile };

/** A note that goes and one that comes with the same name or the same text are one that was renamed. */
function renamed(changes: readonly NoteChange[]): {
  readonly renames: readonly Rename[];
  readonly others: readonly NoteChange[];
} {
  const renames: Rename[] = [];
  const done = new Set<NoteChange>();
  for (const gone of changes) {
    const { before } = gone;
    if (gone.after !== null || before === null) continue;
    const come = changes.find(
      (one) =>
        one.before === null &&
        one.after?.loads === true &&
        !done.has(one) &&
        (one.after.file.text === before.file.text || wordsOf(one.after).name === wordsOf(before).name),
    );
    if (come === undefined) continue;
    renames.push({ before, after: come.after! });
    done.add(gone).add(come);
  }
  return { renames, others: changes.filter((one) => !done.has(one)) };
}
