import type { ReactNode } from 'react';
import type { CostReport } from '../../../contract/costs.ts';
import type { Facet, FacetKey, RecordRow } from '../../../contract/records.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { openRuns } from '../../state/agents.ts';
import { Button } from '../../ui/button/Button.tsx';
import { CapGrid } from './caps/CapGrid.tsx';
import type { Series } from './chart/series.ts';
import { rangeWords } from './ranges.ts';
import { setOpenCaps, useOpenCaps } from './state.ts';
import { GROUP_NOUN, GroupTable } from './tables/GroupTable.tsx';
import { LeftOut } from './tables/LeftOut.tsx';
import { Months } from './tables/Months.tsx';
import { Recomputed } from './tables/Recomputed.tsx';
import { Special } from './tables/Special.tsx';
import { TopRuns } from './tables/TopRuns.tsx';
import { Unpriced } from './tables/Unpriced.tsx';

type Props = {
  readonly source: string;
  readonly view: string;
  readonly report: CostReport;
  readonly series: readonly Series[];
  readonly keyOf: (row: RecordRow) => string | null;
};

/** Below the chart: what the days in question are made of, in tables whose rows open their records. */
export function Details({ source, view, report, series, keyOf }: Props) {
  const { by, groups, sum, range } = report;
  const open = useOpenCaps(view);
  const words = rangeWords(range);
  const others = (['model', 'agent', 'trigger'] as const).filter(
    (key) => key !== by && (key !== 'agent' || report.agent === null),
  );
  return (
    <>
      {sum.lines > 0 && (
        <div className="cx-pair">
          <Part id="groups" title={`By ${GROUP_NOUN[by].toLowerCase()}`} note={words}>
            <GroupTable
              id={`cost-by-${by}`}
              source={source}
              by={by}
              groups={groups}
              wholeMicros={sum.costMicros}
              series={series}
            />
          </Part>
          <Part
            id="top"
            title="Most expensive runs"
            note={
              <Button size="small" look="link" onClick={() => openRuns(source, report.query, 'cost')}>
                All runs
              </Button>
            }
          >
            <TopRuns
              source={source}
              rows={report.top}
              fleet={report.agent === null}
              series={series}
              keyOf={keyOf}
            />
          </Part>
        </div>
      )}
      <Part
        id="caps"
        title="Caps"
        note="The lower of policy.md and model.md holds; a cap counts the file’s day"
      >
        <CapGrid
          source={source}
          today={report.today}
          caps={report.caps}
          range={range}
          open={open}
          onOpen={(agent) => setOpenCaps(view, agent)}
        />
      </Part>
      {sum.lines > 0 && (
        <>
          <div className="cx-pair">
            {others.map((key) => (
              <Part key={key} id={key} title={`By ${GROUP_NOUN[key].toLowerCase()}`} note={words}>
                <Facets source={source} report={report} by={key} />
              </Part>
            ))}
            {others.length < 2 && (
              <Part id="months" title="By month" note="12 months">
                <Months source={source} report={report} />
              </Part>
            )}
          </div>
          <Part id="special" title="Helpers, cache, failures, judge" note={words}>
            <Special source={source} report={report} />
          </Part>
        </>
      )}
      <div className="cx-pair">
        {sum.lines > 0 && (
          <Part id="recomputed" title="Logged against recomputed" note={words}>
            <Recomputed source={source} report={report} />
          </Part>
        )}
        {(others.length === 2 || sum.lines === 0) && (
          <Part id="months" title="By month" note="12 months">
            <Months source={source} report={report} />
          </Part>
        )}
        {sum.lines > 0 && (
          <Part id="unpriced" title="Models without a price" note={words}>
            <Unpriced source={source} report={report} />
          </Part>
        )}
        <Part id="left-out" title="In no figure" note="with the reason">
          <LeftOut source={source} report={report} />
        </Part>
      </div>
    </>
  );
}

type PartProps = {
  readonly id: string;
  readonly title: string;
  readonly note: ReactNode;
  readonly children: ReactNode;
};

function Part({ id, title, note, children }: PartProps) {
  return (
    <section className="cx-part" aria-labelledby={`cx-${id}`}>
      <header>
        <h3 id={`cx-${id}`} className="cx-title">
          {title}
        </h3>
        <span className="cx-note">{note}</span>
      </header>
      {children}
    </section>
  );
}

const groupOf = ({ value, query, lines, inputTokens, outputTokens, costMicros }: Facet) => ({
  key: value,
  query,
  lines,
  inputTokens,
  outputTokens,
  costMicros,
});

type FacetsProps = {
  readonly source: string;
  readonly report: CostReport;
  readonly by: FacetKey & ('model' | 'agent' | 'trigger');
};

/** Groups of another kind than those of the chart. */
function Facets({ source, report: { query, sum }, by }: FacetsProps) {
  const { value, error } = useAnswer(source, JSON.stringify([by, query]), () =>
    api.agents.facets({ source, query, key: by }),
  );
  if (value === null) return error === null ? null : <p className="cx-lead">{error.message}</p>;
  return (
    <GroupTable
      id={`cost-by-${by}`}
      source={source}
      by={by}
      groups={value.map(groupOf)}
      wholeMicros={sum.costMicros}
      series={null}
    />
  );
}
