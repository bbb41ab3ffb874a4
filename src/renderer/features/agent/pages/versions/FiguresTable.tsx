import type { PersonaVersion } from '../../../../../contract/edits.ts';
import { Figure } from '../../../runs/Figure.tsx';
import { useScene } from '../../scene.ts';
import { compareFigures, type Cell } from './compare.ts';

type Props = {
  /** null: there is nothing to compare with */
  readonly older: PersonaVersion | null;
  readonly newer: PersonaVersion;
};

/** Figures that come from evals, which are on a page of their own. */
const OF_EVALS: ReadonlySet<string> = new Set(['passed', 'mean', 'hard']);

/** The figures of two versions side by side; each opens the records it is made of. */
export function FiguresTable({ older, newer }: Props) {
  const rows = compareFigures((older ?? newer).figures, newer.figures);
  return (
    <div className="ve-figures">
      <table className="ve-table">
        <thead>
          <tr>
            <th scope="col">Runs under it</th>
            {older !== null && <th scope="col">Version {older.number}</th>}
            <th scope="col">Version {newer.number}</th>
            {older !== null && (
              <>
                <th scope="col">Difference</th>
                <th scope="col" className="ve-says">
                  What it says
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, label, a, b, change, says }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              {older !== null && <Value cell={a} id={id} of={`version ${older.number}`} />}
              <Value cell={b} id={id} of={`version ${newer.number}`} />
              {older !== null && (
                <>
                  <td>{change}</td>
                  <td className="ve-says">{says}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="ag-muted">
        Figures are of what was logged while each version was in force. Tasks, models and memory may have
        changed in that time too.
      </p>
    </div>
  );
}

function Value({ cell, id, of }: { readonly cell: Cell; readonly id: string; readonly of: string }) {
  const { source, go } = useScene();
  if (OF_EVALS.has(id) && cell.text !== '–' && cell.text !== '0') {
    return (
      <td>
        <button type="button" className="figure" title="Show the evals" onClick={() => go('evals')}>
          {cell.text}
        </button>
      </td>
    );
  }
  return (
    <td>
      <Figure source={source} query={cell.query} label={`Records under ${of}`}>
        {cell.text}
      </Figure>
    </td>
  );
}
