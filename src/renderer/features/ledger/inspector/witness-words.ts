import type { LedgerWitness } from '../../../../contract/ledger-report.ts';
import { formatCount } from '../../../ui/format.ts';

/** What the records together say, in one sentence; empty: there is only one. */
export function witnessSentence(witnesses: readonly LedgerWitness[]): string {
  if (witnesses.length < 2) return '';
  const odd = witnesses.filter(({ agrees }) => !agrees);
  const agreeing = witnesses.filter(({ agrees }) => agrees);
  if (odd.length === 0) {
    return witnesses.length === 2
      ? 'Both records agree.'
      : `All ${formatCount(witnesses.length)} records agree.`;
  }
  const said = new Set(agreeing.map(({ says }) => says));
  const [only] = said;
  const who = agreeing.length === 1 ? 'One other record says' : `${formatCount(agreeing.length)} records say`;
  const what = only !== undefined && said.size === 1 ? `${who} ${only}.` : `${who} otherwise.`;
  const against = odd.map(({ where }) => where).join(' and ');
  if (agreeing.length === 0) return `No other record says the same as ${against}.`;
  return `${what} Only ${against} ${odd.length === 1 ? 'differs' : 'differ'}.`;
}
