import type { RefObject } from 'react';
import { openAction } from '../../state/action-form.ts';
import { openNodeTab } from '../../state/tabs.ts';
import { useShortcuts, type Scope, type Shortcut } from '../../ui/keyboard.ts';
import { openContextMenu } from '../../ui/menu/Menu.tsx';
import { askToMerge } from '../merge/preview/ask.ts';
import type { Cursor } from './cursor.ts';
import { rowElementId } from './nodes.ts';
import type { ViewActions } from './view-actions.ts';

const VIEW: Scope = { name: 'graph', label: 'Graph' };
const ROWS: Scope = { name: 'graph-rows', label: 'Graph' };

type Keys = {
  readonly source: string;
  readonly cursor: Cursor;
  readonly blocked: string | null;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly focusFilter: () => void;
  readonly jump: () => void;
  readonly actions: ViewActions;
  readonly say: (text: string) => void;
};

/** The keys of the graph (design/look.md §4.1), in the window's one registry. */
export function useGraphKeys(keys: Keys): void {
  const { source, cursor, grid, actions } = keys;
  const withCall = (run: (hash: string, tool: string) => void) => () => {
    const call = cursor.current();
    if (call === null) keys.say('Select a call first.');
    else run(call.hash, call.tool);
  };
  const write = (run: (hash: string) => void) =>
    withCall((hash) => {
      if (keys.blocked === null) run(hash);
      else keys.say(keys.blocked);
    });

  const merge = () => {
    const names = cursor.current()?.refs.filter((ref) => ref.kind === 'branch' && !ref.head) ?? [];
    askToMerge(source, names[0]?.name ?? null);
  };

  const openMenu = withCall((hash) => {
    const row = grid.current?.querySelector(`#${rowElementId(hash)}`);
    if (row !== null && row !== undefined) openContextMenu(row);
  });

  useShortcuts(VIEW, [
    { keys: '/', label: 'Filter', run: keys.focusFilter },
    { keys: ['#', 'g'], label: 'Go to a hash', run: keys.jump },
    { keys: 'mod+f', label: 'Focus on the branch of the call', run: () => actions.focusCall('only') },
    {
      keys: 'mod+shift+f',
      label: 'Add the branch of the call to the focus',
      run: () => actions.focusCall('add'),
    },
    { keys: 'r', label: 'Fold or unfold all runs', run: actions.fold },
    { keys: 'e', label: 'Only failed calls, or all', run: actions.failed },
    { keys: 'Escape', label: 'Out of the filter, the focus, the selection', run: actions.back },
  ]);

  // a key that comes while nothing, or what stands around the rows, has the focus gives it to them: they are read out
  const onRows = (list: readonly Shortcut[]): readonly Shortcut[] =>
    list.map((shortcut) => ({
      ...shortcut,
      run: (event) => {
        if (document.activeElement?.contains(grid.current) !== false) grid.current?.focus();
        shortcut.run(event);
      },
    }));

  useShortcuts(
    ROWS,
    onRows([
      { keys: ['ArrowDown', 'j'], label: 'Next row', run: () => void cursor.move(1) },
      { keys: ['ArrowUp', 'k'], label: 'Previous row', run: () => void cursor.move(-1) },
      { keys: 'ArrowLeft', label: 'Parent', run: () => void cursor.step('parent') },
      { keys: 'shift+ArrowLeft', label: 'Second parent of a merge', run: () => void cursor.stepMerge() },
      { keys: 'ArrowRight', label: 'What came after', run: () => void cursor.step('child') },
      { keys: 'PageDown', label: 'A page down', run: () => void cursor.move('page-down') },
      { keys: 'PageUp', label: 'A page up', run: () => void cursor.move('page-up') },
      { keys: 'Home', label: 'Newest call', run: () => void cursor.move('first') },
      { keys: 'End', label: 'Oldest call', run: () => void cursor.move('last') },
      { keys: ' ', label: 'Fold or unfold the run', run: () => actions.stretch(null) },
      {
        keys: 'Enter',
        label: 'Open the call; unfold a run',
        run: withCall((hash, tool) => {
          if (cursor.current()?.fold !== null) actions.stretch(null);
          else openNodeTab(source, hash, tool);
        }),
      },
      {
        keys: 'f',
        label: 'Fork from the call',
        run: write((at) => openAction(source, { kind: 'fork', at })),
      },
      { keys: 't', label: 'Tag the call', run: write((at) => openAction(source, { kind: 'tag', at })) },
      {
        keys: 'b',
        label: 'New branch at the call',
        run: write((at) => openAction(source, { kind: 'create-branch', at })),
      },
      { keys: 'm', label: 'Merge the branch into the current one', run: merge },
      { keys: '.', label: 'Actions on the call', run: openMenu },
      { keys: ['ContextMenu', 'shift+F10'], label: 'Actions on the call', run: openMenu, hidden: true },
    ]),
  );
}
