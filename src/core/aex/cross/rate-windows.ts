import { NONE } from '../columns.ts';
import type { AccountRow } from '../rows.ts';
import type { AgentContext } from './agents.ts';
import { addWitness, witness, type Draft } from './board.ts';
import { KIND, seqAt } from './facts.ts';
import { LOCK_SECONDS, secondsOf, timeText } from './times.ts';
import { amount, shown } from './words.ts';

/** A window ends by the first request after it. */
const WINDOW_SECONDS = 60;
/** Time between a request and its first entry: a policy of the operator may take some. */
const WAITING_SECONDS = 600;

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
      last: number;
    }
  >();
  const limits = new Map(accounts.map((account) => [facts.numbers.get(account.name) ?? -1, account]));
  for (const row of rows) {
    const [agent, start, requests, tokens] = row as readonly unknown[];
    if (typeof agent !== 'string') continue;
    const seconds = secondsOf(start);
    const number = facts.numbers.get(agent) ?? -1 - windows.size;
    if (seconds === null) {
      const found = shown(String(start));
      tell(context, agent, `begins at ${found}, which is no time that AEX writes`, 'a time', found);
      continue;
    }
    windows.set(number, {
      start: seconds,
      requests,
      tokens,
      name: agent,
      low: 0,
      high: 0,
      admitted: 0,
      last: -1,
    });
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
      if (execution !== NONE && toolRuns[execution] === 0) {
        window.admitted += 1;
        window.last = at;
      }
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
    if (window.last >= 0 && facts.seconds[window.last]! > start + WINDOW_SECONDS + WAITING_SECONDS) {
      tellBegun(context, window);
      continue;
    }
    const since = `since ${timeText(start)}`;
    if (typeof tokens !== 'number' || tokens < window.low || tokens > window.high) {
      const found = counted(tokens, 'token');
      const story = shiftedTokens(context, number, window, tokens);
      if (story !== null) {
        addWitness(story, witness('counter', `the rate window of ${shown(name)}`, `${found} ${since}`, true));
        continue;
      }
      const expected = range(window.low, window.high, 'token');
      const isLimited = (limits.get(number)?.maxTokensPerMinute ?? null) !== null;
      const effect = isLimited ? effectOf(tokens, window.low) : '';
      tell(
        context,
        name,
        `counts ${found} ${since}; by its entries it is ${expected}${effect}`,
        expected,
        found,
      );
    }
    // the limit is gone with the row of its agent
    if (!limits.has(number)) continue;
    const most = Math.max(1, limits.get(number)?.rpmLimit ?? 1);
    if (typeof requests !== 'number' || requests < Math.max(1, window.admitted) || requests > most) {
      const found = counted(requests, 'request');
      const expected = range(Math.max(1, window.admitted), most, 'request');
      const by = most === 1 ? 'its limit' : 'its entries and its limit';
      const effect = effectOf(requests, Math.max(1, window.admitted));
      tell(context, name, `counts ${found} ${since}; by ${by} it is ${expected}${effect}`, expected, found);
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

/** A window that was over before the last request of its agent: that one began another. */
function tellBegun(
  context: AgentContext,
  window: { readonly name: string; readonly start: number; readonly last: number },
): void {
  const { facts, board } = context;
  const name = shown(window.name);
  const last = facts.seconds[window.last]!;
  const seq = seqAt(facts, window.last);
  const expected = `begun ${timeText(last - WINDOW_SECONDS)} or later`;
  board.add(`window:${window.name}`, {
    kind: 'rate-window-differs',
    severity: 'error',
    agent: window.name,
    message: `The rate window of ${name} is said to have begun at ${timeText(window.start)}, but it lasts a minute, and the request of entry ${seq} at ${timeText(last)} began another. The window was changed; the entries are not affected.`,
    expected,
    found: `begun ${timeText(window.start)}`,
    sure: 'likely',
    because: [witness('entry', `entry ${seq}`, `a request at ${timeText(last)}`, true, seq)],
  });
}

const counted = (value: unknown, unit: string): string =>
  typeof value === 'number' ? amount(value, unit) : `${shown(String(value))} ${unit}s`;

const range = (low: number, high: number, unit: string): string =>
  low === high ? amount(low, unit) : `${low.toLocaleString('en-US')} to ${amount(high, unit)}`;

/** What a changed count does: it is held against the limit. */
function effectOf(value: unknown, low: number): string {
  if (typeof value !== 'number') return '';
  return value < low
    ? ', so more gets through than the limit allows'
    : ', so less gets through than the limit allows';
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
    message: `The rate window of ${shown(agent)} ${says}. The window was changed; the entries are not affected.`,
    expected,
    found,
    sure: 'likely',
    because: [witness('entry', 'the entries since then', expected, true)],
  });
}
