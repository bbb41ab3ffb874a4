import { create } from 'zustand';

/** One open view. A node tab stays on its call, whatever is selected. */
export type Tab =
  | { readonly kind: 'graph'; readonly source: string }
  | { readonly kind: 'node'; readonly source: string; readonly hash: string; readonly title: string }
  | { readonly kind: 'integrity'; readonly source: string }
  /** a merge that is worked on, by branch names */
  | { readonly kind: 'merge'; readonly source: string; readonly into: string; readonly from: string }
  /** two calls by hash */
  | { readonly kind: 'compare-calls'; readonly source: string; readonly a: string; readonly b: string }
  /** two runs by ref name or hash */
  | { readonly kind: 'compare-runs'; readonly source: string; readonly a: string; readonly b: string }
  /** all agents, problems first */
  | { readonly kind: 'fleet'; readonly source: string }
  /** `agent` null: of all agents */
  | { readonly kind: 'costs'; readonly source: string; readonly agent: string | null }
  | { readonly kind: 'agent'; readonly source: string; readonly agent: string }
  /** records of a query, which `state/agents.ts` holds */
  | { readonly kind: 'runs'; readonly source: string }
  /** one record with what it started */
  | { readonly kind: 'record'; readonly source: string; readonly id: string; readonly title: string }
  | { readonly kind: 'escalations'; readonly source: string }
  | { readonly kind: 'doctor'; readonly source: string }
  /** the statement and timeline of a budget ledger */
  | { readonly kind: 'ledger'; readonly source: string }
  /** one execution of a ledger, from admission to settlement */
  | { readonly kind: 'execution'; readonly source: string; readonly id: string; readonly title: string }
  /** budgets, models, rates and tools of a ledger */
  | { readonly kind: 'accounts'; readonly source: string }
  /** what a check of a ledger found, its chain, and what a stranger can check */
  | { readonly kind: 'proof'; readonly source: string }
  /** edits of a change set whose files changed on disk meanwhile */
  | { readonly kind: 'file-merge'; readonly source: string; readonly set: string };

type TabsSlice = { readonly tabs: readonly Tab[]; readonly active: string | null };

/** The most tabs at once, so that a window with many open documents stays usable; the oldest tab of a single call or record gives way. */
const MAX_TABS = 30;
const CLOSABLE: ReadonlySet<Tab['kind']> = new Set(['node', 'record', 'execution']);

export const useTabs = create<TabsSlice>(() => ({ tabs: [], active: null }));

/** What makes a tab the same tab. */
export function tabId(tab: Tab): string {
  const id = `${tab.kind}:${tab.source}`;
  switch (tab.kind) {
    case 'node':
      return `${id}:${tab.hash}`;
    case 'costs':
      return tab.agent === null ? id : `${id}:${tab.agent}`;
    case 'agent':
      return `${id}:${tab.agent}`;
    case 'file-merge':
      return `${id}:${tab.set}`;
    case 'record':
    case 'execution':
      return `${id}:${tab.id}`;
    case 'merge':
      return `${id}:${JSON.stringify([tab.into, tab.from])}`;
    case 'compare-calls':
    case 'compare-runs':
      return `${id}:${JSON.stringify([tab.a, tab.b])}`;
    default:
      return id;
  }
}

/** Opens a view, or goes to it where it is open already. */
export function openTab(tab: Tab): void {
  const id = tabId(tab);
  useTabs.setState(({ tabs }) => {
    if (tabs.some((open) => tabId(open) === id)) return { active: id };
    const room =
      tabs.length < MAX_TABS
        ? tabs
        : tabs.filter((open) => open !== tabs.find((old) => CLOSABLE.has(old.kind)));
    return { tabs: [...room, tab], active: id };
  });
}

/** Puts a view in the place of another one; where it is open already, the other one is closed. */
export function replaceTab(old: Tab, next: Tab): void {
  const [from, to] = [tabId(old), tabId(next)];
  useTabs.setState(({ tabs }) => {
    const known = tabs.some((tab) => tabId(tab) === to);
    if (known && from !== to) return { tabs: tabs.filter((tab) => tabId(tab) !== from), active: to };
    return { tabs: tabs.map((tab) => (tabId(tab) === from ? next : tab)), active: to };
  });
}

