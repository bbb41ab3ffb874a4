import { useMemo, useSyncExternalStore } from 'react';
import { rowAt } from '../chunks.ts';
import type { GraphModel, GraphState } from '../model.ts';
import { visibleRows } from '../window.ts';
import { drawsRows } from './zoom.ts';

/** How long rows are still drawn after zooming in, while their contents are read, in ms. */
const WAIT_MS = 250;

type Mode = 'rows' | 'drawn';

/**
 * Whether the graph is shown as rows or drawn small. After zooming in it stays drawn until the contents of the rows
 * are there, so that nothing flashes.
 */
export function useGraphMode(model: GraphModel): Mode {
  const mode = useMemo(() => modeOf(model), [model]);
  return useSyncExternalStore(mode.subscribe, mode.get);
}

function modeOf(model: GraphModel) {
  let mode: Mode = drawsRows(model.get().scroll.rowHeight) ? 'rows' : 'drawn';
  let until = 0;
  const get = (): Mode => {
    const state = model.get();
    if (!drawsRows(state.scroll.rowHeight)) {
      mode = 'drawn';
      until = 0;
    } else if (mode === 'drawn') {
      if (until === 0) until = performance.now() + WAIT_MS;
      if (isCovered(state) || performance.now() >= until) mode = 'rows';
    }
    return mode;
  };
  const subscribe = (listener: () => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = model.subscribe(() => {
      listener();
      clearTimeout(timer);
      if (get() === 'drawn' && until > 0) timer = setTimeout(listener, WAIT_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  };
  return { get, subscribe };
}

function isCovered({ shown, scroll }: GraphState): boolean {
  if (shown === null) return false;
  const { start, end } = visibleRows(scroll);
  for (let row = start; row < end; row += 1) if (rowAt(shown, row) === null) return false;
  return true;
}
