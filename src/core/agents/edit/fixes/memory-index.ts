import type { IndexProblem } from '../../../../contract/agent-parts.ts';
import type { AgentFolder } from '../../folder.ts';
import { normal } from '../../parts/memory.ts';
import { SECTIONS, indexEntries, indexProblems, plainTarget } from '../../parts/memory-index.ts';
import type { NoteFile } from '../../parts/note.ts';
import { selectNotes } from '../../parts/selection.ts';
import { scalarText } from '../../settings/numbers.ts';
import { yamlText } from '../../../yaml/yaml-value.ts';
import {
  entriesFor,
  lineOf,
  movedEntry,
  rewordedRow,
  sectionOf,
  withEntry,
  withoutEntry,
} from '../index-lines.ts';
import { endOf, linesOf, withLine } from './lines.ts';

/** The notes that an index is about, and what else it may link to. */
export type IndexAbout = {
  readonly notes: ReadonlyMap<string, NoteFile>;
  readonly exists: (target: string) => boolean;
};

/** What the index of an agent is about. */
export function indexAbout(folder: AgentFolder, agent: string): IndexAbout {
  const memory = folder.pathOf(agent, 'memory');
  const notes = new Map(selectNotes(folder, memory).notes.map((note) => [note.name, note] as const));
  return { notes, exists: (target) => folder.has(normal(`${memory}/${target}`)) };
}

/** What an index says that is not so, and the notes that it does not name (formats/atomic-agents.md §2.5). */
export function problemsOf(text: string, about: IndexAbout): readonly IndexProblem[] {
  const entries = indexEntries(text);
  const named = new Set(entries.map(({ target }) => plainTarget(target)));
  const orphans = [...about.notes.values()].filter(
    (note) =>
      !named.has(note.name) &&
      note.rule === null &&
      !note.archived &&
      note.supersededBy === null &&
      !text.includes(note.name.replace(/\.md$/, '')),
  );
  return [
    ...indexProblems(entries, about.notes, about.exists),
    ...orphans.map(({ name }): IndexProblem => {
      return { kind: 'orphan', file: name, line: null, message: 'No line of the index names it.' };
    }),
  ];
}

/** The index without one problem, and what that does in words; null where the line holds more than its entry. */
export function mendIndexLine(
  text: string,
  problem: IndexProblem,
  about: IndexAbout,
): { readonly text: string; readonly label: string } | null {
  const note = about.notes.get(problem.file);
  if (problem.kind === 'orphan') {
    if (note === undefined) return null;
    const label = `Add a line for ${problem.file}`;
    return { text: withEntry(text, sectionOf(note), lineOf(note)), label };
  }
  const entry = entriesFor(text, problem.file).find(({ line }) => line === problem.line);
  if (entry === undefined) return null;
  if (problem.kind === 'dangling' || problem.kind === 'duplicate') {
    return { text: withoutEntry(text, entry), label: `Remove line ${entry.line}` };
  }
  if (note === undefined) return null;
  if (problem.kind === 'wrong-section') {
    const section = SECTIONS[yamlText(note.type)];
    if (section === undefined) return null;
    return { text: movedEntry(text, entry, section), label: `Move it to “${section}”` };
  }
  const row = linesOf(text)[entry.line - 1]!.text;
  const described = describedRow(row, note);
  if (described === null) return null;
  return { text: withLine(text, entry.line, described), label: 'Take the description of the note' };
}

/** The index with everything mended that can be; null where nothing can. `mended` is how much was. */
export function mendIndex(
  text: string | null,
  about: IndexAbout,
): { readonly text: string; readonly mended: number } | null {
  const problems = problemsOf(text ?? '', about);
  const lines = mendedLines(text ?? '', problems, about);
  let now = text === null ? null : lines.text;
  const rows = new Map(lines.moved);
  let mended = lines.mended;
  for (const { kind, file } of problems) {
    const note = about.notes.get(file);
    if (kind !== 'orphan' || note === undefined) continue;
    add(rows, sectionOf(note), lineOf(note));
    mended++;
  }
  for (const [section, all] of rows) now = withEntry(now, section, all.join(endOf(now ?? '')));
  return now === null || now === text ? null : { text: now, mended };
}

/** The lines that stand as they should; those of another section are taken out, to be put there together. */
function mendedLines(text: string, problems: readonly IndexProblem[], about: IndexAbout) {
  const entries = new Map<number, number>();
  for (const { line } of indexEntries(text)) entries.set(line, (entries.get(line) ?? 0) + 1);
  const at = new Map<number, IndexProblem[]>();
  for (const problem of problems) {
    const { line } = problem;
    if (line !== null && entries.get(line) === 1) at.set(line, [...(at.get(line) ?? []), problem]);
  }
  const moved = new Map<string, string[]>();
  let mended = 0;
  const kept = linesOf(text).map(({ text: row, end }, i) => {
    const wrong = at.get(i + 1) ?? [];
    if (wrong.some(({ kind }) => kind === 'dangling' || kind === 'duplicate')) {
      mended++;
      return '';
    }
    let says = row;
    let section: string | null = null;
    for (const { kind, file } of wrong) {
      const note = about.notes.get(file)!;
      if (kind === 'wrong-section') section = SECTIONS[yamlText(note.type)] ?? null;
      else says = describedRow(says, note) ?? says;
      mended += Number(kind === 'wrong-section' ? section !== null : says !== row);
    }
    if (section === null) return says + end;
    add(moved, section, says);
    return '';
  });
  return { text: kept.join(''), moved, mended };
}

function add(rows: Map<string, string[]>, section: string, row: string): void {
  const known = rows.get(section) ?? [];
  known.push(row);
  rows.set(section, known);
}

/** The line of a note with the description that the note has; null where that is more than a line. */
function describedRow(row: string, note: NoteFile): string | null {
  const description = (scalarText(note.fm.meta.get('description')) ?? '').trim();
  return /[\r\n]/.test(description) ? null : rewordedRow(row, { description });
}
