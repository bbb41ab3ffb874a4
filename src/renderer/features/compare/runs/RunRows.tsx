/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { ChevronRight, UnfoldVertical } from 'lucide-react';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import type { ComparedRow } from '../../../../contract/compare.ts';
import { isDifference } from '../../../../core/graph/aligned-shape.ts';
import { markOrCompare } from '../../../app/compare.ts';
import { rowHeight, useSettings } from '../../../state/settings.ts';
import { openCompareCalls, openNodeTab } from '../../../state/tabs.ts';
import { announce } from '../../../ui/announce.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatCounted, formatDateTime, shortHash } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { ContextMenu, openContextMenu, type MenuEntry } from '../../../ui/menu/Menu.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { goToCall } from '../../sources/row-actions.ts';
import {
  foldOf,
  layOut,
  LINE,
  lineOf,
  differencesUpTo,
  nextDifference,
  rowMapper,
  type Layout,
} from './layout.ts';
import { commonAt, rowAt, type RunsModel, type RunsState, type Shown } from './model.ts';
import { RunCell } from './RunCell.tsx';
import { countsWords, firstDifferenceWords, rowWords, runName, signWords } from './words.ts';

type Props = {
  readonly source: string;
  readonly model: RunsModel;
  readonly state: RunsState;
  readonly shown: Shown;
};

const SIGNS = { same: '=', 'only-a': '‹', 'only-b': '›', changed: '≠' } as const;
const SCOPE = { name: 'compare-runs', label: 'Compare runs' };

