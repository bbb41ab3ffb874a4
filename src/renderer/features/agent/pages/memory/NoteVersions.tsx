import { useMemo, useState } from 'react';
import type { NoteRow } from '../../../../../contract/agent-parts.ts';
import { formatBytes } from '../../../../ui/format.ts';
import { Choice } from '../../parts/Choice.tsx';
import { TwoFiles, type Side } from '../../diff/TwoFiles.tsx';
import { versionTime } from './version-time.ts';

/** What a note was before, against what it is, or any two of them (§2.4). */
export function NoteVersions({ note }: { readonly note: NoteRow }) {
  const sides = useMemo(() => {
    const older = note.versions
      .toSorted((a, b) => (b.at ?? b.path).localeCompare(a.at ?? a.path))
      .map((version): Side => ({
        path: version.path,
        title: [versionTime(version.at), version.hash, formatBytes(version.bytes)]
          .filter((word) => word !== null)
          .join(' · '),
      }));
    return [{ path: note.path, title: 'Present text' }, ...older];
  }, [note]);
  const [old, setOld] = useState<string | null>(null);
  const [now, setNow] = useState<string | null>(null);
  if (sides.length === 1) {
    return (
      <div className="ag-scroll">
        <p className="ag-quiet ag-pad">
          No earlier version was kept. The agent keeps one when it merges into a note.
        </p>
      </div>
    );
  }
  const right = sides.find(({ path }) => path === now) ?? sides[0]!;
  const left = sides.find(({ path }) => path === old) ?? sides[1]!;
  const options = sides.map(({ path, title }) => ({ value: path ?? '', label: title }));
  return (
    <div className="ag-column">
      <div className="ag-toolbar">
        <span className="ag-muted">From</span>
        <Choice label="Older version" value={left.path ?? ''} onChange={setOld} options={options} />
        <span className="ag-muted">to</span>
        <Choice label="Newer version" value={right.path ?? ''} onChange={setNow} options={options} />
      </div>
      <TwoFiles key={`${left.path} ${right.path}`} old={left} now={right} none="not there" />
    </div>
  );
}
