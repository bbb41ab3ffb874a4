import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { onMarksChanged, useWorkspaceStore } from '../../../state/workspace.ts';
import { graphOf } from '../sources.ts';
import { createTiles, type ScaleApi, type Tiles } from './tiles.ts';

const tiles = new Map<string, Tiles>();
const overviews = new Map<string, Tiles>();

/** What the drawn graph asks of one source. */
export function scaleOf(source: string): ScaleApi {
  return {
    shape: (view, start, count, signal) => attempt(api.vek.shape({ source, view, start, count }, { signal })),
    strip: (view, start, count, buckets, signal) =>
      attempt(api.vek.strip({ source, view, start, count, buckets }, { signal })),
  };
}

/** The tiles of a source for the drawn graph; they outlive its tab and go with the source. */
export const tilesOf = (source: string): Tiles => known(tiles, source);

/** The whole view of a source in one strip, for the minimap and what stands in for tiles that are being read. */
export const wholeOf = (source: string): Tiles => known(overviews, source);

function known(all: Map<string, Tiles>, source: string): Tiles {
  const made = all.get(source) ?? createTiles(scaleOf(source), () => graphOf(source).refresh());
  all.set(source, made);
  return made;
}

onMarksChanged((source) => {
  tiles.get(source)?.expire();
  overviews.get(source)?.expire();
});
useWorkspaceStore.subscribe(({ workspace }) => {
  for (const all of [tiles, overviews]) {
    for (const [id, made] of all) {
      if (workspace?.sources.some((source) => source.id === id) === true) continue;
      made.stop();
      all.delete(id);
    }
  }
});
