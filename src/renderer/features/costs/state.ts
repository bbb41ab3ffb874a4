import { useMemo } from 'react';
import { create } from 'zustand';
import type { CostReport } from '../../../contract/costs.ts';
import type { DayRange } from '../../../contract/records.ts';
import { loadPart, savePart } from '../../state/persist.ts';
import { readSettings, type CostSettings } from './kept.ts';

type CostsSlice = {
  readonly settings: Readonly<Record<string, CostSettings>>;
  /** the stretch that is brushed, by view */
  readonly brushes: Readonly<Record<string, DayRange>>;
  /** the agent whose caps are open, by view */
  readonly caps: Readonly<Record<string, string>>;
};

const store = create<CostsSlice>(() => ({ settings: {}, brushes: {}, caps: {} }));

const partOf = (source: string): string => `costs ${source}`;

/** What makes a cost view the same one. */
export const viewKey = (source: string, agent: string | null): string => JSON.stringify([source, agent]);

/** How costs of a source are shown. */
export function useCostSettings(source: string): CostSettings {
  const known = store((state) => state.settings[source]);
  const kept = known === undefined ? loadPart(partOf(source)) : null;
  const read = useMemo(() => readSettings(kept), [kept]);
  return known ?? read;
}

/** Changes how costs of a source are shown, and keeps it. */
export function setCostSettings(source: string, change: Partial<CostSettings>): void {
  const before = store.getState().settings[source] ?? readSettings(loadPart(partOf(source)));
  const after = { ...before, ...change };
  savePart(partOf(source), JSON.stringify(after));
  store.setState(({ settings }) => ({ settings: { ...settings, [source]: after } }));
}

/** The stretch of the chart that figures and tables are of; null: all of it. */
export const useBrush = (view: string): DayRange | null => store((state) => state.brushes[view] ?? null);

/** Brushes a stretch of the chart; null: none. */
export function setBrush(view: string, range: DayRange | null): void {
  store.setState(({ brushes }) => {
    const { [view]: _before, ...others } = brushes;
    return { brushes: range === null ? others : { ...others, [view]: range } };
  });
}

/** The agent whose caps are open in a view, or null. */
export const useOpenCaps = (view: string): string | null => store((state) => state.caps[view] ?? null);

/** Opens the caps of an agent in a view; null: closes them. */
export function setOpenCaps(view: string, agent: string | null): void {
  store.setState(({ caps }) => {
    const { [view]: _before, ...others } = caps;
    return { caps: agent === null ? others : { ...others, [view]: agent } };
  });
}

const scrolled = new Map<string, number>();

/** Where a view was scrolled to when it was left. */
export const scrolledTo = (view: string): number => scrolled.get(view) ?? 0;
export const rememberScroll = (view: string, top: number): void => void scrolled.set(view, top);

/** How many reports are kept for views that a person comes back to; each holds its days, a few kilobytes. */
const MAX_REPORTS = 8;
const reports = new Map<string, CostReport>();

/** Keeps the last answer to a question, so that a view stands at once when it is opened again. */
export function rememberReport(question: string, report: CostReport): void {
  reports.delete(question);
  reports.set(question, report);
  const oldest = reports.keys().next().value;
  if (reports.size > MAX_REPORTS && oldest !== undefined) reports.delete(oldest);
}

/** The last answer to a question, which may have changed since; null: none is kept. */
export const knownReport = (question: string): CostReport | null => reports.get(question) ?? null;
