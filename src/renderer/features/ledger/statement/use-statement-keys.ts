import type { RefObject } from 'react';
import { verifyLedger } from '../../../app/ledger-check.ts';
import { lookOf, setLook } from '../../../state/ledgers.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { openContextMenu } from '../../../ui/menu/Menu.tsx';
import { pageRows } from '../../graph/scroll.ts';
import { visibleRows } from '../../graph/window.ts';
import { executionOf, openExecutionTab } from '../open.ts';
import { copyEntry } from '../export.ts';
import type { StatementModel } from './model.ts';
import { selectionOfLine, toggleGroup } from './select.ts';
import { lineAt } from './windows.ts';

export const LEDGER_SCOPE = { name: 'ledger', label: 'Ledger' };
const ROWS = { name: 'ledger-rows', label: 'Ledger' };

type Keys = {
  readonly source: string;
  readonly model: StatementModel;
  readonly field: RefObject<HTMLInputElement | null>;
  /** goes to the next finding (1) or the one before (-1) */
  readonly onFinding: (by: 1 | -1) => void;
};

/** The keys of the ledger's view and of the lines of its statement. */
export function useStatementKeys({ source, model, field, onFinding }: Keys): void {
  const go = async (at: number, over: 1 | -1 = 1) => {
    let found = await model.go(at);
    // a day has nothing to show: the line behind it is meant
    if (found?.line === 'day') found = await model.go(at + over);
    if (found?.line === 'day') found = await model.go(at - over);
    const selected = found === null ? null : selectionOfLine(found);
    if (selected !== null) setLook(source, { selected });
  };
  const step = (by: number) => {
    const { selectedAt, scroll } = model.get();
    void go(selectedAt === null ? visibleRows(scroll).start : selectedAt + by, by < 0 ? -1 : 1);
  };
  const page = () => pageRows(model.get().scroll);
  const current = () => {
    const { shown, selectedAt } = model.get();
    return shown === null || selectedAt === null ? null : lineAt(shown, selectedAt);
  };
  const group = () => {
    const line = current();
    return line?.line === 'group' ? line.group : null;
  };
  const execution = () => {
    const line = current();
    return line === null ? null : executionOf(line);
  };
  useShortcuts(LEDGER_SCOPE, [
    { keys: '/', label: 'Filter', run: () => field.current?.focus() },
    { keys: [']', 'n'], label: 'Next finding', run: () => onFinding(1) },
    { keys: ['[', 'p'], label: 'Previous finding', run: () => onFinding(-1) },
    {
      keys: 'g',
      label: 'Group by execution, or not',
      run: () => setLook(source, { group: lookOf(source).group === 'entries' ? 'executions' : 'entries' }),
    },
    { keys: 'v', label: 'Verify', run: () => void verifyLedger(source) },
    {
      keys: 't',
      label: 'Show or hide the timeline',
      run: () => setLook(source, { timeline: !lookOf(source).timeline }),
    },
  ]);
  useShortcuts(ROWS, [
    { keys: ['ArrowDown', 'j'], label: 'Next line', run: () => step(1) },
    { keys: ['ArrowUp', 'k'], label: 'Previous line', run: () => step(-1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => step(page()) },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => step(-page()) },
    { keys: 'Home', label: 'First line', run: () => void go(0) },
    { keys: 'End', label: 'Last line', run: () => void go((model.get().shown?.total ?? 1) - 1, -1) },
    {
      keys: 'Enter',
      label: 'Open the execution',
      when: () => execution() !== null,
      run: () => {
        const id = execution();
        if (id !== null) openExecutionTab(source, id);
      },
    },
    {
      keys: ['ArrowRight', ' '],
      label: 'Unfold the execution',
      when: () => group()?.isOpen === false,
      run: () => {
        const found = group();
        if (found !== null) toggleGroup(source, found.executionId, true);
      },
    },
    {
      keys: ['ArrowLeft', ' '],
      label: 'Fold the execution',
      when: () => group()?.isOpen === true,
      run: () => {
        const found = group();
        if (found !== null) toggleGroup(source, found.executionId, false);
      },
    },
    {
      keys: 'mod+c',
      label: 'Copy the entry as JSON',
      when: () => current()?.line === 'entry' && window.getSelection()?.isCollapsed !== false,
      run: () => {
        const line = current();
        if (line?.line === 'entry') void copyEntry(source, line.entry.seq);
      },
    },
    {
      keys: '.',
      label: 'What you can do with the line',
      run: () => {
        const { selectedAt } = model.get();
        const element = document.querySelector(`.ls-grid [data-row="${selectedAt}"]`);
        if (element !== null) openContextMenu(element);
      },
    },
  ]);
}
