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

/** Gives `width` px to the columns. Where it is narrow the hash goes first, then the tool gets short, then the cost goes. */
export function columnsOf(width: number, lanes: number): Columns {
  const full = { tool: 124, hash: 76, cost: 84, time: 76 };
  const steps = [
    full,
    { ...full, hash: 0 },
    { ...full, hash: 0, tool: 100 },
    { ...full, hash: 0, tool: 100, cost: 0 },
  ];
  const callOf = (step: typeof full): number =>
    width - lanes - step.tool - step.hash - step.cost - step.time - EDGE;
  const chosen = steps.find((step) => callOf(step) >= CALL_WANTED) ?? steps.at(-1) ?? full;
  return { ...chosen, call: Math.max(0, callOf(chosen)) };
}

/** How many badges with these labels fit into a part of the call column; at least one. */
export function badgesThatFit(
  labels: readonly { readonly label: string; readonly head: boolean }[],
  call: number,
): number {
  const room = call * 0.5;
  let used = 0;
  for (const [index, { label, head }] of labels.entries()) {
    used += Math.min(badgeWidth(call), label.length * 6.5 + 16) + (head ? 44 : 0) + EDGE;
    if (used > room) return Math.max(1, index);
  }
  return labels.length;
}

/** The widest that one badge may be in a call column of this width. */
export function badgeWidth(call: number): number {
  return Math.max(72, Math.min(168, Math.round(call * 0.4)));
}