/** All calls of both runs in two columns, oldest first. Only the lines in sight are drawn. */
export function RunRows({ source, model, state, shown }: Props) {
  const { comparison, kinds } = shown;
  const { open, commonOpen, row: at } = state;
  const zone = useSettings((settings) => settings.time);
  const height = useSettings(rowHeight);
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const names = { a: runName(comparison.a), b: runName(comparison.b) };
  const layout = useMemo(
    () => layOut(kinds, commonOpen ? comparison.shared : 0, (row) => open.has(row)),
    [kinds, comparison.shared, commonOpen, open],
  );
  const atLine = at < 0 ? -1 : lineOf(layout, at);
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer({
    count: layout.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 6,
    // the row with the keys stays, wherever the list is scrolled to
    rangeExtractor: useCallback(
      (range: Range) => {
        const all = defaultRangeExtractor(range);
        return atLine < 0 || atLine >= range.count
          ? all
          : [...new Set([...all, atLine])].toSorted((one, two) => one - two);
      },
      [atLine],
    ),
  });
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  useKeepPlace(scroll, layout, shown, height);
  useKeepInSight(scroll, atLine, height);

  const items = virtual.getVirtualItems();
  useEffect(() => {
    const rows: number[] = [];
    const commons: number[] = [];
    for (const { index } of items) {
      if (
        index === atLine &&
        (index < (virtual.range?.startIndex ?? 0) || index > (virtual.range?.endIndex ?? 0))
      )
        continue;
      const place = layout.at[index]!;
      if (layout.kind[index] === LINE.row) rows.push(place);
      else if (layout.kind[index] === LINE.common) commons.push(place);
    }
    if (rows.length > 0) model.need('rows', rows[0]!, rows.at(-1)!);
    if (commons.length > 0) model.need('common', commons[0]!, commons.at(-1)!);
  });

  const reach = (line: number) => virtual.scrollToIndex(line, { align: 'auto' });
  const goLine = (line: number) => {
    const next = Math.max(0, Math.min(layout.length - 1, line));
    if (layout.length === 0) return;
    if (layout.kind[next] === LINE.common) {
      reach(next);
      return;
    }
    model.select(layout.at[next]!);
    reach(next);
  };
  const goDifference = (by: 1 | -1) => {
    const next = nextDifference(kinds, at, by);
    if (next === null) {
      announce(by > 0 ? 'There is no further difference.' : 'There is no difference before this one.');
      return;
    }
    model.select(next);
    reach(lineOf(layout, next));
  };
  const goFirst = () => {
    if (comparison.firstDifference === null) return;
    model.select(comparison.firstDifference);
    virtual.scrollToIndex(lineOf(layout, comparison.firstDifference), { align: 'center' });
  };
  const onFold = atLine >= 0 && layout.kind[atLine] === LINE.fold;
  const here = at < 0 || onFold ? null : rowAt(shown, at);
  const toggle = () => {
    const fold = onFold ? layout.at[atLine]! : foldOf(kinds, at);
    if (fold !== null) model.toggleFold(fold);
  };
  const openRow = (row: ComparedRow | null) => {
    if (row === null) return;
    if (row.a !== null && row.b !== null) openCompareCalls(source, row.a.hash, row.b.hash);
    else {
      const call = row.a ?? row.b;
      if (call !== null) openNodeTab(source, call.hash, call.tool);
    }
  };
  const openMenu = () => {
    const element = scroll.current?.querySelector(`[data-line="${atLine}"]`);
    if (element !== null && element !== undefined) openContextMenu(element);
  };
  const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 280) / height) - 1);
  useShortcuts(SCOPE, [
    { keys: ['j', 'n'], label: 'Next difference', run: () => goDifference(1) },
    { keys: ['k', 'p'], label: 'Previous difference', run: () => goDifference(-1) },
    { keys: 'd', label: 'First difference', run: goFirst },
    { keys: 'ArrowDown', label: 'Next row', run: () => goLine(atLine + 1) },
    { keys: 'ArrowUp', label: 'Previous row', run: () => goLine(atLine - 1) },
    { keys: 'PageDown', label: 'A page down', hidden: true, run: () => goLine(atLine + page) },
    { keys: 'PageUp', label: 'A page up', hidden: true, run: () => goLine(atLine - page) },
    { keys: 'Home', label: 'First row', hidden: true, run: () => goLine(commonOpen ? comparison.shared : 0) },
    { keys: 'End', label: 'Last row', hidden: true, run: () => goLine(layout.length - 1) },
    {
      keys: 'Enter',
      label: 'Open the two calls; open equal ones that are folded',
      run: () => (onFold ? toggle() : openRow(here)),
    },
    { keys: ' ', label: 'Fold or unfold equal calls', run: toggle },
    {
      keys: 'c',
      label: 'Show or hide the calls in common',
      run: () => model.openCommon(!commonOpen),
      when: () => comparison.shared > 0,
    },
    { keys: '.', label: 'Actions on the row', run: openMenu },
  ]);

  const entries = (): readonly MenuEntry[] =>
    rowEntries(source, onFold ? null : here, names, toggle, openRow);
  const lines = items.map(({ index, start }) => {
    const kind = layout.kind[index]!;
    const place = layout.at[index]!;
    const style = { transform: `translateY(${start}px)`, height };
    if (kind === LINE.common) {
      const call = commonAt(shown, place);
      return (
        <div
          key={`c${place}`}
          role="row"
          tabIndex={-1}
          className="cr-line cr-both"
          style={style}
          aria-rowindex={index + 1}
          aria-label={`in both runs: ${call === null ? 'on its way' : call.tool}`}
        >
          <span role="gridcell" className="cr-cell">
            <RunCell call={call} colour={null} zone={zone} />
          </span>
        </div>
      );
    }
    const row = kind === LINE.fold ? null : rowAt(shown, place);
    const count = layout.folded.get(place) ?? 1;
    const label =
      kind === LINE.fold
        ? `${formatCounted(count, 'equal call')}, folded`
        : row === null
          ? 'on its way'
          : rowWords(row, names);
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the grid are in the window's registry
      <div
        key={`r${place}`}
        id={`${id}-${place}`}
        role="row"
        tabIndex={-1}
        data-line={index}
        className={`cr-line ${kind === LINE.fold ? 'cr-fold' : isDifference(kinds[place]!) ? '' : 'cr-equal'}`}
        style={style}
        aria-rowindex={index + 1}
        aria-selected={index === atLine}
        aria-label={label}
        onClick={() => {
          model.select(place);
          if (kind === LINE.fold) model.toggleFold(place);
        }}
        onContextMenu={() => model.select(place)}
        onDoubleClick={() => kind === LINE.row && openRow(row)}
      >
        {kind === LINE.fold ? (
          <span role="gridcell" className="cr-fold-cell">
            <UnfoldVertical className="icon" size={14} aria-hidden />
            {formatCounted(count, 'equal call')}
          </span>
        ) : (
          <RowCells row={row} comparison={shown} names={names} zone={zone} />
        )}
      </div>
    );
  });

  return (
    <div className="cr-rows">
      <CommonPart source={source} model={model} state={state} shown={shown} />
      <FirstDifference shown={shown} onGo={goFirst} />
      <ContextMenu entries={entries} className="cr-area">
        <div
          ref={scroll}
          role="grid"
          tabIndex={0}
          className="cr-grid"
          aria-label={`Calls of ${names.a} and ${names.b} after the split, oldest first`}
          aria-rowcount={layout.length}
          aria-readonly="true"
          data-key-scope={SCOPE.name}
          data-key-default=""
          {...(atLine >= 0 ? { 'aria-activedescendant': `${id}-${layout.at[atLine]}` } : {})}
        >
          <div role="rowgroup" className="cr-body" style={{ height: virtual.getTotalSize() }}>
            {lines}
          </div>
        </div>
      </ContextMenu>
      <output className="visually-hidden">{countsWords(comparison)}</output>
    </div>
  );
}

