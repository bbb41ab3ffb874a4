import { term } from '../../records/query.ts';
import { dayTerm } from './days.ts';
import type { Span } from './days.ts';

/** The terms of a query beside each other; what is null is left out. */
export function query(...terms: readonly (string | null)[]): string {
  return terms.filter((one) => one !== null && one !== '').join(' ');
}

/** Which agent's records: `agent:quill`, or all. */
export function agentTerm(agent: string | null): string | null {
  return agent === null ? null : term('agent', agent);
}

/** The records of a figure: whose, of which days, and delegated ones once or as logged. */
export function rangeQuery(agent: string | null, span: Span, once: boolean, ...more: string[]): string {
  return query(agentTerm(agent), dayTerm(span), once ? '-is:mirror' : null, ...more);
}

export { term };
