import type { ComparedRow } from '../../../../contract/compare.ts';
import { markOrCompare } from '../../../app/compare.ts';
import { openCompareCalls, openNodeTab } from '../../../state/tabs.ts';
import type { MenuEntry } from '../../../ui/menu/Menu.tsx';
import { goToCall } from '../../sources/row-actions.ts';

/** Opens the two calls of a row side by side, or the one that it has. */
export function openRow(source: string, row: ComparedRow | null): void {
  if (row === null) return;
  if (row.a !== null && row.b !== null) openCompareCalls(source, row.a.hash, row.b.hash);
  else {
    const call = row.a ?? row.b;
    if (call !== null) openNodeTab(source, call.hash, call.tool);
  }
}

/** What can be done with a row; null is a fold of equal ones. */
export function rowEntries(
  source: string,
  row: ComparedRow | null,
  names: { readonly a: string; readonly b: string },
  toggle: () => void,
): readonly MenuEntry[] {
  if (row === null) return [{ label: 'Open the equal calls', keys: ' ', run: toggle }];
  const entries: MenuEntry[] = [
    {
      label: row.a !== null && row.b !== null ? 'Compare the two calls' : 'Open the call',
      keys: 'Enter',
      run: () => openRow(source, row),
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
