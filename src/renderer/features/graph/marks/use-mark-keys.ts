import { ChevronDown, ChevronUp, Map as MapIcon, SearchX } from 'lucide-react';
import { useCallback } from 'react';
import { useCommands } from '../../../app/commands.ts';
import { setSettings, useSettings } from '../../../state/settings.ts';
import { announce } from '../../../ui/announce.ts';
import { formatCount } from '../../../ui/format.ts';
import { keyNames, useShortcuts, type Scope } from '../../../ui/keyboard.ts';
import type { Cursor } from '../cursor.ts';
import { graphOf } from '../sources.ts';
import { visibleRows } from '../window.ts';
import { scaleOf } from '../zoom/sources.ts';
import { searchFailures } from './failures.ts';
import { findMark } from './find-mark.ts';

const VIEW: Scope = { name: 'graph', label: 'Graph' };
type Kind = 'failed' | 'damaged';

/** Keys and commands that lead from one failed or damaged call to the next. */
export function useMarkKeys(
  source: string,
  cursor: Cursor,
  selectedRow: number | null,
  say: (text: string) => void,
): void {
  const go = useCallback(
    async (kinds: readonly Kind[], to: 'down' | 'up') => {
      const { view, scroll, shown } = graphOf(source).get();
      if (shown === null) return;
      const from = selectedRow ?? visibleRows(scroll).start - (to === 'down' ? 1 : 0);
      const { strip } = scaleOf(source);
      const { signal } = new AbortController();
      const found = await findMark(
        (start, count, buckets) => strip(view, start, count, buckets, signal),
        kinds,
        from,
        shown.total,
        to,
      );
      if (found.state === 'found') {
        cursor.go(found.mark.row);
        announce(`${found.mark.kind} call, ${found.mark.label}, row ${formatCount(found.mark.row + 1)}`);
      } else if (found.state === 'error') say(found.error.message);
      else say(none(kinds, to, found.unknown));
    },
    [source, cursor, selectedRow, say],
  );
  const minimap = useSettings((settings) => settings.minimap);

  const any: readonly Kind[] = ['failed', 'damaged'];
  useShortcuts(VIEW, [
    { keys: [']', 'F8'], label: 'Next failed or damaged call', run: () => void go(any, 'down') },
    { keys: ['[', 'shift+F8'], label: 'Previous failed or damaged call', run: () => void go(any, 'up') },
  ]);
  const group = 'Actions';
  useCommands(() => [
    {
      id: 'graph-next-failed',
      group,
      label: 'Next failed call',
      icon: ChevronDown,
      run: () => void go(['failed'], 'down'),
    },
    {
      id: 'graph-previous-failed',
      group,
      label: 'Previous failed call',
      icon: ChevronUp,
      run: () => void go(['failed'], 'up'),
    },
    {
      id: 'graph-next-damaged',
      group,
      label: 'Next damaged call',
      icon: ChevronDown,
      run: () => void go(['damaged'], 'down'),
    },
    {
      id: 'graph-previous-damaged',
      group,
      label: 'Previous damaged call',
      icon: ChevronUp,
      run: () => void go(['damaged'], 'up'),
    },
    {
      id: 'graph-search-failed',
      group,
      label: 'Search for failed calls',
      icon: SearchX,
      run: () => void searchFailures(source),
    },
    {
      id: 'graph-map',
      group,
      label: minimap ? 'Hide the map of the graph' : 'Show the map of the graph',
      icon: MapIcon,
      run: () => setSettings({ minimap: !minimap }),
    },
  ]);
}

/** Why there was nothing to go to, and what can be done. */
function none(kinds: readonly Kind[], to: 'down' | 'up', unknown: boolean): string {
  const where = to === 'down' ? 'below' : 'above';
  const what = kinds.length > 1 ? 'failed or damaged' : kinds[0];
  if (!unknown) return `There is no ${what} call ${where}.`;
  const damaged = kinds.includes('damaged') ? `There is no damaged call ${where}. ` : '';
  return `${damaged}Failed calls were not searched for yet: press ${keyNames('mod+k').join(' ')} and choose “Search for failed calls”.`;
}
