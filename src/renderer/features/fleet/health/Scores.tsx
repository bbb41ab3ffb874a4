import type { FleetReport } from '../../../../contract/fleet.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { setFleetForm } from '../state.ts';
import { BANDS } from '../words.ts';

type Props = { readonly source: string; readonly report: FleetReport };

const points = (value: number | null | undefined) =>
  value === null || value === undefined ? <span className="fl-quiet">missing</span> : value.toFixed(1);

/** The score of the fleet, and of every agent by axis, lowest first. */
export function Scores({ source, report: { fleet, health } }: Props) {
  const rows = health.toSorted(
    (a, b) => (a.composite ?? Infinity) - (b.composite ?? Infinity) || (a.agent < b.agent ? -1 : 1),
  );
  return (
    <div className="fl-pad">
      <ul className="fl-how-list">
        {fleet.how.map((line) => (
          <li key={line}>{visibleText(line)}</li>
        ))}
      </ul>
      <table className="fl-table">
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col" className="fl-end">
              Cost
            </th>
            <th scope="col" className="fl-end">
              Quality
            </th>
            <th scope="col" className="fl-end">
              Reliability
            </th>
            <th scope="col" className="fl-end">
              Score
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.agent}>
              <th scope="row">
                <button
                  type="button"
                  className="figure"
                  onClick={() => setFleetForm(source, { agent: one.agent, tab: 'health' })}
                >
                  <bdi>{visibleText(one.agent)}</bdi>
                  <span className="visually-hidden">: show the parts of its score</span>
                </button>
                {one.cappedBy !== null && (
                  <span className="fl-metric-how fl-bad">held down: {visibleText(one.cappedBy)}</span>
                )}
              </th>
              {(['cost', 'quality', 'reliability'] as const).map((name) => (
                <td key={name} className="fl-end">
                  {points(one.axes.find((axis) => axis.name === name)?.points)}
                </td>
              ))}
              <td className="fl-end">
                {one.shown === null || one.band === null ? (
                  <span className="fl-quiet">no score</span>
                ) : (
                  <Badge tone={BANDS[one.band]}>
                    {one.shown} {one.band}
                  </Badge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
