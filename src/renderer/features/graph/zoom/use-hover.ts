import { useCallback, useEffect, useRef, type PointerEvent } from 'react';
import { formatDateTime, shortHash, type Zone } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import type { LaneGeometry } from '../geometry.ts';
import type { GraphModel } from '../model.ts';
import { hitAt, type Hit } from './hit.ts';
import { CALL_ROWS } from './tile-id.ts';
import type { Tiles } from './tiles.ts';

type Input = {
  readonly model: GraphModel;
  readonly tiles: Tiles;
  readonly geometry: () => LaneGeometry;
  readonly zone: Zone;
};

/** How long the pointer rests before the hash of the call under it is read, in ms. */
const REST_MS = 120;
const BESIDE_PX = 14;

/** Names the call under the pointer in one line beside it, without a render. */
export function useHover({ model, tiles, geometry, zone }: Input) {
  const label = useRef<HTMLDivElement>(null);
  const point = useRef<{ x: number; y: number } | null>(null);
  const timer = useRef<number | undefined>(undefined);

  const show = useCallback(() => {
    const at = point.current;
    if (label.current === null) return;
    const { scroll } = model.get();
    const hit = at === null ? null : hitAt(at, scroll, geometry(), tiles.get);
    place(label.current, hit === null ? '' : textOf(hit, model, tiles, zone), at, scroll.height);
  }, [model, tiles, geometry, zone]);

  useEffect(() => {
    show();
    return model.subscribe(show);
  }, [model, show]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    point.current = { x: event.clientX - box.left, y: event.clientY - box.top };
    show();
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      const at = point.current;
      const hit = at === null ? null : hitAt(at, model.get().scroll, geometry(), tiles.get);
      if (hit?.kind === 'call') model.want(hit.row);
    }, REST_MS);
  };
  const onPointerLeave = () => {
    window.clearTimeout(timer.current);
    point.current = null;
    show();
  };
  return { label, onPointerMove, onPointerLeave };
}

/** Shows a text below a point, or above it where there is no room; an empty one hides. */
function place(
  element: HTMLElement,
  text: string,
  at: { readonly x: number; readonly y: number } | null,
  height: number,
): void {
  const hidden = text === '' || at === null;
  if (element.hidden !== hidden) element.hidden = hidden;
  if (hidden) return;
  if (element.textContent !== text) element.textContent = text;
  const below = at.y + BESIDE_PX + element.offsetHeight <= height;
  const y = below ? at.y + BESIDE_PX : at.y - BESIDE_PX - element.offsetHeight;
  const room = (element.parentElement?.clientWidth ?? Infinity) - element.offsetWidth - 8;
  element.style.transform = `translate(${Math.max(0, Math.min(at.x + BESIDE_PX, room))}px, ${y}px)`;
}

function textOf(hit: Hit, model: GraphModel, tiles: Tiles, zone: Zone): string {
  if (hit.kind === 'calls') {
    const micros = timeOf(hit.start, tiles);
    const count = new Intl.NumberFormat('en-GB').format(hit.count);
    const what = hit.count === 1 ? '1 call' : `${count} calls`;
    return micros === null ? what : `${what} · ${formatDateTime(micros, zone)}`;
  }
  const tile = tiles.get(`call/${Math.floor(hit.row / CALL_ROWS)}`);
  if (tile?.kind !== 'shape') return '';
  const at = hit.row - tile.shape.start;
  const tool = tile.shape.toolNames[tile.shape.tools[at] ?? 0] ?? '';
  const micros = tile.shape.times[at] ?? null;
  const call = model.at(hit.row);
  return [
    tool === '' ? '(no name)' : visibleText(tool.slice(0, 80)),
    call === null ? '' : shortHash(call.hash),
    micros === null ? '' : formatDateTime(micros, zone),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function timeOf(row: number, tiles: Tiles): number | null {
  for (const tile of tiles.all().toReversed()) {
    if (tile.kind !== 'strip') continue;
    const { start, count, buckets, times } = tile.strip;
    if (row < start || row >= start + count) continue;
    return times[Math.floor(((row - start) * buckets) / count)] ?? null;
  }
  return null;
}
