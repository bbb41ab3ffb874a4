import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useSelection } from '../../state/selection.ts';
import { setDrawer } from '../../state/overlays.ts';
import { openAgent, openRuns } from '../../state/agents.ts';
import {
  openAccounts,
  openCosts,
  openDoctor,
  openEscalations,
  openFleet,
  openGraph,
  openIntegrity,
  openLedger,
  openMerge,
  openProof,
  tabId,
  useTabs,
} from '../../state/tabs.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { useSettings } from '../../state/settings.ts';
import { ContextMenu, openContextMenu } from '../../ui/menu/Menu.tsx';
import { fold, toggleFold } from './folds.ts';
import { goToCall, rowEntries } from './row-actions.ts';
import {
  depthOf,
  isOpen,
  placesOf,
  typedRow,
  type AgentsPage,
  type LedgerPage,
  type PaneRow,
} from './rows.ts';
import { TreeRow } from './TreeRow.tsx';

/** How long typed letters belong together, in ms. */
const TYPING_MS = 700;

/**
 * The tree of sources; only the rows in sight are in the document. Arrows move and fold, letters go to the next name
 * that begins with them, Enter opens, `.` or the menu key shows the actions.
 */
export function SourceTree({ rows }: { readonly rows: readonly PaneRow[] }) {
  const overviews = useWorkspaceStore((state) => state.overviews);
  const comfortable = useSettings((state) => state.density === 'comfortable');
  const grown = useSettings((state) => state.uiSize - 13);
  const places = useMemo(() => placesOf(rows), [rows]);
  const [focused, setFocused] = useState<string | null>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const menuRow = useRef<PaneRow | null>(null);
  const wanted = useRef<string | null>(null);
  const typed = useRef({ text: '', at: 0 });
  const front = useTabs((state) => state.active);
  const selection = useSelection();

  const known = rows.findIndex((row) => row.key === focused);
  const inFront = rows.findIndex((row) => isInFront(row, front));
  const at = Math.max(0, known >= 0 ? known : inFront);
  const current = rows[at];
  const height = (comfortable ? 32 : 27) + Math.max(0, grown);
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    // the row with the focus stays, wherever the pane is scrolled to
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), Math.min(at, range.count - 1)])].toSorted(
          (a, b) => a - b,
        ),
      [at],
    ),
  });
  useLayoutEffect(() => virtual.measure(), [virtual, height]);

  // a row that was scrolled to is there only after the next drawing
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const index = rows.findIndex((row) => row.key === wanted.current);
    const element = tree.current?.querySelector<HTMLElement>(`[data-index="${index}"] [role=treeitem]`);
    if (element === null || element === undefined) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
  });

  const focusRow = (row: PaneRow | undefined | null) => {
    if (row === undefined || row === null) return;
    wanted.current = row.key;
    setFocused(row.key);
    virtual.scrollToIndex(rows.indexOf(row), { align: 'auto' });
  };
  const run = (row: PaneRow) => {
    setFocused(row.key);
    if (activate(row)) setDrawer(null);
    else toggleFold(row);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const element = event.target instanceof HTMLElement ? event.target : null;
    const now = event.timeStamp;
    const going = now - typed.current.at < TYPING_MS;
    if (/^[\p{L}\p{N}_-]$/u.test(event.key) || (going && event.key === '/')) {
      const text = going ? typed.current.text + event.key : event.key;
      typed.current = { text, at: now };
      focusRow(typedRow(rows, at, text));
    } else if (!onTreeKey(event.key, element)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onTreeKey = (key: string, element: HTMLElement | null): boolean => {
    if (current === undefined) return false;
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / height) - 1);
    switch (key) {
      case 'ArrowDown':
        focusRow(rows[at + 1]);
        return true;
      case 'ArrowUp':
        focusRow(rows[at - 1]);
        return true;
      case 'PageDown':
        focusRow(rows[Math.min(rows.length - 1, at + page)]);
        return true;
      case 'PageUp':
        focusRow(rows[Math.max(0, at - page)]);
        return true;
      case 'Home':
        focusRow(rows[0]);
        return true;
      case 'End':
        focusRow(rows.at(-1));
        return true;
      case 'ArrowRight':
        if (isOpen(current) === false) fold(current, true);
        else if (isOpen(current) === true) focusRow(rows[at + 1]);
        return true;
      case 'ArrowLeft':
        if (isOpen(current) === true) fold(current, false);
        else
          focusRow(
            rows.slice(0, at).findLast((row) => isOpen(row) !== null && depthOf(row) < depthOf(current)),
          );
        return true;
      case 'Enter':
      case ' ':
        run(current);
        return true;
      case '.':
        if (element !== null) openContextMenu(element);
        return true;
      default:
        return false;
    }
  };

  return (
    <ContextMenu
      className="sources-menu"
      entries={() => {
        const row = menuRow.current;
        if (row === null) return [];
        return rowEntries(row, overviews[row.source.id]?.value?.readOnlyReason ?? null);
      }}
    >
      <div ref={scroll} className="sources-scroll">
        <div
          ref={tree}
          role="tree"
          tabIndex={-1}
          aria-labelledby="sources-title"
          className="tree"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div
                key={item.key}
                role="none"
                data-index={item.index}
                className="tree-slot"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <TreeRow
                  row={row}
                  depth={depthOf(row)}
                  place={places[item.index] ?? { at: 1, of: 1 }}
                  focusable={item.index === at}
                  selected={isInFront(row, front)}
                  marked={selection !== null && tipOf(row) === selection.hash}
                  onRun={run}
                  onFocus={(reached) => setFocused(reached.key)}
                  onMenu={(asked) => {
                    menuRow.current = asked;
                  }}
                />
              </div>
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}

