import type { AssembledPrompt } from '../../contract/prompt.ts';
import type { AgentFolder, FolderFile } from './folder.ts';
import type { NoteFile } from './parts/note.ts';
import { entriesOf, fileOf, tokensOf } from './parts/read.ts';
import { PINNED_MAX, RECENT_MAX } from './parts/selection.ts';
import type { NoteSelection } from './parts/selection.ts';
import { readSkills } from './parts/skills.ts';
import { noteText } from './prompt-note.ts';

type Left = AssembledPrompt['left'][number];

/** What is not sent, and why; first what would be the next to be sent (formats/atomic-agents.md §10). */
export function leftOut(
  folder: AgentFolder,
  agent: string,
  selection: NoteSelection,
  journal: readonly FolderFile[],
  today: string,
): AssembledPrompt['left'] {
  const left = [
    ...notesLeft(selection, today),
    ...journalLeft(journal),
    ...pagesLeft(folder, agent),
    ...skillsLeft(folder, agent),
    ...filesLeft(folder, agent),
  ];
  return left.sort((a, b) => Number(b.missed) - Number(a.missed));
}

function notesLeft(selection: NoteSelection, today: string): Left[] {
  const pinned = new Set(selection.pinned);
  const recent = new Map(selection.recent.map((note, i) => [note, i] as const));
  const all = selection.notes.flatMap((note): Left[] => {
    const at = recent.get(note);
    const place = selection.pinned.indexOf(note);
    if (place >= PINNED_MAX) {
      const expired = selection.pinned
        .slice(0, PINNED_MAX)
        .find(({ expiresAt }) => expiresAt !== null && expiresAt < today);
      const instead =
        expired === undefined
          ? ''
          : ` ${expired.name} expired on ${expired.expiresAt} and still takes a place.`;
      return [
        noteLeft(
          note,
          `It is pinned, but the first ${PINNED_MAX} by name are sent.${instead}`,
          place === PINNED_MAX,
        ),
      ];
    }
    if (at !== undefined && at >= RECENT_MAX) {
      const seen = note.lastSeen?.day ?? 'never';
      const last = selection.recent[RECENT_MAX - 1]!.lastSeen?.day ?? 'never';
      const why = `It was last seen ${seen}; the ${RECENT_MAX} most recent were last seen ${last} or later.`;
      return [noteLeft(note, why, at === RECENT_MAX)];
    }
    if (pinned.has(note) || at !== undefined) return [];
    if (!note.loads)
      return [noteLeft(note, `The runtime cannot read it: ${note.rule?.message ?? ''}`, false)];
    if (note.archived) return [noteLeft(note, 'It is archived.', false)];
    return [noteLeft(note, `It is superseded by ${note.supersededBy ?? 'another'}.`, false)];
  });
  return [
    ...all,
    ...selection.refused.map(({ path, name, why }) => ({ path, title: name, why, missed: false, tokens: 0 })),
  ];
}

function noteLeft(note: NoteFile, why: string, missed: boolean): Left {
  const text = note.loads ? noteText(note) : (note.file.text ?? '');
  return { path: note.file.path, title: note.name, why, missed, tokens: tokensOf(text) };
}

function journalLeft(journal: readonly FolderFile[]): Left[] {
  return journal.slice(1).map((file, i) => ({
    path: file.path,
    title: file.path.slice(file.path.lastIndexOf('/') + 1),
    why: 'Only the newest entry is sent, the greatest path.',
    missed: i === 0,
    tokens: tokensOf(file.text ?? ''),
  }));
}

function pagesLeft(folder: AgentFolder, agent: string): Left[] {
  return entriesOf(folder, folder.pathOf(agent, 'wiki'))
    .filter(({ kind, name }) => kind === 'file' && name.endsWith('.md') && name !== 'INDEX.md')
    .map(({ path, name, bytes }) => ({
      path,
      title: name,
      why: 'Of the wiki only INDEX.md is sent.',
      missed: false,
      tokens: Math.floor(bytes / 4),
    }));
}

function skillsLeft(folder: AgentFolder, agent: string): Left[] {
  return readSkills(folder, agent).skills.map(({ path, name, kind, loaded, why, tokens }) => ({
    path,
    title: name,
    why:
      kind === 'playbook'
        ? 'A playbook is not sent.'
        : loaded
          ? 'Of a skill only name and description are sent; its text is loaded when it is needed.'
          : `The runtime does not load it: ${why ?? ''}`,
    missed: false,
    tokens,
  }));
}

const never: readonly (readonly [string, string])[] = [
  ['model.md', 'Settings are never sent.'],
  ['judges.md', 'Rules for the judge are never sent.'],
  ['roster.md', 'The roster is not sent; the delegate tool names the agents.'],
  ['mcp.md', 'Servers are not sent; their tools are offered beside the prompt.'],
  ['mandates.md', 'Mandates are never sent.'],
  ['governance.md', 'Governance is never sent.'],
];

function filesLeft(folder: AgentFolder, agent: string): Left[] {
  return never.flatMap(([name, why]) => {
    const file = fileOf(folder, folder.pathOf(agent, name));
    if (file === null) return [];
    return [{ path: file.path, title: name, why, missed: false, tokens: tokensOf(file.text ?? '') }];
  });
}
