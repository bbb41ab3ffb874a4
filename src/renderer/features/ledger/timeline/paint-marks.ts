import { formatCount } from '../../../ui/format.ts';
import { widthOfKind, type Cluster, type MarkKind } from './clusters.ts';
import type { Colours } from './colours.ts';
import type { Layout } from './layout.ts';

type Draw = CanvasRenderingContext2D;

/** With more marks than this, lines down from all of them would hide the money. */
const MOST_GUIDES = 14;
/** How large a mark is, in px. */
export const MARK_PX = 9;

/** Draws the sign of a kind around a place: each has a form of its own, so that colour is never needed to tell them apart. */
export function paintSign(draw: Draw, kind: MarkKind, x: number, y: number, colours: Colours): void {
  const half = MARK_PX / 2;
  draw.lineWidth = 1.5;
  draw.lineCap = 'round';
  draw.beginPath();
  switch (kind) {
    case 'finding':
      draw.arc(x, y, half + 0.5, 0, Math.PI * 2);
      draw.fillStyle = colours.surface;
      draw.fill();
      draw.strokeStyle = colours.bad;
      draw.stroke();
      draw.beginPath();
      cross(draw, x, y, 2);
      draw.stroke();
      break;
    case 'missing':
      slot(draw, x, y, half);
      draw.strokeStyle = colours.bad;
      draw.stroke();
      break;
    case 'overrun':
      triangle(draw, x, y, half, -1);
      draw.fillStyle = colours.warn;
      draw.fill();
      break;
    case 'denied':
      triangle(draw, x, y, half, 1);
      draw.fillStyle = colours.surface;
      draw.fill();
      draw.strokeStyle = colours.warn;
      draw.stroke();
      break;
    case 'failed':
      cross(draw, x, y, half - 1);
      draw.strokeStyle = colours.muted;
      draw.stroke();
      break;
    default:
      draw.rect(x - half + 1, y - half + 1, MARK_PX - 2, MARK_PX - 2);
      draw.fillStyle = colours.surface;
      draw.fill();
      draw.strokeStyle = colours.muted;
      draw.stroke();
  }
  draw.lineCap = 'butt';
}

function cross(draw: Draw, x: number, y: number, half: number): void {
  draw.moveTo(x - half, y - half);
  draw.lineTo(x + half, y + half);
  draw.moveTo(x + half, y - half);
  draw.lineTo(x - half, y + half);
}

/** An empty slot: brackets with nothing between them. */
function slot(draw: Draw, x: number, y: number, half: number): void {
  for (const way of [-1, 1]) {
    draw.moveTo(x + way * (half - 2), y - half);
    draw.lineTo(x + way * (half + 0.5), y - half);
    draw.lineTo(x + way * (half + 0.5), y + half);
    draw.lineTo(x + way * (half - 2), y + half);
  }
}

/** `way` -1: the point is above. */
function triangle(draw: Draw, x: number, y: number, half: number, way: 1 | -1): void {
  draw.moveTo(x, y + half * way);
  draw.lineTo(x - half, y - half * way);
  draw.lineTo(x + half, y - half * way);
  draw.closePath();
}

/** A mark above the lines, with a dotted line down to them; several kinds stand beside each other, each with its number. */
export function paintCluster(
  draw: Draw,
  cluster: Cluster,
  layout: Layout,
  here: boolean,
  colours: Colours,
): void {
  const { top, view } = layout;
  const y = top / 2;
  const many = layout.clusters.length > MOST_GUIDES;
  if (here || !many || isSevere(cluster)) guide(draw, cluster, layout, here, colours);
  if (here) {
    draw.fillStyle = colours.selected;
    draw.strokeStyle = colours.accent;
    draw.lineWidth = 2;
    draw.beginPath();
    draw.roundRect(cluster.x - 9, y - 9, 18, 18, 4);
    draw.fill();
    draw.stroke();
  }
  draw.font = `600 ${Math.min(10, view.fontPx - 1)}px ${colours.font}`;
  let x = cluster.x;
  for (const { kind, count } of cluster.kinds) {
    paintSign(draw, kind, x, y, colours);
    if (count > 1) {
      draw.textAlign = 'left';
      draw.fillStyle = colours.muted;
      draw.fillText(formatCount(count), x + MARK_PX / 2 + 2.5, y + 0.5);
    }
    x += widthOfKind(count);
  }
  draw.font = `${view.fontPx}px ${colours.font}`;
}

const isSevere = ({ kind }: Cluster): boolean => kind === 'finding' || kind === 'missing';

/** The dotted line from a mark down to what it is about. */
function guide(draw: Draw, cluster: Cluster, { top, bottom }: Layout, here: boolean, colours: Colours): void {
  const severe = isSevere(cluster);
  const warned = cluster.kind === 'denied' || cluster.kind === 'overrun';
  draw.strokeStyle = severe ? colours.bad : warned ? colours.warn : colours.lineStrong;
  draw.lineWidth = 1;
  draw.globalAlpha = severe || here ? 0.9 : 0.45;
  draw.setLineDash([1.5, 3]);
  draw.beginPath();
  draw.moveTo(cluster.x, top - 3);
  if (cluster.guideX - cluster.x > 1) draw.lineTo(cluster.guideX, top + 5);
  draw.lineTo(cluster.guideX, bottom);
  draw.stroke();
  draw.setLineDash([]);
  draw.globalAlpha = 1;
}
