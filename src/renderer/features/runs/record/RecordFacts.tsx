import type { ReactNode } from 'react';
import type { RecordDetail, RecordRow } from '../../../../contract/records.ts';
import { term } from '../../../../core/records/query.ts';
import { openAgent } from '../../../state/agents.ts';
import { formatCount, formatSpan } from '../../../ui/format.ts';
import { HashText } from '../../../ui/hash/HashText.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { loggedOffset, loggedTime } from '../days.ts';
import { Figure, Money } from '../Figure.tsx';
import { STATUS_MEANS, statusTone } from '../words.ts';
import { fieldName, otherFields } from './fields.ts';
import { VersionFact } from './VersionFact.tsx';

type Props = {
  readonly source: string;
  readonly detail: RecordDetail;
  readonly row: RecordRow;
  /** goes to another record */
  readonly onOpen: (id: string, title: string) => void;
};

/** What a record says of its run, in words. */
export function RecordFacts({ source, detail, row, onOpen }: Props) {
  const { parent } = detail;
  return (
    <dl className="rd-facts">
      <Fact label="When">
        {row.ts === null ? <Missing>no time was logged</Missing> : <When ts={row.ts} />}
      </Fact>
      <Fact label="Agent">
        <button type="button" className="figure" onClick={() => openAgent(source, row.agent)}>
          <bdi>{visibleText(row.agent)}</bdi>
        </button>
      </Fact>
      <VersionFact source={source} agent={row.agent} atMicros={row.atMicros} />
      <Fact label="What">
        {visibleText(row.trigger ?? '–')}
        {row.primitive !== null && row.primitive !== row.trigger && (
          <span className="rd-muted"> {visibleText(row.primitive)}</span>
        )}
        {row.tool !== null && (
          <>
            , <bdi className="mono">{visibleText(row.tool)}</bdi>
          </>
        )}
      </Fact>
      <Fact label="Status">
        <span className={`rd-status ru-status-${statusTone(row.status)}`}>
          {visibleText(row.status ?? 'none')}
        </span>
        {statusMeans(row.status)}
      </Fact>
      <Fact label="Run">
        {row.runId === null ? (
          <Missing>no id, as in old logs</Missing>
        ) : (
          <Figure source={source} query={term('run', row.runId)} label="Show all records of this run">
            <bdi className="mono rd-id">{visibleText(row.runId)}</bdi>
          </Figure>
        )}
      </Fact>
      {row.parentRunId !== null && (
        <Fact label="Started by">
          {parent === null ? (
            <>
              <bdi className="mono rd-id">{visibleText(row.parentRunId)}</bdi>{' '}
              <span className="rd-muted">which has no line</span>
            </>
          ) : (
            <button
              type="button"
              className="figure"
              title="Show the run that started it"
              onClick={() => onOpen(parent, row.parentRunId ?? parent)}
            >
              <bdi className="mono rd-id">{visibleText(row.parentRunId)}</bdi>
            </button>
          )}
        </Fact>
      )}
      {row.model !== null && row.model !== 'n/a' && (
        <Fact label="Model">
          <bdi>{visibleText(row.model)}</bdi>
        </Fact>
      )}
      <Fact label="Tokens">
        {formatCount(row.inputTokens)} in, {formatCount(row.outputTokens)} out
      </Fact>
      {row.latencyMs !== null && <Fact label="Took">{formatSpan(row.latencyMs * 1000)}</Fact>}
      <Cost detail={detail} row={row} />
      {otherFields(detail.text).map((field) => (
        <Fact key={field.key} label={fieldName(field.key)}>
          <HashText text={visibleText(field.text)} />
        </Fact>
      ))}
      <Fact label="Stands in">
        <bdi className="rd-path">{visibleText(detail.path)}</bdi>
        <span className="rd-muted">
          , line {formatCount(detail.line)}, offset {formatCount(detail.offset)}
        </span>
      </Fact>
    </dl>
  );
}

/** What was logged as the cost, and what today's prices give. */
function Cost({ detail, row }: Omit<Props, 'source' | 'onOpen'>) {
  const { recomputedMicros, recomputedHow } = detail;
  const same = recomputedMicros !== null && recomputedMicros === row.costMicros;
  return (
    <>
      <Fact label="Cost logged">
        <b>
          <Money micros={row.costMicros} />
        </b>
        {row.costSource !== null && row.costSource !== 'actor' && (
          <span className="rd-muted"> charged to the {visibleText(row.costSource)}</span>
        )}
      </Fact>
      {(row.costMicros !== null || (recomputedMicros ?? 0) > 0) && (
        <Fact label="Recomputed">
          {recomputedMicros === null ? (
            <Missing>the model has no price in the table</Missing>
          ) : (
            <details className="rd-how">
              <summary>
                <Money micros={recomputedMicros} estimate={!same} />{' '}
                <span className="rd-muted">{same ? 'the same' : 'by today’s prices'}</span>
              </summary>
              <ol>
                {recomputedHow.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </details>
          )}
        </Fact>
      )}
    </>
  );
}

function When({ ts }: { readonly ts: string }) {
  const offset = loggedOffset(ts);
  return (
    <span title={`logged as ${visibleText(ts)}`}>
      {visibleText(loggedTime(ts, 'full')).slice(0, 60)}{' '}
      <span className="rd-muted rd-offset">
        {offset === null
          ? 'without an offset'
          : offset === 'Z'
            ? 'UTC'
            : `UTC${offset.replace('-', '\u2212')}`}
      </span>
    </span>
  );
}

function statusMeans(status: string | null): ReactNode {
  const means = STATUS_MEANS[status ?? ''];
  return means === undefined ? null : <span className="rd-muted">, {means}</span>;
}

const Missing = ({ children }: { readonly children: ReactNode }) => (
  <span className="rd-muted">{children}</span>
);

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="rd-fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
