import type { IndexProblem } from '../../../../contract/agent-parts.ts';
import type { AgentFolder } from '../../folder.ts';
import { normal } from '../../parts/memory.ts';
import { SECTIONS, indexEntries, indexProblems } from '../../parts/memory-index.ts';
import type { NoteFile } from '../../parts/note.ts';
import { selectNotes } from '../../parts/selection.ts';
import { scalarText } from '../../settings/numbers.ts';
import { yamlText } from '../../text/yaml-value.ts';
import {
  entriesFor,
  lineOf,
  movedEntry,
  rewordedEntry,
  sectionOf,
  withEntry,
  withoutEntry,
} from '../index-lines.ts';

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
  const orphans = [...about.notes.values()].filter(
    (note) =>
      note.rule === null &&
      !note.archived &&
      note.supersededBy === null &&
      !text.includes(note.name.replace(/\.md$/, '')),
  );
  return [
    ...indexProblems(indexEntries(text), about.notes, about.exists),
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
  const description = (scalarText(note.fm.meta.get('description')) ?? '').trim();
  if (/[\r\n]/.test(description)) return null;
  const label = 'Take the description of the note';
  return { text: rewordedEntry(text, entry, { description }), label };
}

/** The index with everything mended that can be; null where nothing can. `mended` is how much was. */
export function mendIndex(
  text: string | null,
  about: IndexAbout,
): { readonly text: string; readonly mended: number } | null {
  let now = text;
  let mended = 0;
  const left = new Set<string>();
  while (now !== null) {
    const problem = problemsOf(now, about).find((one) => one.kind !== 'orphan' && !left.has(keyOf(one)));
    if (problem === undefined) break;
    left.add(keyOf(problem));
    const next = mendIndexLine(now, problem, about);
    if (next === null) continue;
    now = next.text;
    mended++;
  }
  // a new line stands below its heading, so that the last one added is the first of its section
  for (const { file } of problemsOf(now ?? '', about)
    .filter(({ kind }) => kind === 'orphan')
    .toReversed()) {
    const note = about.notes.get(file)!;
    now = withEntry(now, sectionOf(note), lineOf(note));
    mended++;
  }
  if (now === text || (now === null && about.notes.size > 0)) return null;
  return { text: now ?? '# Memory Index\n', mended };
}

function keyOf({ kind, file, message }: IndexProblem): string {
  return `${kind} ${file} ${message}`;
}