type CellsProps = {
  readonly row: ComparedRow | null;
  readonly comparison: Shown;
  readonly names: { readonly a: string; readonly b: string };
  readonly zone: string;
};

function RowCells({ row, comparison: { comparison }, names, zone }: CellsProps) {
  const { a, b } = comparison;
  if (row === null) {
    return (
      <>
        <span role="gridcell" className="cr-cell">
          <RunCell call={null} colour={null} zone={zone} />
        </span>
        <span role="gridcell" className="cr-sign" aria-label="on its way" />
        <span role="gridcell" className="cr-cell">
          <RunCell call={null} colour={null} zone={zone} />
        </span>
      </>
    );
  }
  const words = signWords(row, names.a, names.b);
  return (
    <>
      <span role="gridcell" className={`cr-cell ${row.a === null ? 'cr-none' : ''}`}>
        {row.a !== null && <RunCell call={row.a} colour={a.colour} zone={zone} />}
      </span>
      <span role="gridcell" className={`cr-sign cr-sign-${row.kind}`} title={words}>
        <span aria-hidden>{row.ignored ? '≈' : SIGNS[row.kind]}</span>
        <span className="visually-hidden">{words}</span>
      </span>
      <span role="gridcell" className={`cr-cell ${row.b === null ? 'cr-none' : ''}`}>
        {row.b !== null && <RunCell call={row.b} colour={b.colour} zone={zone} />}
      </span>
    </>
  );
}

/** Keeps the line with the keys in sight while the room for the rows changes. */
function useKeepInSight(scroll: RefObject<HTMLDivElement | null>, line: number, height: number): void {
  const at = useRef({ line, height });
  useEffect(() => {
    at.current = { line, height };
  });
  useEffect(() => {
    const element = scroll.current;
    if (element === null) return undefined;
    let room = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const { line: on, height: px } = at.current;
      const below = (on + 1) * px - element.scrollTop;
      if (on >= 0 && below <= room && below > element.clientHeight) {
        element.scrollBy({ top: below - element.clientHeight, behavior: 'instant' });
      }
      room = element.clientHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll]);
}

/** Keeps the first line in sight where it is while folds open and the runs grow. */
function useKeepPlace(
  scroll: RefObject<HTMLDivElement | null>,
  layout: Layout,
  shown: Shown,
  height: number,
): void {
  const before = useRef({ layout, shown });
  useLayoutEffect(() => {
    const { layout: old, shown: was } = before.current;
    before.current = { layout, shown };
    const element = scroll.current;
    if (element === null || old === layout || element.scrollTop === 0) return;
    const top = Math.floor(element.scrollTop / height);
    const kind = old.kind[top];
    if (kind === undefined || kind === LINE.common) return;
    const map =
      was.comparison.comparison === shown.comparison.comparison
        ? (row: number) => row
        : rowMapper(was.kinds, shown.kinds);
    const line = lineOf(layout, map(old.at[top]!));
    if (line >= 0 && line !== top) element.scrollBy({ top: (line - top) * height, behavior: 'instant' });
  }, [scroll, layout, shown, height]);
}

