import type { IndexProblem } from '../../../contract/agent-parts.ts';
import { universalNewlines } from '../text/python-text.ts';
import { yamlText } from '../../yaml/yaml-value.ts';
import type { NoteFile } from './note.ts';

/** A line of an `INDEX.md` that links to a file. */
export type IndexEntry = {
  readonly name: string;
  readonly target: string;
  readonly description: string | null;
  readonly section: string;
  readonly line: number;
};

/** The section of each type (formats/atomic-agents.md §2.5). */
export const SECTIONS: Readonly<Record<string, string>> = {
  user: 'User Profile',
  feedback: 'Critical Feedback',
  project: 'Active Projects',
  decision: 'Locked Decisions',
  reference: 'Reference',
};
const free = /^(?:Recently Promoted|Archive)/i;
/** Bounded, so that a text of brackets alone is read in no time. */
const link = /\[([^\]]{0,300})\]\(([^)\s]{1,500})\)/g;

/** The links of an index with their sections. */
export function indexEntries(text: string): readonly IndexEntry[] {
  const entries: IndexEntry[] = [];
  let section = '';
  for (const [i, row] of universalNewlines(text).split('\n').entries()) {
    const heading = /^#{2,6}\s+(.*?)\s*#*$/.exec(row);
    if (heading !== null) {
      section = heading[1]!;
      continue;
    }
    for (const found of row.matchAll(link)) {
      const rest = row.slice(found.index + found[0].length);
      const described = /^\s*(?:—|–|--|-|:)\s*(.*)$/.exec(rest);
      entries.push({
        name: found[1]!,
        target: found[2]!,
        description: described === null ? null : described[1]!.trim(),
        section,
        line: i + 1,
      });
    }
  }
  return entries;
}

/** Whether a link of an index means a file of the folder. */
export function isLocal(target: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(target) && !target.startsWith('#') && !target.startsWith('/');
}

/** A link without its anchor and its `./`. */
export function plainTarget(target: string): string {
  return target.replace(/#.*$/, '').replace(/^(?:\.\/)+/, '');
}

/** What an index says that is not so: of the notes themselves, by name. `exists` asks for other files. */
export function indexProblems(
  entries: readonly IndexEntry[],
  notes: ReadonlyMap<string, NoteFile>,
  exists: (target: string) => boolean,
): readonly IndexProblem[] {
  const problems: IndexProblem[] = [];
  const seen = new Map<string, number>();
  for (const entry of entries) {
    const file = plainTarget(entry.target);
    if (file === '' || !isLocal(entry.target)) continue;
    const { line } = entry;
    const before = seen.get(file);
    if (before !== undefined) {
      problems.push({ kind: 'duplicate', file, line, message: `${file} is listed on line ${before} too.` });
    }
    seen.set(file, before ?? line);
    const note = notes.get(file);
    if (note === undefined) {
      if (!exists(file)) {
        problems.push({ kind: 'dangling', file, line, message: `${file} is not there.` });
      }
      continue;
    }
    problems.push(...against(note, entry, file));
  }
  return problems;
}

function against(note: NoteFile, entry: IndexEntry, file: string): IndexProblem[] {
  const problems: IndexProblem[] = [];
  const { line } = entry;
  const section = Object.hasOwn(SECTIONS, yamlText(note.type)) ? SECTIONS[yamlText(note.type)] : undefined;
  if (section !== undefined && entry.section !== section && !free.test(entry.section) && note.loads) {
    problems.push({
      kind: 'wrong-section',
      file,
      line,
      message: `It is a ${yamlText(note.type)} note and stands under “${entry.section}”, not under “${section}”.`,
    });
  }
  const description = note.fm.meta.get('description');
  if (
    note.loads &&
    entry.description !== null &&
    typeof description === 'string' &&
    description.trim() !== entry.description
  ) {
    problems.push({
      kind: 'description-differs',
      file,
      line,
      message: `The index describes it as “${entry.description}”, the note as “${description.trim()}”.`,
    });
  }
  return problems;
}
