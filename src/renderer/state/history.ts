import { create } from 'zustand';
import { getSelection, onSelection, revealCall } from './selection.ts';
import { openTab, tabId, useTabs, type Tab } from './tabs.ts';

/** A place the person was at: the tab in front and the call they had jumped to. */
type Place = { readonly tab: Tab; readonly hash: string | null };

type HistorySlice = { readonly past: readonly Place[]; readonly future: readonly Place[] };

/** The most places kept. */
const MAX_PLACES = 100;

/** Where the person was, for Back and Forward. Jumps and changes of the tab count, walking along rows does not. */
export const useHistory = create<HistorySlice>(() => ({ past: [], future: [] }));

let here: Place | null = null;
let reveal = 0;
let moving = false;

function currentPlace(): Place | null {
  const { tabs, active } = useTabs.getState();
  const tab = tabs.find((open) => tabId(open) === active);
  const selection = getSelection();
  if (tab === undefined) return null;
  return { tab, hash: selection?.source === tab.source ? selection.hash : null };
}

function note(): void {
  const next = currentPlace();
  const left = here;
  here = next;
  if (moving || left === null || next === null) return;
  if (tabId(left.tab) === tabId(next.tab) && left.hash === next.hash) return;
  useHistory.setState(({ past }) => ({ past: [...past, left].slice(-MAX_PLACES), future: [] }));
}

/** Begins to note places. */
export function followHistory(): void {
  useTabs.subscribe((state, before) => state.active !== before.active && note());
  onSelection((selection) => {
    if (selection === null || selection.reveal === reveal) {
      here = currentPlace();
      return;
    }
    reveal = selection.reveal;
    note();
  });
}

/** Forgets every place, since another folder is open. */
export function clearHistory(): void {
  here = null;
  useHistory.setState({ past: [], future: [] });
}

function go(to: Place): void {
  moving = true;
  openTab(to.tab);
  if (to.hash !== null) revealCall(to.tab.source, to.hash);
  moving = false;
  here = to;
}

/** Goes back to the place before. */
export function goBack(): void {
  const { past, future } = useHistory.getState();
  const to = past.at(-1);
  if (to === undefined) return;
  useHistory.setState({ past: past.slice(0, -1), future: here === null ? future : [here, ...future] });
  go(to);
}

/** Goes forward again after `goBack`. */
export function goForward(): void {
  const { past, future } = useHistory.getState();
  const to = future[0];
  if (to === undefined) return;
  useHistory.setState({ past: here === null ? past : [...past, here], future: future.slice(1) });
  go(to);
}
