import type { OutcomesPart } from '../../../../../contract/agent-parts.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted, formatSpan } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Figure, Money } from '../../../runs/Figure.tsx';
import { loggedTime } from '../../../runs/days.ts';
import { agentQuery, runQuery } from '../../../runs/terms.ts';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { Findings } from '../../parts/Findings.tsx';
import { InertText } from '../../parts/InertText.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import './outcomes.css';

type Outcome = OutcomesPart['outcomes'][number];

const TONES: Record<string, Tone> = {
  satisfied: 'ok',
  failed: 'bad',
  interrupted: 'warn',
  max_iterations_reached: 'warn',
};
const words = (status: string): string => visibleText(status.replaceAll('_', ' '));

/** Work that was tried again until a judge was satisfied (§2.14). */
export function OutcomesPage({ item }: { readonly item: string | null }) {
  return <PartGate part="outcomes">{(part) => <Outcomes part={part} item={item} />}</PartGate>;
}

function Outcomes({ part, item }: { readonly part: OutcomesPart; readonly item: string | null }) {
  const { go } = useScene();
  const chosen = part.outcomes.find(({ path }) => path === item) ?? part.outcomes[0] ?? null;
  return (
    <>
      <PageHead title="Outcomes" note={formatCounted(part.outcomes.length, 'outcome')} />
      <Split
        id="outcomes"
        list={
          <RowList
            label="Outcomes"
            items={part.outcomes}
            keyOf={({ path }) => path}
            selected={chosen?.path ?? null}
            onSelect={(path) => go('outcomes', path)}
            tall
            none="There is no outcome."
          >
            {({ description, status, startedAt, iterations }) => (
              <>
                <span className="ag-row-title">
                  <bdi className="truncate">{visibleText(description)}</bdi>
                </span>
                <span className="ag-row-note">
                  <Badge tone={TONES[status] ?? 'neutral'}>{words(status)}</Badge>{' '}
                  {formatCounted(iterations.length, 'try', 'tries')}
                  {startedAt !== null && ` · ${loggedTime(startedAt)}`}
                </span>
              </>
            )}
          </RowList>
        }
      >
        {chosen !== null && <Shown outcome={chosen} />}
      </Split>
    </>
  );
}

function Shown({ outcome }: { readonly outcome: Outcome }) {
  const { source, agent } = useScene();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll" tabIndex={0} aria-label="Outcome">
      <div className="ag-part">
        <div className="ag-head-line">
          <h3 className="go-intent">{visibleText(outcome.description)}</h3>
          <Badge tone={TONES[outcome.status] ?? 'neutral'}>{words(outcome.status)}</Badge>
        </div>
        <p className="ag-muted">{visibleText(outcome.explanation)}</p>
        <Findings findings={outcome.findings} />
        <Facts wide>
          <Fact label="Tries">
            {formatCount(outcome.iterations.length)}
            {outcome.maxIterations !== null && ` of at most ${formatCount(outcome.maxIterations)}`}
          </Fact>
          <Fact label="Cost">
            {outcome.runId === '' ? (
              <Money micros={outcome.costMicros} />
            ) : (
              <Figure source={source} query={`${agentQuery(agent)} ${runQuery(outcome.runId)}`}>
                <Money micros={outcome.costMicros} />
              </Figure>
            )}
          </Fact>
          <Fact label="Tokens">
            {formatCount(outcome.inputTokens)} in, {formatCount(outcome.outputTokens)} out
          </Fact>
          <Fact label="Rubric">{visibleText(outcome.rubric ?? '')}</Fact>
          <Fact label="Started">{outcome.startedAt !== null && loggedTime(outcome.startedAt, 'full')}</Fact>
          <Fact label="Ended">{outcome.endedAt !== null && loggedTime(outcome.endedAt, 'full')}</Fact>
          <Fact label="Run">{visibleText(outcome.runId)}</Fact>
          <Fact label="File">
            <FileLink path={outcome.path} />
          </Fact>
        </Facts>
      </div>
      {outcome.iterations.map((one, index) => (
        <article key={one.iteration} className="ag-part" aria-label={`Try ${index + 1}`}>
          <h3 className="oc-head">
            Try {index + 1}
            <Badge tone={/^(pass|satisfied|ok|accept)/i.test(one.verdict) ? 'ok' : 'neutral'}>
              {words(one.verdict)}
            </Badge>
            <span className="oc-figures ag-muted">
              {one.latencyMs !== null && <span>{formatSpan(one.latencyMs * 1000)}</span>}
              <Money micros={one.costMicros} />
              {one.judgeCostMicros !== null && (
                <span>
                  judge <Money micros={one.judgeCostMicros} />
                </span>
              )}
            </span>
          </h3>
          <InertText text={one.response} />
          {one.judge !== '' && (
            <div className="oc-judge">
              <h4>The judge</h4>
              <InertText text={one.judge} />
            </div>
          )}
        </article>
      ))}
    </section>
  );
}
