/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { useEffect, useId, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { LedgerLine, LedgerOverview } from '../../../../contract/ledger.ts';
import { setLook, type LedgerLook } from '../../../state/ledgers.ts';
import { rowHeight as rowsHeight, useSettings } from '../../../state/settings.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { ContextMenu } from '../../../ui/menu/Menu.tsx';
import { scrollBy, wheelPixels } from '../../graph/scroll.ts';
import { Scrollbar } from '../../graph/Scrollbar.tsx';
import { scrollByTouch } from '../../graph/touch.ts';
import { mountedRows } from '../../graph/window.ts';
import { useWrong } from '../findings/use-wrong.ts';
import { executionOf, openExecutionTab } from '../open.ts';
import { DayCells, EntryCells, GroupCells, WaitingCells } from './cells.tsx';
import { columnsOf } from './columns.ts';
import { lineEntries } from './entries.ts';
import { GoneCells } from './GoneCells.tsx';
import type { StatementModel } from './model.ts';
import { selectionOfLine, toggleGroup } from './select.ts';
import { useTable } from '../../table/use-table.ts';
import { lineAt, lineId } from './windows.ts';
import './table.css';
import './narrow.css';

type Props = {
  readonly source: string;
  readonly model: StatementModel;
  readonly look: LedgerLook;
  readonly overview: LedgerOverview;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  /** over the lines, such as what came in above them */
  readonly over: ReactNode;
};

/** Entries as single lines, of any number: only those in sight are read and drawn. One element has the focus. */
export function StatementTable({ source, model, look, overview, gridRef, over }: Props) {
  const id = useId();
  const { shown, scroll, selected, selectedAt, busy, error, question: view } = useTable(model);
  const height = useSettings(rowsHeight);
  const zone = useSettings((state) => state.time);
  const wrong = useWrong(source);
  const menuLine = useRef<LedgerLine | null>(null);
  useLayoutEffect(() => model.setRowHeight(height), [model, height]);
  useLayoutEffect(() => {
    const element = gridRef.current;
    if (element === null) return undefined;
    const measure = () => model.setHeight(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [model, gridRef]);
  useEffect(() => {
    const element = gridRef.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY === 0 || event.ctrlKey) return;
      event.preventDefault();
      model.setScroll((now) => scrollBy(now, wheelPixels(event.deltaY, event.deltaMode, now.height)));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    const stopTouch = scrollByTouch(element, (pixels) => model.setScroll((now) => scrollBy(now, pixels)));
    return () => {
      stopTouch();
      element.removeEventListener('wheel', onWheel);
    };
  }, [model, gridRef]);

  const mounted = shown === null ? { start: 0, end: 0 } : mountedRows({ ...scroll, total: shown.total });
  const active = selectedAt !== null && selectedAt >= mounted.start && selectedAt < mounted.end;
  const at = (target: EventTarget): LedgerLine | null => {
    const row = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null;
    return row === null || row === undefined || shown === null ? null : lineAt(shown, Number(row));
  };
  const pick = (target: EventTarget) => {
    const line = at(target);
    const next = line === null ? null : selectionOfLine(line);
    if (line === null || next === null) return;
    model.select(lineId(line));
    setLook(source, { selected: next });
  };
  const current = (): LedgerLine | null =>
    shown === null || selectedAt === null ? null : lineAt(shown, selectedAt);
  // of a single agent no line has to say whose it is
  const withAgent = view.agent === null && overview.counts.agents !== 1;
  const cells = (line: LedgerLine | null) => {
    const of = { zone, days: view.days, withAgent, wrong };
    if (line === null) return <WaitingCells />;
    if (line.line === 'day') return <DayCells day={line.day} />;
    if (line.line === 'gone') return <GoneCells gone={line.gone} />;
    return line.line === 'entry' ? (
      <EntryCells entry={line.entry} inGroup={line.inGroup} {...of} />
    ) : (
      <GroupCells group={line.group} {...of} />
    );
  };
  const indexes = Array.from({ length: mounted.end - mounted.start }, (_, index) => mounted.start + index);
  return (
    <div
      className="ls-body"
      data-agent={withAgent || undefined}
      data-days={view.days || undefined}
      data-sort={view.sort}
      data-grouped={view.group === 'executions' || undefined}
      data-many={overview.counts.events > 9_999 || undefined}
      data-rich={isRich(overview) || undefined}
    >
      <div className="ls-head" aria-hidden>
        {columnsOf(withAgent).map((column) => (
          <span key={column.id} className={`ls-${column.id} ${column.end === true ? 'ls-end' : ''}`}>
            {column.id === 'chain' ? '' : column.name}
          </span>
        ))}
      </div>
      <div className="ls-main" data-busy={busy || undefined}>
        <ContextMenu
          entries={() => (menuLine.current === null ? [] : lineEntries(source, menuLine.current))}
          className="ls-area"
        >
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- it has a role, and its keys are in use-statement-keys.ts */}
          <div
            ref={gridRef}
            id={id}
            className="ls-grid"
            role={view.group === 'executions' ? 'treegrid' : 'grid'}
            tabIndex={0}
            aria-label={look.group === 'executions' ? 'Executions' : 'Entries'}
            aria-rowcount={shown?.total ?? -1}
            aria-busy={busy}
            aria-readonly="true"
            data-key-scope="ledger-rows"
            data-key-default=""
            {...(active ? { 'aria-activedescendant': `${id}-${selectedAt}` } : {})}
            onClick={(event) => {
              pick(event.target);
              const line = at(event.target);
              const fold = event.target instanceof Element && event.target.closest('.ls-fold') !== null;
              if (fold && line?.line === 'group') toggleGroup(source, line.group.executionId);
            }}
            onContextMenu={(event) => {
              menuLine.current = at(event.target) ?? current();
              pick(event.target);
            }}
            onDoubleClick={(event) => {
              const line = at(event.target);
              const execution = line === null ? null : executionOf(line);
              const fold = event.target instanceof Element && event.target.closest('.ls-fold') !== null;
              if (execution !== null && !fold) openExecutionTab(source, execution);
            }}
          >
            {indexes.map((index) => {
              const line = shown === null ? null : lineAt(shown, index);
              const own = line === null ? null : lineId(line);
              return (
                <div
                  key={own ?? index}
                  id={`${id}-${index}`}
                  role="row"
                  className="ls-row"
                  data-row={index}
                  data-line={line?.line ?? 'waiting'}
                  {...(view.group === 'executions' ? levelOf(line) : {})}
                  {...(line?.line === 'entry' && line.inGroup ? { 'data-inside': '' } : {})}
                  {...(findingOf(line) === null ? {} : { 'data-finding': findingOf(line) })}
                  aria-rowindex={index + 1}
                  aria-selected={index === selectedAt && (own === selected || line?.line === 'group')}
                  style={{
                    height: scroll.rowHeight,
                    transform: `translateY(${index * scroll.rowHeight - scroll.offset}px)`,
                  }}
                >
                  {cells(line)}
                </div>
              );
            })}
          </div>
        </ContextMenu>
        <Scrollbar model={model} controls={id} label="Position in the statement" rows="Lines" />
        {over}
      </div>
      {error !== null && (
        <output className="ls-note">
          <span>
            {error.message} {error.hint}
          </span>
          <Button size="small" onClick={model.refresh}>
            Read again
          </Button>
        </output>
      )}
    </div>
  );
}

/** From a thousand dollars on an amount needs more room. */
const isRich = ({ accounts }: LedgerOverview): boolean =>
  accounts.reduce((sum, { budgetMicro }) => sum + budgetMicro, 0) >= 1e9;

/** Where a line stands in a grouped statement, for screen readers. */
function levelOf(line: LedgerLine | null) {
  if (line?.line === 'group') return { 'aria-level': 1, 'aria-expanded': line.group.isOpen };
  return { 'aria-level': line?.line === 'entry' && line.inGroup ? 2 : 1 };
}

function findingOf(line: LedgerLine | null) {
  if (line?.line === 'entry') return line.entry.finding;
  return line?.line === 'group' ? line.group.finding : null;
}
