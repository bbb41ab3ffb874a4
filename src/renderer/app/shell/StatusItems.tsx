import { Eye, Lock, PenLine, Plug, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../contract/workspace.ts';
import { openBottom } from '../../state/bottom.ts';
import { useConnection } from '../../state/connection.ts';
import { useOperationsStore } from '../../state/operations.ts';
import { useOverview, type OverviewState } from '../../state/workspace.ts';
import { formatCounted } from '../../ui/format.ts';
import { useProblems } from '../problem-count.ts';

export type Part = { readonly source: string; readonly overview: OverviewState };

/** What Vekscope wrote, or that it wrote nothing. */
export function Writes({ source, overview }: Part) {
  const writes = useOperationsStore((state) => state.writes);
  const reason = overview.value?.readOnlyReason ?? null;
  if (writes > 0) {
    return (
      <StatusButton onClick={() => openBottom('operations', source)} title="Show operations">
        <PenLine className="icon" size={12} aria-hidden />
        {formatCounted(writes, 'write')}, recorded
      </StatusButton>
    );
  }
  return (
    <span className="status-item status-shrink" title={reason ?? 'Looking changes no byte of a store.'}>
      {reason === null ? (
        <Eye className="icon" size={12} aria-hidden />
      ) : (
        <Lock className="icon" size={12} aria-hidden />
      )}
      <span className="truncate">{reason ?? 'Looking only: nothing written'}</span>
    </span>
  );
}

/** The way to what is wrong with a source; nothing where nothing is. */
export function ProblemsItem({ source }: { readonly source: Source }) {
  const overview = useOverview(source.id);
  const { count, tone } = useProblems(source, overview.value);
  if (count === 0) return null;
  return (
    <StatusButton onClick={() => openBottom('problems', source.id)} title="Show problems">
      <TriangleAlert className={`icon status-${tone}`} size={12} aria-hidden />
      <span className={`status-${tone}`}>{formatCounted(count, 'problem')}</span>
    </StatusButton>
  );
}

/** Why a source is not live now; `children` where it is. */
export function WhenLive({ source, children }: { readonly source: Source; readonly children: ReactNode }) {
  const connected = useConnection((state) => state.connection.state === 'connected');
  if (!connected) {
    return (
      <span className="status-item status-bad">
        <Plug className="icon" size={12} aria-hidden />
        Not connected
      </span>
    );
  }
  if (source.state === 'stopped') return <span className="status-item">Reading stopped</span>;
  if (source.state === 'gone' || source.state === 'unreadable') {
    return <span className="status-item status-bad">Not live</span>;
  }
  return children;
}

type StatusButtonProps = {
  /** left out of a narrow window, where the palette has the same */
  readonly wide?: boolean;
  readonly onClick: () => void;
  readonly title: string;
  readonly children: ReactNode;
};

/** A part of the bar that leads somewhere. */
export function StatusButton({ wide = false, onClick, title, children }: StatusButtonProps) {
  return (
    <button
      type="button"
      className={`status-item status-shrink ${wide ? 'status-wide' : ''}`}
      onClick={onClick}
      title={title}
    >
      {children}
    </button>
  );
}
