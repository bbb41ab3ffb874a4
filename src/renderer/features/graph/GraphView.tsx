import { useEffect, useMemo, useRef, useState } from 'react';
import type { GraphView as View } from '../../../contract/vek.ts';
import { openBottom } from '../../state/bottom.ts';
import { useSelection } from '../../state/selection.ts';
import { useOverview, useProgress, type Progress } from '../../state/workspace.ts';
import { announce } from '../../ui/announce.ts';
import { formatCount } from '../../ui/format.ts';
import { createCursor } from './cursor.ts';
import { FilterBar } from './FilterBar.tsx';
import './graph.css';
import './rows.css';
import { branchOf } from './branch-of.ts';
import { GraphGrid } from './GraphGrid.tsx';
import { GraphPlaceholder } from './GraphPlaceholder.tsx';
import { makeIconMasks } from './icon-masks.tsx';
import { JumpField } from './JumpField.tsx';
import { graphOf, setGraphView } from './sources.ts';
import { useGraph } from './use-model.ts';
import { useGraphKeys } from './use-graph-keys.ts';

makeIconMasks();

/** How long a small message over the rows stays, in ms. */
const SAY_MS = 4000;

/** The execution graph of one source: newest on top, one row per call, lanes for branches. */
export function GraphView({ source }: { readonly source: string }) {
  const model = useMemo(() => graphOf(source), [source]);
  const state = useGraph(
    model,
    ({ view, shown, stale, failure }) => ({ view, shown, stale, failure }),
    (a, b) => a.view === b.view && a.shown === b.shown && a.stale === b.stale && a.failure === b.failure,
  );
  const overview = useOverview(source).value;
  const progress = useProgress(source);
  const selection = useSelection();
  const selected = selection?.source === source ? selection.hash : null;
  const [message, setMessage] = useState<string | null>(null);
  const [jumping, setJumping] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);

  const cursor = useMemo(
    () =>
      createCursor(source, model, (text) => {
        setMessage(text);
        announce(text);
      }),
    [source, model],
  );
  useEffect(() => {
    if (message === null) return undefined;
    const timer = window.setTimeout(() => setMessage(null), SAY_MS);
    return () => window.clearTimeout(timer);
  }, [message]);

  const reveal = selection?.source === source ? selection.reveal : 0;
  const shownReveal = useRef(0);
  useEffect(() => {
    if (reveal === shownReveal.current || selected === null) return;
    shownReveal.current = reveal;
    void cursor.jump(selected).then(setMessage);
  }, [reveal, selected, cursor]);

  const setView = (view: View) => setGraphView(source, view, selected);
  const focusRows = () => grid.current?.focus();
  const branches = overview?.branches ?? [];
  const focusBranch = (name: string) => setView({ ...state.view, focus: [name] });
  const closeJump = () => {
    setJumping(false);
    focusRows();
  };

  useGraphKeys({
    source,
    model,
    cursor,
    blocked: overview?.readOnlyReason ?? null,
    grid,
    focusFilter: () => {
      field.current?.focus();
      field.current?.select();
    },
    jump: () => setJumping(true),
    clear: () => setView({ filter: '', focus: [] }),
    focusBranch: () => {
      const call = cursor.current();
      const name = call === null ? null : branchOf(call, model, branches);
      if (name === null) setMessage('Select a call of a branch first.');
      else focusBranch(name);
    },
    say: setMessage,
  });

  const filterError =
    state.failure?.kind === 'bad-request' ? `${state.failure.message} ${state.failure.hint}`.trim() : null;
  const { shown } = state;
  const damaged = overview?.problems.filter((problem) => problem.severity !== 'notice').length ?? 0;
  const empty = shown !== null && shown.total === 0;

  return (
    <section className="g-view" aria-label="Graph" data-key-scope="graph">
      <FilterBar
        view={state.view}
        onFilter={(filter) => setView({ ...model.get().view, filter })}
        onFocus={(focus) => setView({ ...model.get().view, focus: [...focus] })}
        error={filterError}
        branches={branches}
        count={shown}
        busy={state.stale && progress?.work === 'search' ? searchText(progress) : null}
        damaged={damaged}
        onDamaged={() => openBottom('problems', source)}
        onLeave={focusRows}
        fieldRef={field}
      />
      {shown === null || empty ? (
        <GraphPlaceholder
          sourceId={source}
          shown={shown}
          view={state.view}
          failure={state.failure}
          onClear={() => {
            setView({ filter: '', focus: [] });
            field.current?.focus();
          }}
          onRetry={model.refresh}
        />
      ) : (
        <GraphGrid
          source={source}
          model={model}
          shown={shown}
          selected={selected}
          cursor={cursor}
          branches={branches}
          blocked={overview?.readOnlyReason ?? null}
          failure={filterError === null ? state.failure : null}
          message={message}
          onFocusBranch={focusBranch}
          gridRef={grid}
        >
          {jumping && <JumpField onJump={cursor.jump} onClose={closeJump} />}
        </GraphGrid>
      )}
    </section>
  );
}

/** How far the search for a text has come. */
function searchText({ done, total }: Progress): string {
  return total === null
    ? `Searching, ${formatCount(done)} done`
    : `Searching ${formatCount(done)} of ${formatCount(total)}`;
}
