import type { LedgerView } from '../../contract/ledger.ts';
import { makeView, type LedgerViewLines } from '../../core/aex/views/view.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { wholeNumber, type Call } from '../command.ts';
import type { LedgerCall } from '../ledger-scene.ts';

/** How many lines are printed unless told. */
const USUAL = 20;

/** The view of a verb with its filters, and how many of its lines are wanted. */
export function viewOf(
  call: Call,
  { index, facts, out, accounts }: LedgerCall,
  group: LedgerView['group'],
): Result<{ readonly made: LedgerViewLines; readonly wanted: number }> {
  const { query, n, all } = call.options;
  const wanted = typeof n === 'string' ? wholeNumber(n, '-n') : ok(all === true ? Infinity : USUAL);
  if (!wanted.ok) return wanted;
  if (wanted.value < 0) {
    return fail('bad-request', '-n takes a number from 0 up.', 'For example: -n 20');
  }
  const asked = agentOf(call, { accounts, index });
  if (!asked.ok) return asked;
  const view: LedgerView = {
    agent: asked.value,
    query: typeof query === 'string' ? query : '',
    sort: 'newest',
    group,
    open: [],
    days: false,
  };
  const made = makeView(index.columns, view, facts);
  for (const { term, message } of made.problems) out.note(`${term}: ${message}`);
  return ok({ made, wanted: Math.min(wanted.value, made.total) });
}

/** The agent that `--agent` names, which the ledger has to know; null: none was named. */
export function agentOf(
  call: Call,
  { accounts, index }: Pick<LedgerCall, 'accounts' | 'index'>,
): Result<string | null> {
  const { agent } = call.options;
  if (typeof agent !== 'string') return ok(null);
  if (isNamed(agent, accounts, index)) return ok(agent);
  return fail('not-found', `No agent and no entry has the name “${agent}”.`, agentsThere(accounts));
}

/** The agents of a ledger, for a person who named none of them. */
export function agentsThere(accounts: LedgerCall['accounts']): string {
  if (accounts.length === 0) return 'There are no agents.';
  const names = accounts.slice(0, NAMED).map(({ name }) => name);
  return `The agents there are: ${names.join(', ')}${accounts.length > NAMED ? ', …' : ''}`;
}

/** Agents that are named at most. */
const NAMED = 20;

function isNamed(agent: string, accounts: LedgerCall['accounts'], { columns }: LedgerCall['index']): boolean {
  if (accounts.some(({ name }) => name === agent)) return true;
  const text = columns.texts.findText(agent);
  return text !== 0 && columns.agent.subarray(0, columns.count).includes(text);
}

/** What is said in place of a table without lines. */
export const noneLine = ({ query, agent }: LedgerView, many: string): string =>
  query === '' && agent === null ? `There are no ${many}.` : `No ${many} fit.`;

/** The line below a table: how many there are, and how to see them. */
export function moreLine(shown: number, total: number, one: string, many: string): string[] {
  const all = `${total.toLocaleString('en-US')} ${total === 1 ? one : many}`;
  return shown < total
    ? [`The newest ${shown.toLocaleString('en-US')} of ${all}; -n N or --all shows more.`]
    : [`${all}.`];
}
