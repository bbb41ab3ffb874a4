import { History } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Operation, OperationState } from '../../../contract/operations.ts';
import { refreshOperations } from '../../app/operations.ts';
import { openAction } from '../../state/action-form.ts';
import { useOperations } from '../../state/operations.ts';
import { useSettings } from '../../state/settings.ts';
import { Badge, type Tone } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount, formatCounted, formatDateTime, formatDateTimeExact } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { Changes } from '../actions/Changes.tsx';
import './operations.css';

/** How many operations are drawn before a button offers the rest. */
const FIRST = 200;

/** Everything Vekscope wrote to this repository, newest first, each with what it changed and Undo. */
export function OperationsView({ source }: { readonly source: string }) {
  const { list, error } = useOperations(source);
  const [all, setAll] = useState(false);
  useEffect(() => void refreshOperations(source), [source]);
  if (list === null) {
    if (error === null) return <SkeletonRows rows={6} label="Reading operations" />;
    return (
      <FailureState
        error={error}
        actions={
          <Button size="small" onClick={() => void refreshOperations(source)}>
            Read again
          </Button>
        }
      />
    );
  }
  if (list.length === 0) {
    return (
      <EmptyState icon={History} title="Nothing was written yet">
        <p>
          Forks, branches and tags that you make with Vekscope are listed here, with what they changed and a
          way back.
        </p>
      </EmptyState>
    );
  }
  const shown = all ? list : list.slice(0, FIRST);
  return (
    <div className="operations">
      <header className="view-head">
        <h2>Operations</h2>
        <p>{formatCounted(list.length, 'write')} by Vekscope, newest first. Undo is a new operation.</p>
      </header>
      <ul className="operation-list">
        {shown.map((operation) => (
          <OperationRow key={operation.id} source={source} operation={operation} />
        ))}
      </ul>
      {shown.length < list.length && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show {formatCount(list.length - shown.length)} more
        </Button>
      )}
    </div>
  );
}

type OperationRowProps = { readonly source: string; readonly operation: Operation };

function OperationRow({ source, operation }: OperationRowProps) {
  const zone = useSettings((state) => state.time);
  const { words, tone } = stateWords(operation.state);
  const canUndo = operation.own && operation.undoBlocked === null;
  return (
    <li className="operation">
      <div className="operation-what">
        <p className="operation-title">
          <bdi>{visibleText(operation.title)}</bdi>
          <Badge tone={tone}>{words}</Badge>
          {!operation.own && <Badge tone="warn">not by this installation</Badge>}
        </p>
        <Changes refs={operation.refs} head={operation.head} />
        {!operation.own && (
          <p className="operation-note">
            Another installation recorded this. It is shown as it stands and can’t be undone here.
          </p>
        )}
        {operation.own && operation.undoBlocked !== null && operation.state !== 'undone' && (
          <p className="operation-note">{operation.undoBlocked}</p>
        )}
      </div>
      <time
        className="operation-time"
        dateTime={new Date(operation.atMicros / 1000).toISOString()}
        title={formatDateTimeExact(operation.atMicros, zone)}
      >
        {formatDateTime(operation.atMicros, zone)}
      </time>
      <div className="operation-undo">
        {canUndo && (
          <Button
            size="small"
            onClick={() =>
              openAction(source, { kind: 'undo', operation: operation.id, title: operation.title })
            }
          >
            Undo…
          </Button>
        )}
      </div>
    </li>
  );
}

function stateWords(state: OperationState): { readonly words: string; readonly tone: Tone } {
  switch (state) {
    case 'done':
      return { words: 'done', tone: 'ok' };
    case 'undone':
      return { words: 'undone', tone: 'neutral' };
    case 'completed':
      return { words: 'completed at an opening', tone: 'warn' };
    case 'rolled-back':
      return { words: 'rolled back at an opening', tone: 'warn' };
    case 'abandoned':
      return { words: 'abandoned: others moved the same refs', tone: 'warn' };
    case 'pending':
      return { words: 'no end recorded yet', tone: 'warn' };
    default:
      return state satisfies never;
  }
}
