import { NONE } from '../columns.ts';
import type { AccountRow } from '../rows.ts';
import type { AgentContext } from './agents.ts';
import { addWitness, witness, type Draft } from './board.ts';
import { KIND } from './facts.ts';
import { LOCK_SECONDS, secondsOf, timeText } from './times.ts';
import { shown } from './words.ts';

/**
 * Rate windows against what was settled and admitted since they began (formats/aex.md §9): bounds only, because times
 * are whole seconds and refused requests count too. Nothing is said of windows over which the clock went back.
 */
export function checkRateWindows(
  context: AgentContext,
  accounts: readonly AccountRow[],
  toolRuns: Uint8Array,
  clockBackAt: number,
): void {
  const { look, facts, board } = context;
  if (!look.has('rate_windows', 'window_start')) return;
  const rows = look.db
    .prepare(look.select('rate_windows', ['agent', 'window_start', 'request_count', 'tokens_count']))
    .raw()
    .all();
  const windows = new Map<
    number,
    {
      start: number;
      requests: unknown;
      tokens: unknown;
      name: string;
      low: number;
      high: number;
      admitted: number;
    }
  >();
  const limits = new Map(accounts.map(({ name, rpmLimit }) => [facts.numbers.get(name) ?? -1, rpmLimit]));
  for (const row of rows) {
    const [agent, start, requests, tokens] = row as readonly unknown[];
    if (typeof agent !== 'string') continue;
    const seconds = secondsOf(start);
    const number = facts.numbers.get(agent) ?? -1 - windows.size;
    if (seconds === null) {
      tell(context, agent, 'a beginning that is no time', 'a time', shown(String(start)));
      continue;
    }
    windows.set(number, { start: seconds, requests, tokens, name: agent, low: 0, high: 0, admitted: 0 });
  }
  for (let at = 0; at < facts.count; at++) {
    const window = windows.get(facts.agent[at]!);
    if (window === undefined) continue;
    const ts = facts.seconds[at]!;
    if (ts < window.start) continue;
    const kind = facts.kind[at]!;
    if (kind === KIND.commit) {
      const side = facts.side[at]!;
      // AEX adds to a window only what is above zero: a provider may count below
      const used = Math.max(0, (facts.prompt[side]! || 0) + (facts.completion[side]! || 0));
      window.high += used;
      if (ts > window.start + 1) window.low += used;
    } else if ((kind === KIND.reserve || kind === KIND.deny) && ts > window.start + LOCK_SECONDS) {
      const execution = facts.execution[at]!;
      if (execution !== NONE && toolRuns[execution] === 0) window.admitted += 1;
    }
  }
  let checked = 0;
  let unclear = 0;
  const lastSeconds = facts.count === 0 ? 0 : facts.seconds[facts.count - 1]!;
  for (const [number, window] of windows) {
    // a clock that was put back makes the times of a window and of its entries incomparable
    if (clockBackAt >= 0 || window.start > lastSeconds + LOCK_SECONDS) {
      if (window.tokens !== 0) unclear += 1;
      continue;
    }
    checked += 1;
    const { tokens, requests, name, start } = window;
    const since = `since ${timeText(start)}`;
    if (typeof tokens !== 'number' || tokens < window.low || tokens > window.high) {
      const story = shiftedTokens(context, number, window, tokens);
      if (story !== null) {
        const says = `${String(tokens)} tokens ${since}`;
        addWitness(story, witness('counter', `the rate window of ${shown(name)}`, says, true));
        continue;
      }
      const expected =
        window.low === window.high ? `${window.low} tokens` : `${window.low} to ${window.high} tokens`;
      tell(context, name, `${String(tokens)} tokens ${since}`, expected, `${String(tokens)} tokens`);
    }
    const most = Math.max(1, limits.get(number) ?? 1);
    if (typeof requests !== 'number' || requests < Math.max(1, window.admitted) || requests > most) {
      const expected = `${Math.max(1, window.admitted)} to ${most} requests`;
      tell(context, name, `${String(requests)} requests ${since}`, expected, `${String(requests)} requests`);
    }
  }
  if (checked > 0)
    board.sound(
      'rate-windows',
      'Rate windows are within what was admitted and settled since they began.',
      checked,
    );
}

/** A finding by which the tokens of a window are within what was settled. */
function shiftedTokens(
  { shifts, board }: AgentContext,
  agent: number,
  window: { readonly low: number; readonly high: number },
  tokens: unknown,
): Draft | null {
  if (typeof tokens !== 'number') return null;
  for (const shift of shifts) {
    const draft = shift.agent === agent ? board.get(shift.key) : undefined;
    const used = shift.prompt + shift.completion;
    const fits = tokens >= window.low + Math.min(0, used) && tokens <= window.high + Math.max(0, used);
    if (draft !== undefined && fits) return draft;
  }
  return null;
}

function tell(context: AgentContext, agent: string, says: string, expected: string, found: string): void {
  const key = `window:${agent}`;
  const known = context.board.get(key);
  if (known !== undefined) {
    known.expected = `${known.expected}, ${expected}`;
    known.found = `${known.found}, ${found}`;
    return;
  }
  context.board.add(key, {
    kind: 'rate-window-differs',
    severity: 'error',
    agent,
    message: `The rate window of ${shown(agent)} says ${says}; by the entries of that time it is ${expected}. The window was changed, which lets more requests through or fewer; the entries are not concerned.`,
    expected,
    found,
    sure: 'likely',
    because: [witness('entry', 'the entries since then', expected, true)],
  });
}
