/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { UnfoldVertical } from 'lucide-react';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { Ignore } from '../../../../contract/compare.ts';
import { isDifference } from '../../../../core/graph/aligned-shape.ts';
import { rowHeight, useSettings } from '../../../state/settings.ts';
import { announce } from '../../../ui/announce.ts';
import { formatCounted } from '../../../ui/format.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { ContextMenu, openContextMenu, type MenuEntry } from '../../../ui/menu/Menu.tsx';
import { IgnoreMenu } from './IgnoreMenu.tsx';
import { foldOf, layOut, LINE, lineOf, nextDifference } from './layout.ts';
import { commonAt, rowAt, type RunsModel, type RunsState, type Shown } from './model.ts';
import { openRow, rowEntries } from './row-entries.ts';
import { RowCells } from './RowCells.tsx';
import { CommonPart, FirstDifference } from './RowsHead.tsx';
import { RunCell } from './RunCell.tsx';
import { useKeepInSight, useKeepPlace } from './use-keep-place.ts';
import { countsWords, rowWords, runName } from './words.ts';

type Props = {
  readonly source: string;
  readonly model: RunsModel;
  readonly state: RunsState;
  readonly shown: Shown;
  readonly rules: Ignore;
  readonly onRules: (rules: Ignore) => void;
};

const SCOPE = { name: 'compare-runs', label: 'Compare runs' };

/** All calls of both runs in two columns, oldest first. Only the lines in sight are drawn. */
export function RunRows({ source, model, state, shown, rules, onRules }: Props) {
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
      run: () => (onFold ? toggle() : openRow(source, here)),
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

  const entries = (): readonly MenuEntry[] => rowEntries(source, onFold ? null : here, names, toggle);
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
          className={`cr-line cr-both ${place === comparison.shared - 1 ? 'cr-last' : ''}`}
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
        onDoubleClick={() => kind === LINE.row && openRow(source, row)}
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
      <FirstDifference shown={shown} onGo={goFirst}>
        <IgnoreMenu rules={rules} ignored={comparison.ignored} busy={state.asking} onRules={onRules} />
      </FirstDifference>
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
