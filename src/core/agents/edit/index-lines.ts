import { SECTIONS, indexEntries, plainTarget } from '../parts/memory-index.ts';
import type { IndexEntry } from '../parts/memory-index.ts';
import type { NoteFile } from '../parts/note.ts';
import { scalarText } from '../settings/numbers.ts';
import { yamlText } from '../../yaml/yaml-value.ts';
import { linesOf, withLine, withLineBelow, withSection, withoutLines } from './fixes/lines.ts';

/** Where notes go that were put aside (formats/atomic-agents.md §2.5). */
export const ARCHIVE = 'Archive (superseded)';

/** The section of the index that a note belongs to. */
export function sectionOf(note: NoteFile): string {
  if (note.archived || note.supersededBy !== null) return ARCHIVE;
  const type = yamlText(note.type);
  return Object.hasOwn(SECTIONS, type) ? SECTIONS[type]! : SECTIONS.reference!;
}

/** The name and the description of a note as a line of the index can hold them. */
export function wordsOf(note: NoteFile): { readonly name: string; readonly description: string } {
  const name = scalarText(note.fm.meta.get('name')) ?? '';
  return {
    name: oneLine(name.replaceAll('[', '(').replaceAll(']', ')')) || note.name.replace(/\.md$/, ''),
    description: oneLine(scalarText(note.fm.meta.get('description')) ?? ''),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The line of a note. */
export function lineOf(note: NoteFile): string {
  const { name, description } = wordsOf(note);
  return `- [${name}](${note.name})${description === '' ? '' : ` — ${description}`}`;
}

/** The index with a line directly below the heading of a section, as the agent adds one; null: there is no index yet. */
export function withEntry(text: string | null, section: string, row: string): string {
  if (text === null) return `# Memory Index\n\n## ${section}\n${row}\n`;
  const at = headingLine(text, section);
  if (at !== null) return withLineBelow(text, at, row);
  return withSection(text, [`## ${section}`, row]);
}

function headingLine(text: string, section: string): number | null {
  const archive = section === ARCHIVE;
  const at = linesOf(text).findIndex((line) => {
    const title = /^#{2,6}\s+(.*?)\s*#*$/.exec(line.text)?.[1];
    return title !== undefined && (archive ? /^Archive\b/i.test(title) : title === section);
  });
  return at === -1 ? null : at + 1;
}

/**
 * The entries of an index that name a file and whose lines are theirs: they stand alone on them, or other links stand
 * only in the description behind a dash.
 */
export function entriesFor(text: string, file: string): readonly IndexEntry[] {
  return ownEntries(text).filter(({ target }) => plainTarget(target) === file);
}

/** The text that was read last: of one index many entries are asked for. */
let read: { readonly text: string; readonly own: readonly IndexEntry[] } = { text: '', own: [] };

/** The entries of an index to whom their lines belong. */
function ownEntries(text: string): readonly IndexEntry[] {
  if (read.text !== text) read = { text, own: ownEntriesIn(text) };
  return read.own;
}

function ownEntriesIn(text: string): readonly IndexEntry[] {
  const byLine = new Map<number, IndexEntry[]>();
  for (const entry of indexEntries(text)) {
    const known = byLine.get(entry.line);
    if (known === undefined) byLine.set(entry.line, [entry]);
    else known.push(entry);
  }
  let lines: ReturnType<typeof linesOf> | null = null;
  return [...byLine.values()].flatMap(([first, ...others]) => {
    if (others.length > 0) lines ??= linesOf(text);
    return others.length === 0 || withDescription.test(lines![first!.line - 1]!.text) ? [first!] : [];
  });
}

/** A line as the runtime writes it: one link, a dash, and a description. */
const withDescription = /^- \[[^\]]*\]\([^)\s]+\) — (?!\[[^\]]*\]\([^)\s]+\)\s*(?:[,—–;-]|$))/;

/** The index without the line of an entry. */
export function withoutEntry(text: string, entry: IndexEntry): string {
  return withoutEntries(text, [entry]);
}

/** The index without the lines of entries. */
export function withoutEntries(text: string, entries: readonly IndexEntry[]): string {
  return entries.length === 0 ? text : withoutLines(text, new Set(entries.map(({ line }) => line)));
}

/** The index with the line of an entry in another section, as it stands. */
export function movedEntry(text: string, entry: IndexEntry, section: string): string {
  const row = linesOf(text)[entry.line - 1]!.text;
  return withEntry(withoutEntry(text, entry), section, row);
}

/** Words that a line of an index can have anew. */
type Words = { readonly name?: string; readonly target?: string; readonly description?: string };

/** The index with other words in the place of an entry; what else stands on its line stays. */
export function rewordedEntry(text: string, entry: IndexEntry, words: Words): string {
  const row = linesOf(text)[entry.line - 1]!.text;
  return withLine(text, entry.line, rewordedRow(row, words));
}

/** A line with a single link, with other words. */
export function rewordedRow(row: string, words: Words): string {
  const parts = /^(.*?\[)([^\]]*)(\]\()([^)\s]+)(\))(\s*(?:—|–|--|-|:)\s*)?(.*)$/s.exec(row);
  if (parts === null) return row;
  const [, before, name, middle, target, close, sign, rest] = parts;
  // words without a sign before them are no description, and stay
  const kept = words.description === undefined || (sign === undefined && rest!.trim() !== '');
  const described = words.description === '' ? '' : `${sign ?? ' — '}${words.description ?? ''}`;
  const tail = kept ? `${sign ?? ''}${rest!}` : described;
  return `${before}${words.name ?? name}${middle}${words.target ?? target}${close}${tail}`;
}
