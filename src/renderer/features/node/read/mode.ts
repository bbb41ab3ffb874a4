import { create } from 'zustand';
import { announce } from '../../../ui/announce.ts';
import { loadPart, savePart } from '../../../state/persist.ts';

export type ReadMode = 'read' | 'json';
/** What to do in the JSON of one text: bring a line into view, or open the search. */
export type CodeAct = { readonly line: number } | 'find';
type Look = { readonly at: string; readonly act: CodeAct };

const store = create<{ readonly mode: ReadMode | null; readonly look: Look | null }>(() => ({
  mode: null,
  look: null,
}));

const modeOf = (mode: ReadMode | null): ReadMode =>
  mode ?? (loadPart('read-mode') === 'json' ? 'json' : 'read');

/** Whether contents are shown in their readable form, where they have one, or as JSON; kept for the next start. */
export const useReadMode = (): ReadMode => store((state) => modeOf(state.mode));

/** The act of a look at the JSON of the text at this place, null when there is none. */
export const useLook = (at: string): CodeAct | null =>
  store((state) => (state.look?.at === at ? state.look.act : null));

export function setReadMode(mode: ReadMode): void {
  store.setState({ mode, look: null });
  savePart('read-mode', mode);
}

/** Shows the JSON of one text for now, from a part of its readable form; `J` leads back. */
export const lookAtJson = (at: string, act: CodeAct): void => store.setState({ look: { at, act } });

/** Ends the look at a text that is no longer shown. */
export function leaveLook(at: string): void {
  if (store.getState().look?.at === at) store.setState({ look: null });
}

/** Turns every content to the other form; while one is looked at as JSON, it goes back. */
export function toggleReadMode(): void {
  const { mode, look } = store.getState();
  if (look !== null) store.setState({ look: null });
  else setReadMode(modeOf(mode) === 'read' ? 'json' : 'read');
  announce(modeOf(store.getState().mode) === 'read' ? 'Readable form' : 'JSON');
}