function rowEntries(
  source: string,
  row: ComparedRow | null,
  names: { readonly a: string; readonly b: string },
  toggle: () => void,
  openRow: (row: ComparedRow) => void,
): readonly MenuEntry[] {
  if (row === null) return [{ label: 'Open the equal calls', keys: ' ', run: toggle }];
  const entries: MenuEntry[] = [
    {
      label: row.a !== null && row.b !== null ? 'Compare the two calls' : 'Open the call',
      keys: 'Enter',
      run: () => openRow(row),
    },
    'separator',
  ];
  for (const [call, name] of [
    [row.a, names.a],
    [row.b, names.b],
  ] as const) {
    if (call === null) continue;
    entries.push(
      { label: `Show the call of ${name} in the graph`, run: () => goToCall(source, call.hash) },
      { label: `Open the call of ${name}`, run: () => openNodeTab(source, call.hash, call.tool) },
      { label: `Mark the call of ${name}`, run: () => markOrCompare(source, call.hash, call.tool) },
    );
  }
  return entries;
}

/** The calls that both runs have, as one line that opens to show them. */
function CommonPart({ source, model, state, shown }: Props) {
  const zone = useSettings((settings) => settings.time);
  const { fork, shared, sharedSinceMicros } = shown.comparison;
  if (fork === null) {
    return (
      <div className="cr-common">
        <span className="cr-common-words">
          The two runs have no call in common: all calls of both are compared.
        </span>
      </div>
    );
  }
  const since = sharedSinceMicros === null ? '' : `from ${formatDateTime(sharedSinceMicros, zone)} `;
  const said = fork.summary?.input ?? '';
  return (
    <div className="cr-common">
      <button
        type="button"
        className="cr-common-open"
        aria-expanded={state.commonOpen}
        onClick={() => model.openCommon(!state.commonOpen)}
      >
        <ChevronRight className="icon cr-chevron" size={14} aria-hidden />
        <b>{formatCounted(shared, 'call')} in common</b>
      </button>
      <span className="cr-common-words truncate">
        {since}up to{' '}
        <button type="button" className="cr-link hash" onClick={() => goToCall(source, fork.hash)}>
          {shortHash(fork.hash)}
        </button>{' '}
        <bdi className="mono">{visibleText(fork.tool ?? '').slice(0, 60)}</bdi>{' '}
        <bdi>{said.slice(0, 120)}</bdi>
      </span>
      <span className="cr-common-end">counted once in every sum</span>
    </div>
  );
}

/** Where the runs begin to differ, in a sentence, and the way there. */
function FirstDifference({ shown, onGo }: { readonly shown: Shown; readonly onGo: () => void }) {
  const { comparison, rows } = shown;
  const { firstDifference, same } = comparison;
  if (firstDifference === null) {
    return (
      <p className="cr-first">
        <b className="cr-first-same">No difference</b>
        <span>
          {formatCount(same)} {same === 1 ? 'call is' : 'calls are'} the same in both runs
          {comparison.ignored > 0
            ? `, ${formatCount(comparison.ignored)} of them but for what is ignored`
            : ''}
        </span>
      </p>
    );
  }
  const row = rowAt(shown, firstDifference);
  const near = [...rows.values()]
    .flat()
    .filter((one) => one.row >= firstDifference && one.row < firstDifference + 100);
  return (
    <p className="cr-first">
      <b>First difference</b>
      <bdi className="truncate">
        {row === null
          ? ''
          : firstDifferenceWords(
              comparison,
              row,
              near.toSorted((one, two) => one.row - two.row),
            )}
      </bdi>
      <span className="cr-first-end">
        <Place shown={shown} />
        <Button size="small" look="quiet" end={<Kbd keys="d" />} onClick={onGo}>
          Go there
        </Button>
      </span>
    </p>
  );
}

/** How many differences there are. */
function Place({ shown: { kinds } }: { readonly shown: Shown }) {
  const all = useMemo(() => differencesUpTo(kinds, kinds.length), [kinds]);
  return <span className="cr-first-count">{formatCounted(all, 'difference')}</span>;
}