function isInFront(row: PaneRow, front: string | null): boolean {
  const source = row.source.id;
  if (row.kind === 'merge') {
    const { into, from } = row.merge;
    return front === tabId({ kind: 'merge', source, into, from });
  }
  if (row.kind === 'graph') return front === tabId({ kind: 'graph', source });
  if (row.kind === 'page') {
    return (
      front ===
      tabId(row.page === 'costs' ? { kind: 'costs', source, agent: null } : { kind: row.page, source })
    );
  }
  if (row.kind === 'ledger') return front === tabId({ kind: row.page, source });
  if (row.kind === 'agent') return front === tabId({ kind: 'agent', source, agent: row.agent.name });
  return row.kind === 'integrity' && front === tabId({ kind: 'integrity', source });
}

const tipOf = (row: PaneRow): string | null =>
  row.kind === 'branch' ? row.branch.hash : row.kind === 'mark' ? row.mark.hash : null;

const PAGES: Readonly<Record<AgentsPage, (source: string) => void>> = {
  costs: (source) => openCosts(source),
  fleet: openFleet,
  runs: (source) => openRuns(source, ''),
  escalations: openEscalations,
  doctor: openDoctor,
};

const LEDGER_VIEWS: Readonly<Record<LedgerPage, (source: string) => void>> = {
  ledger: openLedger,
  accounts: openAccounts,
  proof: openProof,
};

/** Opens what the row stands for; false when a click only folds it. */
function activate(row: PaneRow): boolean {
  switch (row.kind) {
    case 'graph':
    case 'unborn':
      openGraph(row.source.id);
      return true;
    case 'branch':
      goToCall(row.source.id, row.branch.hash);
      return true;
    case 'mark':
      goToCall(row.source.id, row.mark.hash);
      return true;
    case 'merge':
      openMerge(row.source.id, row.merge.into, row.merge.from);
      return true;
    case 'integrity':
      openIntegrity(row.source.id);
      return true;
    case 'page':
      PAGES[row.page](row.source.id);
      return true;
    case 'ledger':
      LEDGER_VIEWS[row.page](row.source.id);
      return true;
    case 'agent':
      openAgent(row.source.id, row.agent.name);
      return true;
    case 'source':
    case 'marks':
    case 'more':
      return false;
    default:
      return row satisfies never;
  }
}
