import { compareCodePoints } from '../../json/tree.ts';
import type { AgentFolder } from '../folder.ts';
import { readNote, schemaCrash } from './note.ts';
import type { NoteFile } from './note.ts';
import { entriesOf, fileOf } from './read.ts';

/** Notes that the prompt takes of each kind (formats/atomic-agents.md §10). */
export const PINNED_MAX = 5;
export const RECENT_MAX = 5;

/** The notes of an agent as the runtime selects them for the prompt. */
export type NoteSelection = {
  /** all `*.md` but INDEX.md, in order of name */
  readonly notes: readonly NoteFile[];
  /** entries that look like notes and cannot be opened, with the reason */
  readonly refused: readonly { readonly path: string; readonly name: string; readonly why: string }[];
  /** all pinned notes, also archived and superseded ones */
  readonly pinned: readonly NoteFile[];
  /** all that could be recent, newest first: not pinned, not archived, not superseded */
  readonly recent: readonly NoteFile[];
  /** why the runtime fails over them */
  readonly crashes: readonly string[];
};

/** The notes of a memory folder and what the runtime's lists make of them (§2.4). */
export function selectNotes(folder: AgentFolder, memory: string): NoteSelection {
  const notes: NoteFile[] = [];
  const refused: { path: string; name: string; why: string }[] = [];
  for (const entry of entriesOf(folder, memory)) {
    if (!entry.name.endsWith('.md') || entry.name === 'INDEX.md' || entry.kind === 'folder') continue;
    const file = entry.kind === 'file' ? fileOf(folder, entry.path) : null;
    if (file === null)
      refused.push({ path: entry.path, name: entry.name, why: entry.why ?? 'It cannot be read.' });
    else notes.push(readNote(file));
  }
  const loaded = notes.filter(({ loads }) => loads);
  const pinned = loaded.filter((note) => note.pinned);
  const recent = loaded
    .filter((note) => !note.pinned && !note.archived && note.supersededBy === null)
    .sort((a, b) => compareCodePoints(b.lastSeen?.text ?? '', a.lastSeen?.text ?? ''));
  const crashes: string[] = [];
  const kinds = new Set(recent.map(({ lastSeen }) => lastSeen?.kind ?? 'date'));
  if (kinds.size > 1) {
    const odd = recent.find(({ lastSeen }) => lastSeen !== null && lastSeen.kind !== 'date')!;
    crashes.push(
      `${odd.name} has a time as last_seen where others have a day; the runtime cannot compare them and fails when it loads the agent.`,
    );
  }
  for (const note of [...pinned.slice(0, PINNED_MAX), ...recent.slice(0, RECENT_MAX)]) {
    const crash = schemaCrash(note);
    if (crash !== null) crashes.push(crash);
  }
  return { notes, refused, pinned, recent, crashes };
}
