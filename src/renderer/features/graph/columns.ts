import type { RefBadge } from '../../../contract/vek.ts';
import { fitMiddle, textWidth } from './cut.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** The columns of the rows and their widths in px; a column of width 0 is left out. */
export type Columns = {
  readonly tool: number;
  readonly hash: number;
  readonly cost: number;
  readonly time: number;
  /** what is left for badges, input and output */
  readonly call: number;
};

const EDGE = 8;
/** The call column is what people read: below this many px others give way to it. */
const CALL_WANTED = 320;
/** Below this the names of tools go, their icons stay; then the time. */
const CALL_LEAST = 168;

/**
 * Gives `width` px to the columns. Where it is narrow the hash goes first,
 * then the tool gets short, then the cost goes, then of the tool all but its icon, then the time.
 * `scale`: how much larger than normal the text is.
 */
export function columnsOf(width: number, lanes: number, scale = 1): Columns {
  const wide = (px: number): number => Math.round(px * scale);
  const full = { tool: wide(124), hash: wide(76), cost: wide(84), time: wide(76) };
  const steps = [full, { ...full, hash: 0 }, { ...full, hash: 0, tool: wide(108) }];
  const last = { ...full, hash: 0, tool: wide(108), cost: 0 };
  const icon = { ...last, tool: wide(30) };
  const callOf = (step: typeof full): number =>
    width - lanes - step.tool - step.hash - step.cost - step.time - EDGE;
  const chosen = steps.find((step) => callOf(step) >= CALL_WANTED * scale) ??
    [last, icon].find((step) => callOf(step) >= CALL_LEAST * scale) ?? { ...icon, time: 0 };
  return { ...chosen, call: Math.max(0, callOf(chosen)) };
}

/** The size of a badge's text, and what a badge is wide beside it: bar or icon, paddings, border, the gap after it. */
const BADGE_TEXT = 11;
const BADGE_FRAME = 34;
const HEAD_WIDTH = 44;
const MORE_WIDTH = 34;

/** A badge that fits, its label cut in the middle where it is long. */
export type FittedBadge = { readonly badge: RefBadge; readonly label: string };

/**
 * The badges that fit into a part of the call column, in their order. HEAD's comes first, and at least one is
 * shown, its name cut; what is left is counted by a sign that has its room, too.
 */
export function fitBadges(refs: readonly RefBadge[], call: number): readonly FittedBadge[] {
  const ordered = [...refs].sort((a, b) => Number(b.head) - Number(a.head));
  const room = call * 0.5;
  const most = badgeWidth(call);
  const fitted: FittedBadge[] = [];
  let used = 0;
  for (const [index, badge] of ordered.entries()) {
    const frame = BADGE_FRAME + (badge.head ? HEAD_WIDTH : 0);
    const name = badge.label === '' ? '(empty name)' : visibleText(badge.label);
    const label = fitMiddle(name, Math.max(28, most - BADGE_FRAME), BADGE_TEXT);
    const width = frame + textWidth(label, BADGE_TEXT);
    const sign = index === ordered.length - 1 ? 0 : MORE_WIDTH;
    if (index > 0 && used + width + sign > room) break;
    used += width;
    fitted.push({ badge, label });
  }
  return fitted;
}

/** The widest that one badge may be in a call column of this width, without HEAD beside it. */
export function badgeWidth(call: number): number {
  return Math.max(72, Math.min(168, Math.round(call * 0.4)));
}

/** Characters of JetBrains Mono at 12 px that a tool column has room for beside the icon. */
export const toolSigns = (tool: number): number => Math.max(4, Math.floor((tool - 26 - 8) / 7.2));
