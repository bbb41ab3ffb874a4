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
  const { query, agent, n, all } = call.options;
  const wanted = typeof n === 'string' ? wholeNumber(n, '-n') : ok(all === true ? Infinity : USUAL);
  if (!wanted.ok) return wanted;
  if (wanted.value < 0) {
    return fail('bad-request', '-n takes a number from 0 up.', 'For example: -n 20');
  }
  if (typeof agent === 'string' && !isNamed(agent, accounts, index)) {
    const names = accounts.map(({ name }) => name).join(', ');
    return fail(
      'not-found',
      `No agent and no entry has the name “${agent}”.`,
      `The agents there are: ${names}`,
    );
  }
  const view: LedgerView = {
    agent: typeof agent === 'string' ? agent : null,
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

function isNamed(agent: string, accounts: LedgerCall['accounts'], { columns }: LedgerCall['index']): boolean {
  return accounts.some(({ name }) => name === agent) || columns.texts.findText(agent) !== 0;
}

/** The line below a table: how many there are, and how to see them. */
export function moreLine(shown: number, total: number, one: string, many: string): string[] {
  if (total === 0) return [`No ${many} fit.`];
  const all = `${total.toLocaleString('en-US')} ${total === 1 ? one : many}`;
  return shown < total
    ? [`The newest ${shown.toLocaleString('en-US')} of ${all}; -n N or --all shows more.`]
    : [`${all}.`];
}
