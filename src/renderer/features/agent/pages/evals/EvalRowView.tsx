import type { EvalRow } from '../../../../../contract/agent-parts.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { loggedTime } from '../../../runs/days.ts';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { InertText } from '../../parts/InertText.tsx';
import { Verdict } from './columns.tsx';

/** One result of an eval in full. */
export function EvalRowView({ row }: { readonly row: EvalRow }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll" tabIndex={0} aria-label="Result">
      <div className="ag-part">
        <h3>
          <bdi>{visibleText(row.testId)}</bdi> <Verdict verdict={row.verdict} />
        </h3>
        <Facts wide>
          <Fact label="Score">{row.score?.toFixed(2) ?? 'missing'}</Fact>
          {row.scores.map(({ name, value }) => (
            <Fact key={name} label={name.replaceAll('_', ' ')}>
              {value}
            </Fact>
          ))}
          <Fact label="Hard fails">
            {row.hardFails.length > 0 && (
              <span className="ag-bad">{row.hardFails.map(visibleText).join(', ')}</span>
            )}
          </Fact>
          <Fact label="Agent">{visibleText(row.agentModel ?? '')}</Fact>
          <Fact label="Judge">{visibleText(row.judgeModel ?? '')}</Fact>
          <Fact label="Time">{row.ts !== null && loggedTime(row.ts, 'full')}</Fact>
          <Fact label="File">
            <FileLink path={row.path} /> <span className="ag-muted">line {row.line}</span>
          </Fact>
        </Facts>
      </div>
      {row.justification !== '' && (
        <div className="ag-part">
          <h3>Why, in the words of the judge</h3>
          <InertText text={row.justification} />
        </div>
      )}
    </section>
  );
}
