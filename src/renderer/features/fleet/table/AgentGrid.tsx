/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import type { AgentBrief } from '../../../../contract/fleet.ts';
import { openAgent } from '../../../state/agents.ts';
import { useSettings } from '../../../state/settings.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { ContextMenu, openContextMenu } from '../../../ui/menu/Menu.tsx';
import { agentEntries } from '../entries.ts';
import type { FleetForm } from '../kept.ts';
import { setFleetForm } from '../state.ts';
import { COLUMNS, type FleetColumn } from './columns.tsx';

const SCOPE = { name: 'fleet', label: 'Fleet' };

type Props = {
  readonly source: string;
  readonly agents: readonly AgentBrief[];
  /** all agents, whatever the filter lets through */
  readonly form: FleetForm;
  readonly selected: string | null;
};

/** All agents with what each needs, problems first. Only the rows in sight are drawn. */
export function AgentGrid({ source, agents, form, selected }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSettings((state) => state.uiSize);
  const row = 2 * size + 18;
  const at = Math.max(
    0,
    agents.findIndex(({ name }) => name === selected),
  );
  const current = agents[at];
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: agents.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => row,
    getItemKey: (index) => agents[index]?.name ?? index,
    overscan: 6,
    scrollPaddingStart: 2 * size + 14,
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), at])]
          .filter((index) => index < range.count)
          .toSorted((a, b) => a - b),
      [at],
    ),
  });
  useEffect(() => virtual.measure(), [virtual, row]);
  const go = (index: number) => {
    const next = Math.max(0, Math.min(agents.length - 1, index));
    const agent = agents[next];
    if (agent === undefined) return;
    setFleetForm(source, { agent: agent.name });
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const openMenu = () => {
    const element = scroll.current?.querySelector(`[data-row="${at}"]`);
    if (element !== null && element !== undefined) openContextMenu(element);
  };
  useShortcuts(SCOPE, [
    { keys: 'ArrowDown', label: 'Next agent', run: () => go(at + 1) },
    { keys: 'ArrowUp', label: 'Previous agent', run: () => go(at - 1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => go(at + 8) },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => go(at - 8) },
    { keys: 'Home', label: 'First agent', hidden: true, run: () => go(0) },
    { keys: 'End', label: 'Last agent', hidden: true, run: () => go(agents.length - 1) },
    {
      keys: 'Enter',
      label: 'Open the agent',
      run: () => current !== undefined && openAgent(source, current.name),
    },
    { keys: '.', label: 'What can be done with the agent', run: openMenu },
  ]);
  return (
    <ContextMenu
      entries={() => (current === undefined ? [] : agentEntries(source, current))}
      className="fl-area"
    >
      <div
        ref={scroll}
        role="grid"
        tabIndex={0}
        className="fl-grid"
        style={{ '--fl-columns': COLUMNS.map(({ width }) => width).join(' ') } as React.CSSProperties}
        aria-label="Agents"
        aria-rowcount={agents.length + 1}
        aria-readonly="true"
        data-key-scope={SCOPE.name}
        data-key-default=""
        {...(current === undefined ? {} : { 'aria-activedescendant': rowId(source, at) })}
      >
        <div role="row" aria-rowindex={1} className="fl-row fl-head-row">
          {COLUMNS.map((column) => (
            <Head key={column.id} source={source} column={column} form={form} />
          ))}
        </div>
        {agents.length === 0 && (
          <div role="row" className="fl-nothing">
            <span role="gridcell">No agent fits the filter.</span>
          </div>
        )}
        <div role="rowgroup" className="fl-body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key, size: height }) => {
            const agent = agents[index];
            if (agent === undefined) return null;
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the grid are in the window's registry
              <div
                key={key}
                id={rowId(source, index)}
                role="row"
                tabIndex={-1}
                data-row={index}
                className="fl-row fl-agent"
                aria-rowindex={index + 2}
                aria-selected={index === at}
                style={{ transform: `translateY(${start}px)`, height }}
                onClick={() => go(index)}
                onContextMenu={() => go(index)}
                onDoubleClick={() => openAgent(source, agent.name)}
              >
                {COLUMNS.map((column) => (
                  <span key={column.id} role="gridcell" className={`fl-cell ${column.end ? 'fl-end' : ''}`}>
                    {column.cell({ source, agent, active: index === at })}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}

const rowId = (source: string, index: number): string => `fleet-${source}-${index}`;

type HeadProps = { readonly source: string; readonly column: FleetColumn; readonly form: FleetForm };

/** The head of a column: pressed once, its order; pressed again, the other way round. */
function Head({ source, column, form }: HeadProps) {
  const here = form.sort === column.id;
  // names rise, figures fall
  const falling = here && (column.id === 'agent' ? form.back : !form.back);
  const Arrow = falling ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      className={column.end === true ? 'fl-end' : ''}
      aria-sort={here ? (falling ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="fl-sort"
        onClick={() => setFleetForm(source, { sort: column.id, back: here && !form.back })}
      >
        {column.label}
        {here && <Arrow className="icon" size={12} aria-hidden />}
      </button>
    </span>
  );
}
