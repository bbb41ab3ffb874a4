import type { NoteRow } from '../../../../../contract/agent-parts.ts';
import type { Tone } from '../../../../ui/badge/Badge.tsx';

export type NoteFlag = NoteRow['flags'][number];

/** What a flag of a note says: in the table, and on hover. */
export const FLAG_WORDS: Record<
  NoteFlag,
  { readonly label: string; readonly means: string; readonly tone: Tone }
> = {
  'not-loaded': {
    label: 'not loaded',
    means: 'The agent drops this note silently',
    tone: 'bad',
  },
  expired: { label: 'expired', means: 'Its day of expiry has passed', tone: 'warn' },
  stale: { label: 'stale', means: 'Last seen more than 90 days ago, and not pinned', tone: 'warn' },
  orphan: { label: 'orphan', means: 'The index does not name it', tone: 'warn' },
  superseded: { label: 'superseded', means: 'Another note took its place', tone: 'neutral' },
  archived: { label: 'archived', means: 'Left out of the normal lists', tone: 'neutral' },
  pinned: { label: 'pinned', means: 'Sent before all others', tone: 'accent' },
  'in-prompt': { label: 'sent', means: 'Stands in the assembled prompt', tone: 'ok' },
  'just-missed': { label: 'just missed', means: 'Would be the next one sent', tone: 'neutral' },
  'index-differs': {
    label: 'index differs',
    means: 'The index describes it in other words than it does itself',
    tone: 'warn',
  },
  'wrong-section': {
    label: 'wrong section',
    means: 'It stands in a section of the index that is for another type',
    tone: 'warn',
  },
};

/** Flags, worst first. */
const ORDER = Object.keys(FLAG_WORDS) as readonly NoteFlag[];

export const byWorst = (flags: readonly NoteFlag[]): readonly NoteFlag[] =>
  ORDER.filter((flag) => flags.includes(flag));

/** What a filter of notes lets through. Empty sets let everything through. */
export type NoteFilter = {
  readonly text: string;
  readonly type: string | null;
  readonly flag: NoteFlag | null;
};

export const NO_FILTER: NoteFilter = { text: '', type: null, flag: null };

/** A note fits when each word of the text occurs in what it says about itself. */
export function fits(note: NoteRow, { text, type, flag }: NoteFilter): boolean {
  if (type !== null && (note.type ?? '') !== type) return false;
  if (flag !== null && !note.flags.includes(flag)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const all = [
    note.file,
    note.name,
    note.description,
    note.why,
    note.provenance,
    ...note.tags,
    ...note.sources,
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => all.includes(word));
}
