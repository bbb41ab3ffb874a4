import type { GraphRow } from '../../../../contract/vek.ts';
import { select } from '../../../state/selection.ts';
import type { GraphModel } from '../model.ts';
import type { Hit } from './hit.ts';
import type { ScaleApi } from './tiles.ts';

/** The most rows that are looked through for one in the lane that was meant. */
const LOOK_ROWS = 4096;

/** Finds the call that a hit on the drawn graph means, one search at a time: a newer one ends the older. */
export function createPicker(source: string, model: GraphModel, scale: ScaleApi) {
  let picking: AbortController | null = null;

  const rowOf = async (hit: Hit, signal: AbortSignal): Promise<number | null> => {
    if (hit.kind === 'call') return hit.row;
    if (hit.lane === null || hit.count === 1) return hit.start;
    const answer = await scale.shape(
      model.get().view,
      hit.start,
      Math.min(LOOK_ROWS, Math.max(1, hit.count)),
      signal,
    );
    if (!answer.ok) return null;
    const { lanes } = answer.value;
    const { lane } = hit;
    const nearest = lanes
      .map((at, row) => ({ row, off: Math.abs(at - lane) }))
      .reduce((best, next) => (next.off < best.off ? next : best), { row: 0, off: Infinity });
    return hit.start + nearest.row;
  };

  const callAt = (row: number, signal: AbortSignal): Promise<GraphRow | null> => {
    model.want(row);
    const near = model.at(row);
    if (near !== null) return Promise.resolve(near);
    return new Promise((done) => {
      const stop = model.subscribe(() => {
        const call = model.at(row);
        if (call === null) return;
        stop();
        done(call);
      });
      signal.addEventListener('abort', () => {
        stop();
        done(null);
      });
    });
  };

  /** The call when it is known already, else null. */
  const known = (hit: Hit): GraphRow | null => (hit.kind === 'call' ? model.at(hit.row) : null);

  /** Selects the call and gives it with its row; null where a newer pick came or nothing was found. */
  const pick = async (hit: Hit): Promise<{ readonly call: GraphRow; readonly row: number } | null> => {
    picking?.abort();
    const controller = new AbortController();
    picking = controller;
    const row = await rowOf(hit, controller.signal);
    const call = row === null ? null : await callAt(row, controller.signal);
    if (row === null || call === null || controller.signal.aborted) return null;
    select(source, call.hash);
    return { call, row };
  };
  return { known, pick, stop: () => picking?.abort() };
}
