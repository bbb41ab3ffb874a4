import { useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import type { GraphRow } from '../../../contract/vek.ts';
import { useCommands } from '../../app/commands.ts';
import { openBottom } from '../../state/bottom.ts';
import { useSelection } from '../../state/selection.ts';
import { useOverview, useProgress, type Progress } from '../../state/workspace.ts';
import { announce } from '../../ui/announce.ts';
import { formatCount } from '../../ui/format.ts';
import { createCursor } from './cursor.ts';
import { FarEnds } from './FarEnds.tsx';
import { focusNames } from './filter/FilterChip.tsx';
import { useNames } from './filter/use-names.ts';
import { countText, FilterBar, type Count } from './FilterBar.tsx';
import './graph.css';
import './rows.css';
import { graphCommands } from './graph-commands.ts';
import { GraphGrid } from './GraphGrid.tsx';
import { GraphPlaceholder } from './GraphPlaceholder.tsx';
import { makeIconMasks } from './icon-masks.tsx';
import { JumpField } from './JumpField.tsx';
import { viewKey } from './model.ts';
import { NamesPopover } from './NamesPopover.tsx';
import { graphOf } from './sources.ts';
import { useGraph } from './use-model.ts';
import { useGraphKeys } from './use-graph-keys.ts';
import { viewActions } from './view-actions.ts';
import { ZoomControl } from './zoom/ZoomControl.tsx';

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
  const known = useNames(source, overview);
  const [message, setMessage] = useState<string | null>(null);
  const [jumping, setJumping] = useState(false);
  const [named, setNamed] = useState<GraphRow | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const say = useMemo(
    () => (text: string) => {
      setMessage(text);
      announce(text);
    },
    [],
  );

  const cursor = useMemo(() => createCursor(source, model, say), [source, model, say]);
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

  const branches = overview?.branches ?? [];
  const blocked = overview?.readOnlyReason ?? null;
  const focusRows = () => grid.current?.focus();
  const focusFilter = () => {
    field.current?.focus();
    field.current?.select();
  };
  const jump = () => setJumping(true);
  const actions = viewActions({ source, model, cursor, branches, tools: known.allTools, say });
  useGraphKeys({ source, cursor, blocked, grid, focusFilter, jump, actions, say });
  useCommands(() =>
    graphCommands({ view: model.get().view, call: cursor.current(), actions, focusFilter, jump }),
  );

  const { shown, view } = state;
  useFocusTold(view.focus, state.stale ? null : shown, say);

  /** Parts of a row that are buttons: the sign of a folded stretch, and the number of further names. */
  const onRowButton = (event: MouseEvent) => {
    const part = event.target instanceof Element ? event.target.closest('.g-fold-sign, .g-more') : null;
    const hash = part?.closest('[data-hash]')?.getAttribute('data-hash');
    const row = hash === null || hash === undefined ? null : model.rowOf(hash);
    const call = row === null ? null : model.at(row);
    if (call === null) return;
    if (part?.classList.contains('g-more') === true) setNamed(call);
    else actions.stretch(call);
  };

  const filterError =
    state.failure?.kind === 'bad-request' ? `${state.failure.message} ${state.failure.hint}`.trim() : null;
  const damaged = overview === null ? 0 : overview.findings.errors + overview.findings.warnings;
  const empty = shown !== null && shown.total === 0;
  const searching = state.stale && progress?.work === 'search';

  return (
    <section className="g-view" aria-label="Graph" data-key-scope="graph">
      <FilterBar
        view={view}
        onFilter={actions.filter}
        onFocus={actions.focus}
        onFold={actions.fold}
        known={known}
        error={filterError}
        branches={branches}
        count={shown}
        busy={searching ? searchText(progress) : null}
        damaged={damaged}
        onDamaged={() => openBottom('problems', source)}
        onLeave={focusRows}
        fieldRef={field}
      >
        <ZoomControl source={source} />
      </FilterBar>
      {shown === null || empty ? (
        <GraphPlaceholder
          source={source}
          shown={shown}
          view={view}
          waiting={searching && shown?.key !== viewKey(view)}
          failure={state.failure}
          onFilter={actions.filter}
          onClear={() => {
            actions.all();
            field.current?.focus();
          }}
          onRetry={model.refresh}
        />
      ) : (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the keys are in use-graph-keys.ts
        <div className="g-rows" onClick={onRowButton}>
          <GraphGrid
            source={source}
            model={model}
            shown={shown}
            selected={selected}
            cursor={cursor}
            branches={branches}
            blocked={blocked}
            failure={filterError === null ? state.failure : null}
            message={message}
            onSay={say}
            menuActions={(call) => ({
              view: actions,
              // the menu gives the focus back first, so that the list keeps it
              names: call.refs.length > 1 ? () => window.setTimeout(() => setNamed(call), 0) : null,
            })}
            gridRef={grid}
          >
            <FarEnds source={source} model={model} selected={selected} cursor={cursor} />
            {jumping && (
              <JumpField
                onJump={cursor.jump}
                onClose={() => {
                  setJumping(false);
                  focusRows();
                }}
              />
            )}
          </GraphGrid>
          <NamesPopover call={named} onClose={() => setNamed(null)} gridRef={grid} />
        </div>
      )}
    </section>
  );
}

/** Says what is in focus and how to leave it, once the rows of that are there. */
function useFocusTold(focus: readonly string[], shown: Count | null, say: (text: string) => void): void {
  const told = useRef(focus);
  useEffect(() => {
    if (shown === null || told.current === focus) return;
    const same = JSON.stringify(told.current) === JSON.stringify(focus);
    told.current = focus;
    if (same) return;
    if (focus.length === 0) say(`All branches, ${countText(shown)}.`);
    else say(`${focusNames(focus)} only, ${countText(shown)}. Esc shows all branches.`);
  }, [focus, shown, say]);
}

/** How far the search for a text has come. */
function searchText({ done, total }: Progress): string {
  return total === null
    ? `Searching, ${formatCount(done)} done`
    : `Searching ${formatCount(done)} of ${formatCount(total)}`;
}
