import { ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useProgress, useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { chooseFolder } from '../folders.ts';
import { useLedgerOverview } from '../ledgers.ts';
import { FailureActions } from './FailureActions.tsx';

export type LedgerGateProps = { readonly source: string; readonly children: ReactNode };

/** Shows a view of a ledger once its accounts were read, else the state that it is in, in words. */
export function LedgerGate({ source: id, children }: LedgerGateProps) {
  const source = useSource(id);
  const { value, error } = useLedgerOverview(id);
  if (source === null || source.state === 'gone') return <Gone path={source?.path ?? null} />;
  if (value !== null) return children;
  if (error === null || (error.kind === 'cancelled' && source.state !== 'stopped')) {
    return <Reading source={id} />;
  }
  return <FailureState error={error} actions={<FailureActions source={source} />} />;
}

function Gone({ path }: { readonly path: string | null }) {
  return (
    <EmptyState
      icon={ScrollText}
      tone="warn"
      title="The ledger is no longer there"
      actions={<Button onClick={() => void chooseFolder()}>Open another folder…</Button>}
    >
      <p>
        {path === null ? 'Its file' : <bdi>{path}</bdi>} was moved, renamed or removed. Nothing was written by
        Vekscope. When it comes back, this view fills again by itself.
      </p>
    </EmptyState>
  );
}

function Reading({ source }: { readonly source: string }) {
  const progress = useProgress(source);
  return (
    <div className="g-reading">
      {progress !== null && (
        <div className="g-reading-head">
          <output>Reading the ledger, {formatCount(progress.done)} entries done</output>
        </div>
      )}
      <SkeletonRows rows={24} label="Reading the ledger" />
    </div>
  );
}
