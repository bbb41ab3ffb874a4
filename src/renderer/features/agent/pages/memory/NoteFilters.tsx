import { Search } from 'lucide-react';
import { useMemo } from 'react';
import type { NoteRow } from '../../../../../contract/agent-parts.ts';
import { TextField } from '../../../../ui/field/TextField.tsx';
import { formatCount } from '../../../../ui/format.ts';
import { Choice } from '../../parts/Choice.tsx';
import { byWorst, FLAG_WORDS, type NoteFilter, type NoteFlag } from './flags.ts';

type Props = {
  readonly notes: readonly NoteRow[];
  readonly shown: number;
  readonly filter: NoteFilter;
  readonly onFilter: (filter: NoteFilter) => void;
};

/** Text, type and flag of the notes that are listed. */
export function NoteFilters({ notes, shown, filter, onFilter }: Props) {
  const types = useMemo(
    () => [...new Set(notes.map(({ type }) => type ?? ''))].filter(Boolean).toSorted(),
    [notes],
  );
  const flags = useMemo(() => byWorst([...new Set(notes.flatMap((note) => note.flags))]), [notes]);
  return (
    <div className="ag-toolbar">
      <TextField
        className="ag-search"
        label="Filter notes"
        hideLabel
        icon={Search}
        placeholder="Filter notes"
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && filter.text !== '') onFilter({ ...filter, text: '' });
        }}
      />
      <Choice
        label="Type"
        value={filter.type ?? ''}
        onChange={(type) => onFilter({ ...filter, type: type === '' ? null : type })}
        options={[
          { value: '', label: 'All types' },
          ...types.map((type) => ({
            value: type,
            label: `${type} (${formatCount(notes.filter((note) => note.type === type).length)})`,
          })),
        ]}
      />
      <Choice
        label="Flag"
        value={filter.flag ?? ''}
        onChange={(flag) => onFilter({ ...filter, flag: flag === '' ? null : (flag as NoteFlag) })}
        options={[
          { value: '', label: 'All flags' },
          ...flags.map((flag) => ({
            value: flag,
            label: `${FLAG_WORDS[flag].label} (${formatCount(
              notes.filter((note) => note.flags.includes(flag)).length,
            )})`,
          })),
        ]}
      />
      <span className="ag-toolbar-count">
        {formatCount(shown)} of {formatCount(notes.length)}
      </span>
    </div>
  );
}
