import type { RefObject } from 'react';
import { selectRecord } from '../../state/agents.ts';
import { openContextMenu } from '../../ui/menu/Menu.tsx';
import { useShortcuts } from '../../ui/keyboard.ts';
import { pageRows } from '../graph/scroll.ts';
import { visibleRows } from '../graph/window.ts';
import { copyLine } from './export.ts';
import { openRecord } from './open.ts';
import type { RecordsModel } from './table/model.ts';
import { rowAt } from './table/windows.ts';

const VIEW = { name: 'runs', label: 'Runs' };
const ROWS = { name: 'runs-rows', label: 'Runs' };

/** The keys of the table of records. */
export function useRunKeys(
  source: string,
  model: RecordsModel,
  field: RefObject<HTMLInputElement | null>,
): void {
  const go = async (row: number) => {
    const found = await model.go(row);
    if (found !== null) selectRecord(source, found.id);
  };
  const step = (by: number) => () => {
    const { selectedAt, scroll } = model.get();
    void go(selectedAt === null ? visibleRows(scroll).start : selectedAt + by);
  };
  const page = () => pageRows(model.get().scroll);
  const current = () => {
    const { shown, selectedAt } = model.get();
    return shown === null || selectedAt === null ? null : rowAt(shown, selectedAt);
  };
  useShortcuts(VIEW, [{ keys: '/', label: 'Query', run: () => field.current?.focus() }]);
  useShortcuts(ROWS, [
    { keys: ['ArrowDown', 'j'], label: 'Next record', run: step(1) },
    { keys: ['ArrowUp', 'k'], label: 'Previous record', run: step(-1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => step(page())() },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => step(-page())() },
    { keys: 'Home', label: 'First record', run: () => void go(0) },
    { keys: 'End', label: 'Last record', run: () => void go((model.get().shown?.total ?? 1) - 1) },
    {
      keys: 'Enter',
      label: 'Open the record',
      when: () => current() !== null,
      run: () => {
        const row = current();
        if (row !== null) openRecord(source, row);
      },
    },
    {
      keys: 'mod+c',
      label: 'Copy the line of the record',
      when: () => current() !== null && window.getSelection()?.isCollapsed !== false,
      run: () => {
        const row = current();
        if (row !== null) void copyLine(source, row.id);
      },
    },
    {
      keys: '.',
      label: 'What you can do with the record',
      run: () => {
        const { selectedAt } = model.get();
        const element = document.querySelector(`.ru-grid [data-row="${selectedAt}"]`);
        if (element !== null) openContextMenu(element);
      },
    },
  ]);
}
