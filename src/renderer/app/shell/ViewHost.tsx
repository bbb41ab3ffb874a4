import { LayoutPanelTop } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Workspace } from '../../../contract/workspace.ts';
import { CompareCalls } from '../../features/compare/calls/CompareCalls.tsx';
import { CompareRuns } from '../../features/compare/runs/CompareRuns.tsx';
import { AgentView } from '../../features/agent/AgentView.tsx';
import { AccountsView } from '../../features/ledger-accounts/AccountsView.tsx';
import { ExecutionView } from '../../features/execution/ExecutionView.tsx';
import { LedgerView } from '../../features/ledger/LedgerView.tsx';
import { ProofView } from '../../features/proof/ProofView.tsx';
import { CostsView } from '../../features/costs/CostsView.tsx';
import { DoctorView } from '../../features/doctor/DoctorView.tsx';
import { EscalationsView } from '../../features/escalations/EscalationsView.tsx';
import { FleetView } from '../../features/fleet/FleetView.tsx';
import { RecordView } from '../../features/runs/RecordView.tsx';
import { RunsView } from '../../features/runs/RunsView.tsx';
import { GraphView } from '../../features/graph/GraphView.tsx';
import { NodeView } from '../../features/node/NodeView.tsx';
import { IntegrityView } from '../../features/integrity/IntegrityView.tsx';
import { FileMergeView } from '../../features/merge/FileMergeView.tsx';
import { MergeView } from '../../features/merge/MergeView.tsx';
import { openFleet, openGraph, openLedger, tabId, useTabs, type Tab } from '../../state/tabs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { chooseFolder } from '../folders.ts';
import { keyNames } from '../../ui/keyboard.ts';
import { ViewBoundary } from '../ViewBoundary.tsx';
import { AgentsGate } from './AgentsGate.tsx';
import { LedgerGate } from './LedgerGate.tsx';
import { SourceGate } from './SourceGate.tsx';

/** The view of the tab in front. */
export function ViewHost({ workspace }: { readonly workspace: Workspace }) {
  const tab = useTabs(({ tabs, active }) => tabs.find((open) => tabId(open) === active) ?? null);
  const host = useRef<HTMLDivElement>(null);
  const front = tab === null ? null : tabId(tab);
  const before = useRef(front);
  useEffect(() => {
    if (before.current === front) return;
    before.current = front;
    // what had the focus went with its view: the next one takes it, its rows first
    if (document.activeElement !== document.body) return;
    const rows = host.current?.querySelector<HTMLElement>('[data-key-default]');
    (rows ?? host.current)?.focus();
  }, [front]);
  useEffect(() => (host.current === null ? undefined : keepRows(host.current)), []);
  return (
    <div
      ref={host}
      id="view"
      tabIndex={-1}
      role="tabpanel"
      className="view"
      {...(tab === null ? { 'aria-label': 'No view' } : { 'aria-labelledby': `tab-${tabId(tab)}` })}
    >
      {tab === null ? (
        <NoView workspace={workspace} />
      ) : (
        <ViewBoundary key={tabId(tab)}>
          <View tab={tab} />
        </ViewBoundary>
      )}
    </div>
  );
}

/**
 * Follows what a view shows later: a focus that waits on the whole view goes to its rows once they are there, and rows
 * that give way to other words leave theirs to the view, not to nothing.
 */
function keepRows(host: HTMLElement): () => void {
  let had: Element | null = null;
  const follow = () => {
    const now = document.activeElement;
    const lost = had?.isConnected === false && now === document.body;
    // a press of the mouse on the view itself is no such wait
    const waits = now === host && host.matches(':focus-visible');
    if (!waits && !lost) return;
    const rows = host.querySelector<HTMLElement>('[data-key-default]');
    if (waits && rows === null) return;
    had = null;
    (rows ?? host).focus({ preventScroll: true });
  };
  const note = ({ target }: FocusEvent) => {
    const rows = target instanceof Element && target.matches('[data-key-default]') && host.contains(target);
    had = rows ? target : null;
  };
  let frame = 0;
  const observer = new MutationObserver(() => {
    if (document.activeElement !== host && had?.isConnected !== false) return;
    window.cancelAnimationFrame(frame);
    frame = window.requestAnimationFrame(follow);
  });
  observer.observe(host, { childList: true, subtree: true });
  document.addEventListener('focusin', note);
  return () => {
    window.cancelAnimationFrame(frame);
    observer.disconnect();
    document.removeEventListener('focusin', note);
  };
}

