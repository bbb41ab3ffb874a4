import { TriangleAlert } from 'lucide-react';
import type { FleetReport } from '../../../contract/fleet.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { openFile } from './open.ts';
import { METRICS } from './words.ts';

type Props = { readonly source: string; readonly report: FleetReport };

/** Weights and targets in force, and where each comes from; what of the files could not be used (§2.22). */
export function Targets({ source, report: { targets, targetProblems } }: Props) {
  return (
    <div className="fl-pad">
      {targetProblems.map((problem) => (
        <p key={problem} className="fl-problem">
          <TriangleAlert className="icon" size={14} aria-hidden />
          {visibleText(problem)}
        </p>
      ))}
      <table className="fl-table">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">In force</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {targets.map(({ key, value, from }) => (
            <tr key={key}>
              <th scope="row">
                {METRICS[key] ?? sentence(key)}
                {METRICS[key] !== undefined && <span className="fl-metric-how mono">{key}</span>}
              </th>
              <td>{visibleText(value)}</td>
              <td>
                {from.endsWith('.md') ? (
                  <button
                    type="button"
                    className="figure fl-link"
                    onClick={() => openFile(source, null, from)}
                  >
                    {visibleText(from)}
                  </button>
                ) : (
                  visibleText(from)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + visibleText(text.slice(1));
