import type { AgentReport } from '../../../../../contract/fleet.ts';
import { formatCounted } from '../../../../ui/format.ts';
import { Figure } from '../../../runs/Figure.tsx';
import { dayWords } from '../../../runs/days.ts';
import { useScene } from '../../scene.ts';

/** Past days with runs that were skipped or had the fallback model, as they do when a cap fires. */
export function FiredDays({ report: { fired } }: { readonly report: AgentReport }) {
  const { source } = useScene();
  if (fired.length === 0) return null;
  return (
    <section className="ag-part">
      <h3>Days with skipped or fallback runs</h3>
      <ul className="ov-rows">
        {fired.map(({ day, lines, query }) => (
          <li key={day} className="ov-row">
            <Figure source={source} query={query} label={`Records of ${dayWords(day)}`}>
              {dayWords(day)}
            </Figure>
            <span className="ov-row-end ag-muted">{formatCounted(lines, 'record')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
