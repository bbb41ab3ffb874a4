import type { LedgerView } from '../../../../contract/ledger.ts';
import { ledgerQuery, timeTerm } from '../../../../core/aex/query/query.ts';
import { isByTime } from '../../../../core/aex/views/by-time.ts';
import type { LedgerLook } from '../../../state/ledgers.ts';

/** What the statement asks for: the query of a person, within the time that the chart shows. */
export function viewOf({ agent, query, sort, group, days, open, range }: LedgerLook): LedgerView {
  // the chart spreads entries over their whole second, which is where they begin
  const time = range === null ? null : timeTerm(Math.floor(range.from / 1e6) * 1e6, Math.ceil(range.to));
  return {
    agent,
    query: ledgerQuery(query, time),
    sort,
    group,
    open: group === 'executions' ? [...open] : [],
    days: days && isByTime(sort),
  };
}
