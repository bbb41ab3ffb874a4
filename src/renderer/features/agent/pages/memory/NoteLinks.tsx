import { CircleX } from 'lucide-react';
import type { NoteRow } from '../../../../../contract/agent-parts.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { FileLink } from '../../parts/FileLink.tsx';

/** What a note names, and what names it. A name that leads nowhere is said. */
export function NoteLinks({ note }: { readonly note: NoteRow }) {
  return (
    <div className="ag-scroll ag-two">
      <section className="ag-part">
        <h3>Names</h3>
        {note.links.length === 0 && <p className="ag-quiet">No other file.</p>}
        <ul className="ag-plain-list">
          {note.links.map(({ to, path, by }) => (
            <li key={`${by} ${to}`}>
              {path === null ? (
                <span className="ag-bad ag-broken">
                  <CircleX className="icon" size={14} aria-hidden />
                  <bdi className="mono">{visibleText(to)}</bdi> is not there
                </span>
              ) : (
                <FileLink path={path}>{to}</FileLink>
              )}
              <span className="ag-muted">{visibleText(by)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="ag-part">
        <h3>Named by</h3>
        {note.linkedFrom.length === 0 && <p className="ag-quiet">No other file.</p>}
        <ul className="ag-plain-list">
          {note.linkedFrom.map((path) => (
            <li key={path}>
              <FileLink path={path} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
