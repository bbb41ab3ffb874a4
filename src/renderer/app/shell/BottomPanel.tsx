import { X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { AgentProblems } from '../../features/problems/AgentProblems.tsx';
import type { Source } from '../../../contract/workspace.ts';
import { LedgerProblems } from '../../features/problems/LedgerProblems.tsx';
import { LedgerOperations } from '../../features/operations/LedgerOperations.tsx';
import { AgentOperations } from '../../features/operations/AgentOperations.tsx';
import { OperationsPane } from '../../features/operations/OperationsPane.tsx';
import { ProblemsPane } from '../../features/problems/ProblemsPane.tsx';
import { closeBottom, useBottom } from '../../state/bottom.ts';
import { setLayout, useSettings, type BottomPane } from '../../state/settings.ts';
import { useEdits } from '../../state/edits.ts';
import { useOperations } from '../../state/operations.ts';
import { useOverview, useSource } from '../../state/workspace.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Tabs } from '../../ui/tabs/Tabs.tsx';
import { useProblems } from '../problem-count.ts';
import { ViewBoundary } from '../ViewBoundary.tsx';

/** Below the views: what Vekscope wrote, with undo, and what is wrong. Esc closes it. */
export function BottomPanel({ source }: { readonly source: string }) {
  const pane = useSettings((state) => state.layout.bottomPane);
  const asked = useBottom((state) => state.asked);
  const kind = useSource(source)?.kind ?? 'vek';
  const box = useRef<HTMLElement>(null);
  const seen = useRef(0);
  useEffect(() => {
    if (seen.current === asked) return undefined;
    // the tabs know only after they were drawn which of them has the keys
    const frame = window.requestAnimationFrame(() => {
      seen.current = asked;
      box.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
    });
    return () => window.cancelAnimationFrame(frame);
  }, [asked]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc holds for everything inside
    <section ref={box} className="bottom" aria-label="Operations and problems" onKeyDown={onKeyDown}>
      <Tabs<BottomPane>
        label="Operations and problems"
        value={pane}
        onChange={(next) => setLayout({ bottomPane: next })}
        items={[
          {
            id: 'operations',
            label: 'Operations',
            note: <OperationCount source={source} />,
            panel: (
              <ViewBoundary key={source}>
                <OperationsOf kind={kind} source={source} />
              </ViewBoundary>
            ),
          },
          {
            id: 'problems',
            label: 'Problems',
            note: <ProblemCount source={source} />,
            panel: (
              <ViewBoundary key={source}>
                <ProblemsOf kind={kind} source={source} />
              </ViewBoundary>
            ),
          },
        ]}
      />
      <IconButton icon={X} size="small" className="bottom-close" label="Close the panel" onClick={leave} />
    </section>
  );
}

type PaneOfProps = { readonly kind: Source['kind']; readonly source: string };

function OperationsOf({ kind, source }: PaneOfProps) {
  if (kind === 'aex') return <LedgerOperations />;
  return kind === 'agents' ? <AgentOperations source={source} /> : <OperationsPane source={source} />;
}

function ProblemsOf({ kind, source }: PaneOfProps) {
  if (kind === 'aex') return <LedgerProblems source={source} />;
  return kind === 'agents' ? <AgentProblems source={source} /> : <ProblemsPane source={source} />;
}

/** Closes the panel; the keys go back to the view above it. */
function leave(): void {
  closeBottom();
  const view = document.getElementById('view');
  (view?.querySelector<HTMLElement>('[data-key-default]') ?? view)?.focus();
}

function OperationCount({ source }: { readonly source: string }) {
  const { list } = useOperations(source);
  const { written } = useEdits(source);
  const count = (list ?? written)?.length ?? 0;
  return count === 0 ? null : formatCount(count);
}

function ProblemCount({ source: id }: { readonly source: string }) {
  const source = useSource(id);
  const overview = useOverview(id);
  const { count, tone } = useProblems(source, overview.value);
  return count === 0 ? null : <span className={`status-${tone}`}>{formatCount(count)}</span>;
}
