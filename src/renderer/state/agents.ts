import { create } from 'zustand';
import { loadPart, savePart } from './persist.ts';
import { openTab } from './tabs.ts';

export { openBadLines, openRuns, setRuns, useRuns } from './runs.ts';

/** The place in an agent's view: a page, and the item in it (a path, or an id of that page). */
export type AgentPlace = { readonly page: string; readonly item: string | null };

export const FIRST_PLACE: AgentPlace = { page: 'overview', item: null };

type AgentsSlice = {
  /** by source, then agent */
  readonly places: Readonly<Record<string, AgentPlace>>;
  /** the record that the inspector shows, by source */
  readonly selected: Readonly<Record<string, string>>;
  /** the day that figures are made for, by source; none: today */
  readonly asOf: Readonly<Record<string, string>>;
};

const store = create<AgentsSlice>(() => ({ places: {}, selected: {}, asOf: {} }));

const placeKey = (source: string, agent: string): string => JSON.stringify([source, agent]);

export const usePlace = (source: string, agent: string): AgentPlace =>
  store((state) => state.places[placeKey(source, agent)] ?? FIRST_PLACE);

/** The same, outside of views. */
export const placeOf = (source: string, agent: string): AgentPlace =>
  store.getState().places[placeKey(source, agent)] ?? FIRST_PLACE;

/** Where each agent's view is; another object after any of them went elsewhere. */
export const placesNow = (): AgentsSlice['places'] => store.getState().places;

/** Runs `listener` after an agent's view went elsewhere. */
export const onPlace = (listener: () => void): (() => void) =>
  store.subscribe(({ places }, before) => {
    if (places !== before.places) listener();
  });

export function setPlace(source: string, agent: string, place: AgentPlace): void {
  store.setState(({ places }) => ({ places: { ...places, [placeKey(source, agent)]: place } }));
}

/** Opens an agent, at a place of its view where one is named. */
export function openAgent(source: string, agent: string, place?: AgentPlace): void {
  if (place !== undefined) setPlace(source, agent, place);
  openTab({ kind: 'agent', source, agent });
}

/** The record that the inspector shows, or null. */
export const useSelectedRecord = (source: string | null): string | null =>
  store((state) => (source === null ? null : (state.selected[source] ?? null)));

/** The same, outside of views. */
export const selectedRecord = (source: string): string | null => store.getState().selected[source] ?? null;

export function selectRecord(source: string, id: string | null): void {
  store.setState(({ selected }) => {
    const { [source]: _before, ...others } = selected;
    return { selected: id === null ? others : { ...others, [source]: id } };
  });
}

const asOfPart = (source: string): string => `as-of ${source}`;

/** The day that figures of a source are made for; null: today. */
export function useAsOf(source: string): string | null {
  const known = store((state) => state.asOf[source]) ?? loadPart(asOfPart(source)) ?? '';
  return known === '' ? null : known;
}

/** The same, outside of views. */
export function asOfDay(source: string): string | null {
  const known = store.getState().asOf[source] ?? loadPart(asOfPart(source)) ?? '';
  return known === '' ? null : known;
}

/** Makes figures of a source for a day; null: for today. Kept for this source. */
export function setAsOf(source: string, day: string | null): void {
  savePart(asOfPart(source), day ?? '');
  store.setState(({ asOf }) => ({ asOf: { ...asOf, [source]: day ?? '' } }));
}
