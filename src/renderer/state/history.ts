import { create } from 'zustand';
import { onRuns, runsOf, setRuns, type RunsState } from './runs.ts';
import { getSelection, onSelection, revealCall } from './selection.ts';
import { openTab, tabId, useTabs, type Tab } from './tabs.ts';

/** A place the person was at: the tab in front and the call they had jumped to, or what they asked of the runs. */
type Place = {
  readonly tab: Tab;
  readonly hash: string | null;
  readonly runs: Pick<RunsState, 'query' | 'sort' | 'bad'> | null;
};

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
  const hash = selection?.source === tab.source ? selection.hash : null;
  if (tab.kind !== 'runs') return { tab, hash, runs: null };
  const { query, sort, bad } = runsOf(tab.source);
  return { tab, hash, runs: { query, sort, bad } };
}

function note(next: Place | null = currentPlace()): void {
  const left = here;
  here = next;
  if (moving || left === null || next === null) return;
  const same = tabId(left.tab) === tabId(next.tab) && left.hash === next.hash;
  if (same && JSON.stringify(left.runs) === JSON.stringify(next.runs)) return;
  useHistory.setState(({ past }) => ({ past: [...past, left].slice(-MAX_PLACES), future: [] }));
}

/** A query that is being typed is a place once it stands still this long, in ms. */
const SETTLED_MS = 900;
let settling: { readonly place: Place; readonly timer: ReturnType<typeof setTimeout> } | null = null;

/** Notes a query that was typed, which may not have stood still long enough for that. */
function settle(): void {
  if (settling === null) return;
  clearTimeout(settling.timer);
  const { place } = settling;
  settling = null;
  note(place);
}

function onQuery(): void {
  if (moving) return;
  if (settling !== null) clearTimeout(settling.timer);
  const place = currentPlace();
  settling = place === null || place.runs === null ? null : { place, timer: setTimeout(settle, SETTLED_MS) };
}

/** Begins to note places. */
export function followHistory(): void {
  onRuns(onQuery);
  useTabs.subscribe((state, before) => {
    if (state.active === before.active) return;
    settle();
    note();
  });
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
  if (settling !== null) clearTimeout(settling.timer);
  settling = null;
  here = null;
  useHistory.setState({ past: [], future: [] });
}

function go(to: Place): void {
  moving = true;
  if (to.runs !== null) setRuns(to.tab.source, to.runs);
  openTab(to.tab);
  if (to.hash !== null) revealCall(to.tab.source, to.hash);
  moving = false;
  here = to;
}

/** Goes back to the place before. */
export function goBack(): void {
  settle();
  const { past, future } = useHistory.getState();
  const to = past.at(-1);
  if (to === undefined) return;
  useHistory.setState({ past: past.slice(0, -1), future: here === null ? future : [here, ...future] });
  go(to);
}

/** Goes forward again after `goBack`. */
export function goForward(): void {
  settle();
  const { past, future } = useHistory.getState();
  const to = future[0];
  if (to === undefined) return;
  useHistory.setState({ past: here === null ? past : [...past, here], future: future.slice(1) });
  go(to);
}
