import type { CallRow } from '../../../contract/vek.ts';
import { compareSideBySide, markOrCompare } from '../../app/compare.ts';
import { openAction } from '../../state/action-form.ts';
import { toast } from '../../state/toasts.ts';
import { useOverview } from '../../state/workspace.ts';
import { useShortcuts, type Shortcut } from '../../ui/keyboard.ts';
import { copyCall } from '../copy/copy-call.ts';

type Keys = {
  readonly source: string;
  readonly row: CallRow;
  readonly where: 'inspector' | 'tab';
  readonly onStep: ((by: 1 | -1) => void) | null;
};

/** How the sheet of keys names the place where they hold: the inspector, or the tab of a call. */
export const CALL_SCOPE = 'Panel of a call';

/** The keys of a panel with one call. Returns the name of their scope. */
export function useNodeKeys({ source, row, where, onStep }: Keys): string {
  const blocked = useOverview(source).value?.readOnlyReason ?? null;
  const name = `node-${where}`;
  const write = (run: () => void) => () => {
    if (blocked === null) run();
    else toast({ kind: 'note', title: 'Nothing can be written here', text: blocked });
  };
  useShortcuts({ name, label: CALL_SCOPE }, [
    {
      keys: 'f',
      label: 'Fork from the call',
      run: write(() => openAction(source, { kind: 'fork', at: row.hash })),
    },
    {
      keys: 't',
      label: 'Tag the call',
      run: write(() => openAction(source, { kind: 'tag', at: row.hash })),
    },
    ...callKeys(() => ({ source, hash: row.hash, tool: row.tool })),
    ...(onStep === null
      ? []
      : [
          { keys: '[', label: 'Call above in the graph', run: () => onStep(-1) },
          { keys: ']', label: 'Call below in the graph', run: () => onStep(1) },
        ]),
  ]);
  return name;
}

type Call = { readonly source: string; readonly hash: string; readonly tool: string };

/** The keys that mark, compare and copy a call, wherever it is shown. */
export function callKeys(call: () => Call | null): readonly Shortcut[] {
  const on = (run: (call: Call) => void) => () => {
    const at = call();
    if (at !== null) run(at);
  };
  return [
    {
      keys: 'c',
      label: 'Mark the call, or compare it with the marked one',
      run: on(({ source, hash, tool }) => markOrCompare(source, hash, tool)),
    },
    {
      keys: 'shift+c',
      label: 'Compare the call side by side with the marked one',
      run: on(({ source, hash }) => compareSideBySide(source, hash)),
    },
    {
      keys: 'mod+c',
      label: 'Copy the hash of the call',
      run: on(({ source, hash }) => void copyCall(source, hash, 'hash')),
      // what a person has selected is what the system copies
      when: () => call() !== null && window.getSelection()?.isCollapsed !== false,
    },
    {
      keys: 'l',
      label: 'Copy a link to the call',
      run: on(({ source, hash }) => void copyCall(source, hash, 'link')),
    },
    {
      keys: 'y',
      label: 'Copy the call as JSON',
      run: on(({ source, hash }) => void copyCall(source, hash, 'json')),
    },
  ];
}
