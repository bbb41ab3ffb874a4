import type { NoteRow } from '../../../../../contract/agent-parts.ts';
import { formatCount } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import type { Column } from '../../parts/DataTable.tsx';
import { Flags } from './Flags.tsx';

const CONFIDENCE: Record<string, number> = { low: 1, medium: 2, high: 3 };

/** The columns of notes and pages. */
export const NOTE_COLUMNS: readonly Column<NoteRow>[] = [
  {
    id: 'type',
    label: 'Type',
    width: 'calc(5.6 * var(--ui))',
    by: (note) => note.type,
    cell: (note) => <span className="ag-muted">{visibleText(note.type ?? '')}</span>,
  },
  {
    id: 'name',
    label: 'Name',
    width: 'minmax(150px, 2fr)',
    by: (note) => note.name ?? note.file,
    cell: (note) => (
      <bdi title={visibleText(note.file)} className={note.loaded ? '' : 'ag-bad'}>
        {visibleText(note.name ?? note.file)}
      </bdi>
    ),
  },
  {
    id: 'seen',
    label: 'Last seen',
    width: 'calc(6.5 * var(--ui))',
    by: (note) => note.lastSeen,
    cell: (note) => visibleText(note.lastSeen ?? ''),
  },
  {
    id: 'captured',
    extra: true,
    label: 'Captured',
    width: 'calc(6.5 * var(--ui))',
    by: (note) => note.captured,
    cell: (note) => visibleText(note.captured ?? ''),
  },
  {
    id: 'confidence',
    extra: true,
    label: 'Confidence',
    width: 'calc(5.2 * var(--ui))',
    by: (note) => CONFIDENCE[note.confidence ?? ''] ?? null,
    cell: (note) => visibleText(note.confidence ?? ''),
  },
  {
    id: 'provenance',
    extra: true,
    label: 'Provenance',
    width: 'calc(6 * var(--ui))',
    by: (note) => note.provenance,
    cell: (note) => visibleText(note.provenance ?? ''),
  },
  {
    id: 'links',
    extra: true,
    label: 'Links',
    width: 'calc(2.8 * var(--ui))',
    end: true,
    by: (note) => note.links.length + note.linkedFrom.length,
    cell: (note) => {
      const count = note.links.length + note.linkedFrom.length;
      return count === 0 ? '' : formatCount(count);
    },
  },
  {
    id: 'flags',
    label: 'Flags',
    width: 'minmax(120px, 1.4fr)',
    by: (note) => (note.flags.length === 0 ? null : note.flags.length),
    cell: (note) => <Flags flags={note.flags} />,
  },
  {
    id: 'tokens',
    label: 'Tokens',
    width: 'calc(3.6 * var(--ui))',
    end: true,
    by: (note) => note.tokens,
    cell: (note) => formatCount(note.tokens),
  },
];