function View({ tab }: { readonly tab: Tab }) {
  switch (tab.kind) {
    case 'graph':
      return (
        <SourceGate source={tab.source} needs="calls">
          <GraphView source={tab.source} />
        </SourceGate>
      );
    case 'node':
      return (
        <SourceGate source={tab.source} needs="store">
          <NodeView source={tab.source} hash={tab.hash} />
        </SourceGate>
      );
    case 'integrity':
      return <IntegrityView source={tab.source} />;
    case 'merge':
      return (
        <SourceGate source={tab.source} needs="calls">
          <MergeView source={tab.source} into={tab.into} from={tab.from} />
        </SourceGate>
      );
    case 'compare-calls':
      return (
        <SourceGate source={tab.source} needs="store">
          <CompareCalls source={tab.source} a={tab.a} b={tab.b} />
        </SourceGate>
      );
    case 'compare-runs':
      return (
        <SourceGate source={tab.source} needs="calls">
          <CompareRuns source={tab.source} a={tab.a} b={tab.b} />
        </SourceGate>
      );
    case 'ledger':
    case 'execution':
    case 'accounts':
    case 'proof':
      return (
        <LedgerGate source={tab.source}>
          <LedgerTab tab={tab} />
        </LedgerGate>
      );
    default:
      return (
        <AgentsGate source={tab.source}>
          <AgentsTab tab={tab} />
        </AgentsGate>
      );
  }
}

type LedgerKind = 'ledger' | 'execution' | 'accounts' | 'proof';

function LedgerTab({ tab }: { readonly tab: Extract<Tab, { readonly kind: LedgerKind }> }) {
  switch (tab.kind) {
    case 'ledger':
      return <LedgerView source={tab.source} />;
    case 'execution':
      return <ExecutionView source={tab.source} id={tab.id} />;
    case 'accounts':
      return <AccountsView source={tab.source} />;
    case 'proof':
      return <ProofView source={tab.source} />;
    default:
      return tab satisfies never;
  }
}

type AgentsKind = 'fleet' | 'costs' | 'agent' | 'runs' | 'record' | 'escalations' | 'doctor' | 'file-merge';

function AgentsTab({ tab }: { readonly tab: Extract<Tab, { readonly kind: AgentsKind }> }) {
  switch (tab.kind) {
    case 'fleet':
      return <FleetView source={tab.source} />;
    case 'costs':
      return <CostsView source={tab.source} agent={tab.agent} />;
    case 'agent':
      return <AgentView source={tab.source} agent={tab.agent} />;
    case 'runs':
      return <RunsView source={tab.source} />;
    case 'record':
      return <RecordView source={tab.source} id={tab.id} />;
    case 'escalations':
      return <EscalationsView source={tab.source} />;
    case 'file-merge':
      return <FileMergeView source={tab.source} set={tab.set} />;
    case 'doctor':
      return <DoctorView source={tab.source} />;
    default:
      return tab satisfies never;
  }
}

const FIRST_VIEWS = {
  vek: { words: 'Show the graph', open: openGraph },
  agents: { words: 'Show the fleet', open: openFleet },
  aex: { words: 'Show the ledger', open: openLedger },
} as const;

function NoView({ workspace }: { readonly workspace: Workspace }) {
  const first = workspace.sources.find(({ kind }) => kind === 'vek') ?? workspace.sources[0];
  if (first === undefined) {
    return (
      <EmptyState
        icon={LayoutPanelTop}
        title="Nothing to look at in this folder"
        actions={<Button onClick={() => void chooseFolder()}>Open another folder…</Button>}
      >
        <p>
          Vekscope looks for a folder named <code>.vek</code>, for folders of agents with a{' '}
          <code>model.md</code> and for budget ledgers such as <code>aex.db</code> in{' '}
          <bdi>{workspace.path}</bdi>. They appear here as soon as they are there.
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={LayoutPanelTop}
      title="Every tab is closed"
      actions={
        <Button onClick={() => FIRST_VIEWS[first.kind].open(first.id)}>
          {FIRST_VIEWS[first.kind].words}
        </Button>
      }
    >
      <p>Choose a view on the left, or press {keyNames('mod+k').join(' ')}.</p>
    </EmptyState>
  );
}
