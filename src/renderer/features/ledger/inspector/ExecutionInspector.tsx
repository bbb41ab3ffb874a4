import { Filter, ReceiptText } from 'lucide-react';
import { ledgerTerm } from '../../../../core/aex/query/query.ts';
import type { ExecutionDetail } from '../../../../contract/ledger-detail.ts';
import { api } from '../../../app/engine.ts';
import { useAnswer } from '../../../app/use-answer.ts';
import { showEntries } from '../../../state/ledgers.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { CopyButton } from '../../../ui/copy/CopyButton.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { formatMoney } from '../../../ui/format.ts';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { RecordLinks } from '../../runs/record/RecordLinks.tsx';
import { openExecutionTab, shortExecution } from '../open.ts';
import { MARK_WORDS, OUTCOME_WORDS } from '../words.ts';
import { EntryList } from './EntryInspector.tsx';
import { FindingParts } from './FindingParts.tsx';
import { stateWords } from '../state-words.ts';
import { Told } from '../Told.tsx';
import { Fact, Part } from './parts.tsx';
import '../../runs/record/record.css';

type Props = { readonly source: string; readonly id: string; readonly checkedAt: number | null };

/** An execution in short, beside its line; its own view has the rest. */
export function ExecutionInspector({ source, id, checkedAt }: Props) {
  const { value, error, again } = useAnswer(source, `execution ${checkedAt} ${id}`, () =>
    api.ledger.execution({ source, id }),
  );
  if (value !== null && (value.executionId === id || error === null)) {
    return <Execution source={source} detail={value} />;
  }
  if (error === null) return <SkeletonRows rows={8} label="Reading the execution" />;
  return (
    <FailureState
      error={error}
      actions={
        <Button size="small" onClick={again}>
          Read again
        </Button>
      }
    />
  );
}

function Execution({ source, detail }: { readonly source: string; readonly detail: ExecutionDetail }) {
  const { executionId: id, row, reservation, outcome, marks, entries, findings, links, steps } = detail;
  return (
    <div className="li-panel">
      <header className="li-head">
        <div className="li-title">
          <h2>
            Execution <bdi className="li-mono">{shortExecution(id)}</bdi>
          </h2>
          <span className="li-title-end">
            <CopyButton label="Copy the id" text={() => id} />
          </span>
        </div>
        <div className="li-badges">
          <Badge tone={outcome === 'open' ? 'warn' : 'neutral'}>{OUTCOME_WORDS[outcome]}</Badge>
          {marks.map((mark) => (
            <Badge key={mark} tone={MARK_WORDS[mark].tone} title={MARK_WORDS[mark].means}>
              {MARK_WORDS[mark].word}
            </Badge>
          ))}
        </div>
      </header>
      <div className="li-scroll">
        <FindingParts source={source} findings={findings} witnesses="all" />
        <Part title="Execution">
          <dl className="li-facts">
            <Fact name="Agent">
              <bdi>{visibleText(detail.agent ?? 'unknown')}</bdi>
            </Fact>
            <Fact name="Endpoint">{row === null ? 'its row is gone' : visibleText(row.endpoint)}</Fact>
            {row !== null && (
              <Fact name="State">
                {visibleText(row.state)}
                {row.statusCode === null ? '' : `, status ${row.statusCode}`}
              </Fact>
            )}
            {reservation !== null && (
              <Fact name="Reserved">
                {formatMoney(reservation.estimatedMicro)}, {visibleText(reservation.state).toLowerCase()}
              </Fact>
            )}
            {reservation !== null && reservation.state === 'COMMITTED' && (
              <Fact name="Spent">{formatMoney(reservation.actualMicro)}</Fact>
            )}
            {detail.tool !== null && <Fact name="Tool">{visibleText(detail.tool)}</Fact>}
          </dl>
        </Part>
        {steps.length > 0 && (
          <Part title="Steps">
            <ol className="li-steps">
              {steps.slice(0, 12).map((step, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a state may be entered twice
                <li key={index}>
                  <b>{stateWords(step.state)}</b>{' '}
                  <span className="li-muted">
                    <Told text={step.text} />
                  </span>
                </li>
              ))}
            </ol>
          </Part>
        )}
        {entries.length > 0 && (
          <Part title="Entries">
            <EntryList source={source} rows={entries} current={-1} />
          </Part>
        )}
        {links.length > 0 && (
          <Part title="Also recorded elsewhere">
            <RecordLinks links={links} />
          </Part>
        )}
      </div>
      <footer className="li-actions">
        <Button icon={ReceiptText} onClick={() => openExecutionTab(source, id)}>
          Open execution
        </Button>
        <Button icon={Filter} onClick={() => showEntries(source, ledgerTerm('execution', id))}>
          Only its entries
        </Button>
      </footer>
    </div>
  );
}