/** Opens one call as a tab of its own. `title` is the tool's name. */
export const openNodeTab = (source: string, hash: string, title: string): void =>
  openTab({ kind: 'node', source, hash, title });

export const openGraph = (source: string): void => openTab({ kind: 'graph', source });

/** Opens the resolver of a merge, by branch names. */
export const openMerge = (source: string, into: string, from: string): void =>
  openTab({ kind: 'merge', source, into, from });

/** Opens two calls side by side. */
export const openCompareCalls = (source: string, a: string, b: string): void =>
  openTab({ kind: 'compare-calls', source, a, b });

/** Opens two runs, by ref name or hash, aligned from their fork point. */
export const openCompareRuns = (source: string, a: string, b: string): void =>
  openTab({ kind: 'compare-runs', source, a, b });

/** Opens what a check of a source found, and what can be done about it. */
export const openIntegrity = (source: string): void => openTab({ kind: 'integrity', source });

export const openFleet = (source: string): void => openTab({ kind: 'fleet', source });

/** Opens what agents cost; of one agent, or of all (null). */
export const openCosts = (source: string, agent: string | null = null): void =>
  openTab({ kind: 'costs', source, agent });

/** Opens one record of a log as a tab of its own. */
export const openRecordTab = (source: string, id: string, title: string): void =>
  openTab({ kind: 'record', source, id, title });

export const openEscalations = (source: string): void => openTab({ kind: 'escalations', source });

/** Opens the statement of a ledger. */
export const openLedger = (source: string): void => openTab({ kind: 'ledger', source });

/** Opens one execution of a ledger as a tab of its own. */
export const openExecution = (source: string, id: string, title: string): void =>
  openTab({ kind: 'execution', source, id, title });

export const openAccounts = (source: string): void => openTab({ kind: 'accounts', source });

/** Opens what a check of a ledger found, and what a stranger can check. */
export const openProof = (source: string): void => openTab({ kind: 'proof', source });

export const openDoctor = (source: string): void => openTab({ kind: 'doctor', source });

/** Opens the resolver of edits whose files changed on disk meanwhile. */
export const openFileMerge = (source: string, set: string): void =>
  openTab({ kind: 'file-merge', source, set });

export const activateTab = (id: string): void => useTabs.setState({ active: id });

/** Closes a view; its right neighbour becomes active, else its left one. */
export function closeTab(id: string): void {
  useTabs.setState(({ tabs, active }) => {
    const at = tabs.findIndex((tab) => tabId(tab) === id);
    if (at < 0) return {};
    const rest = tabs.filter((_, index) => index !== at);
    if (active !== id) return { tabs: rest };
    const next = rest[Math.min(at, rest.length - 1)];
    return { tabs: rest, active: next === undefined ? null : tabId(next) };
  });
}

/** Moves a tab by `steps` places, to the right when positive. */
export function moveTab(id: string, steps: number): void {
  useTabs.setState(({ tabs }) => {
    const from = tabs.findIndex((tab) => tabId(tab) === id);
    const tab = tabs[from];
    if (tab === undefined) return {};
    const to = Math.max(0, Math.min(tabs.length - 1, from + steps));
    const next = tabs.filter((_, index) => index !== from);
    next.splice(to, 0, tab);
    return { tabs: next };
  });
}

/** Puts a tab before or behind another one. */
export function placeTab(id: string, other: string, side: 'before' | 'behind'): void {
  useTabs.setState(({ tabs }) => {
    const tab = tabs.find((open) => tabId(open) === id);
    if (tab === undefined || id === other) return {};
    const rest = tabs.filter((open) => open !== tab);
    const at = rest.findIndex((open) => tabId(open) === other);
    if (at < 0) return {};
    return { tabs: rest.toSpliced(side === 'before' ? at : at + 1, 0, tab) };
  });
}

/** Goes to the tab `steps` places on, around the ends. */
export function cycleTab(steps: number): void {
  useTabs.setState(({ tabs, active }) => {
    if (tabs.length === 0) return {};
    const at = tabs.findIndex((tab) => tabId(tab) === active);
    const next = tabs[(at + steps + tabs.length) % tabs.length];
    return next === undefined ? {} : { active: tabId(next) };
  });
}
