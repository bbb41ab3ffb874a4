import { useMemo, useState } from 'react';
import type { MemoryPart } from '../../../../../contract/agent-parts.ts';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { NewButton } from '../../parts/NewButton.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import type { SortBy } from '../../parts/sort.ts';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { NOTE_COLUMNS } from './columns.tsx';
import { fits, NO_FILTER, type NoteFilter } from './flags.ts';
import { IndexProblems } from './IndexProblems.tsx';
import { NoteFilters } from './NoteFilters.tsx';
import { NoteView } from './NoteView.tsx';
import './memory.css';

/** Every note of the memory, whether the agent loads it or not, with what is odd about each (§2.4, §2.5). */
export function MemoryPage({ item }: { readonly item: string | null }) {
  return <PartGate part="memory">{(part) => <Memory part={part} item={item} />}</PartGate>;
}

function Memory({ part, item }: { readonly part: MemoryPart; readonly item: string | null }) {
  const { go } = useScene();
  const [filter, setFilter] = useState<NoteFilter>(NO_FILTER);
  const [sort, setSort] = useState<SortBy | null>({ column: 'seen', falling: true });
  const rows = useMemo(() => part.notes.filter((note) => fits(note, filter)), [part.notes, filter]);
  const note = part.notes.find(({ path }) => path === item) ?? null;
  const { counts } = part;
  const lost = part.notes.filter(({ loaded }) => !loaded).length;
  const odd = part.notes.filter(({ loaded, why }) => loaded && why !== null).length;
  return (
    <>
      <PageHead
        title="Memory"
        note={[
          formatCounted(counts.files, 'note'),
          lost > 0 ? `${formatCount(lost)} not loaded` : null,
          odd > 0 ? `${formatCount(odd)} against the rules` : null,
          `${formatCount(counts.pinned)} pinned`,
          counts.stale.length > 0 ? `${formatCount(counts.stale.length)} stale` : null,
          counts.orphans.length > 0 ? formatCounted(counts.orphans.length, 'orphan') : null,
          counts.expired.length > 0 ? `${formatCount(counts.expired.length)} expired` : null,
          counts.superseded > 0 ? `${formatCount(counts.superseded)} superseded` : null,
        ]
          .filter((word) => word !== null)
          .join(' · ')}
        actions={
          <>
            {part.indexPath !== null && <FileLink path={part.indexPath}>INDEX.md</FileLink>}
            <NewButton template="note">New note…</NewButton>
          </>
        }
      />
      <Split
        id="memory"
        stacked
        list={
          <div className="ag-column">
            <NoteFilters notes={part.notes} shown={rows.length} filter={filter} onFilter={setFilter} />
            <DataTable
              label="Notes"
              columns={NOTE_COLUMNS}
              rows={rows}
              keyOf={(row) => row.path}
              selected={item}
              onSelect={(path) => go('memory', path)}
              onOpen={(path) => go('file', path)}
              sort={sort}
              onSort={setSort}
              wideFrom={860}
              none={part.notes.length === 0 ? 'There is no note.' : 'No note fits this filter.'}
            />
          </div>
        }
      >
        {note === null ? <About part={part} /> : <NoteView key={note.path} note={note} index={part} />}
      </Split>
    </>
  );
}

/** What stands below the table while no note is chosen: problems of the index, growth, archived memories. */
function About({ part }: { readonly part: MemoryPart }) {
  const most = Math.max(1, ...part.byMonth.map(({ captured }) => captured));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll ag-about" tabIndex={0} aria-label="About this memory">
      <IndexProblems problems={part.indexProblems} path={part.indexPath} />
      {part.byMonth.length > 0 && (
        <section className="ag-part">
          <h3>Captured by month</h3>
          <table className="ag-months">
            <thead>
              <tr>
                <th scope="col">Month</th>
                <th scope="col">Captured</th>
                <th scope="col" className="ag-end">
                  Notes by then
                </th>
              </tr>
            </thead>
            <tbody>
              {part.byMonth.map(({ month, captured, total }) => (
                <tr key={month}>
                  <th scope="row">{month}</th>
                  <td>
                    <span
                      className="ag-month-bar"
                      style={{ width: `${(captured / most) * 70}%` }}
                      aria-hidden
                    />
                    {formatCount(captured)}
                  </td>
                  <td className="ag-end">{formatCount(total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {part.archives.length > 0 && (
        <section className="ag-part">
          <h3>Archived memories</h3>
          <ul className="ag-plain-list">
            {part.archives.map(({ path, files }) => (
              <li key={path}>
                <bdi className="mono">{path}</bdi>
                <span className="ag-muted">
                  {formatCounted(files, 'file')}, put aside when a dream was applied
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {part.notes.length > 0 && <p className="ag-quiet">Choose a note to read it.</p>}
    </section>
  );
}
