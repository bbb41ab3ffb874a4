import { NONE } from '../columns.ts';
import type { Board, Draft } from './board.ts';
import { KIND, type Facts } from './facts.ts';
import type { Calls } from './steps.ts';

/** What one execution adds to the sums of its agent. */
export type Share = {
  readonly spent: number;
  readonly reserved: number;
  readonly prompt: number;
  readonly completion: number;
};

/**
 * What the sums of an agent would be more (or less) by if what a finding says were read the other way: a counter that is
 * off by just that belongs to the finding.
 */
export type Shift = Share & {
  readonly agent: number;
  /** the place from which the sums differ */
  readonly at: number;
  /** key of the finding */
  readonly key: string;
};

export function shareOf(facts: Facts, calls: Calls, n: number): Share {
  const end = calls.end[n]!;
  const reserve = calls.reserve[n]!;
  if (end === NONE) {
    return {
      spent: 0,
      reserved: reserve === NONE ? 0 : facts.estimated[reserve]! || 0,
      prompt: 0,
      completion: 0,
    };
  }
  if (facts.kind[end] !== KIND.commit) return { spent: 0, reserved: 0, prompt: 0, completion: 0 };
  return settledShare(facts, end);
}

/** What a settlement adds. */
export function settledShare(facts: Facts, at: number): Share {
  const side = facts.side[at]!;
  return {
    spent: facts.amount[at]! || 0,
    reserved: 0,
    prompt: facts.prompt[side]! || 0,
    completion: facts.completion[side]! || 0,
  };
}

/** Shares times a factor, for an agent. */
export function shiftOf(share: Share, factor: 1 | -1, agent: number, at: number, key: string): Shift {
  return {
    agent,
    at,
    key,
    spent: share.spent * factor,
    reserved: share.reserved * factor,
    prompt: share.prompt * factor,
    completion: share.completion * factor,
  };
}

/** The finding that explains by how much figures of an agent are off: one alone, or all about that agent together. */
export function shiftedBy(
  shifts: readonly Shift[],
  board: Board,
  agent: number,
  off: Partial<Share>,
): Draft | null {
  const own = shifts.filter((shift) => shift.agent === agent && board.get(shift.key) !== undefined);
  if (own.length === 0) return null;
  const names = Object.keys(off) as (keyof Share)[];
  const fits = (some: readonly Shift[]): boolean =>
    names.every((name) => some.reduce((sum, shift) => sum + shift[name], 0) === off[name]);
  const one = own.find((shift) => fits([shift])) ?? (fits(own) ? own[0]! : null);
  return one === null ? null : board.get(one.key)!;
}
