import { useEffect, useSyncExternalStore } from 'react';
import type { GraphModel } from '../model.ts';
import { useGraph } from '../use-model.ts';
import { wholeOf } from './sources.ts';
import type { TileId } from './tile-id.ts';
import type { StripTile } from './tiles.ts';

/** How long a store that is written to all the time waits between two readings of the whole view, in ms. */
const REST_MS = 400;
const COARSE = 16;

/** The whole view in one strip, as it is known; a newer one follows by itself. Null until the first came. */
export function useWhole(source: string, model: GraphModel, height: number): StripTile | null {
  const whole = wholeOf(source);
  const shown = useGraph(
    model,
    ({ shown: now, view }) =>
      now === null ? null : { view, key: now.key, revision: now.revision, total: now.total },
    (a, b) =>
      a === b ||
      (a !== null && b !== null && a.key === b.key && a.revision === b.revision && a.total === b.total),
  );
  // a few px more or less are the same picture
  const buckets = Math.max(COARSE, Math.ceil(height / COARSE) * COARSE);
  useEffect(() => {
    if (shown === null || shown.total === 0 || height === 0) return undefined;
    const ask = (): void => whole.want(shown, [`whole/${buckets}`]);
    if (whole.get(`whole/${buckets}`)?.key !== shown.key) {
      ask();
      return undefined;
    }
    const timer = window.setTimeout(ask, REST_MS);
    return () => window.clearTimeout(timer);
  }, [whole, shown, buckets, height]);
  const id: TileId = `whole/${buckets}`;
  const current = (): StripTile | null => {
    const tile = whole.get(id) ?? whole.all().at(-1) ?? null;
    return tile?.kind === 'strip' && tile.key === shown?.key ? tile : null;
  };
  return useSyncExternalStore(whole.subscribe, current);
}
