import type { LedgerWitness } from '../../../../contract/ledger-report.ts';
import { formatCount } from '../../../ui/format.ts';

/** What the records together say, in one sentence; empty: there is only one. */
export function witnessSentence(witnesses: readonly LedgerWitness[]): string {
  if (witnesses.length < 2) return '';
  const odd = witnesses.filter(({ agrees }) => !agrees);
  const agreeing = witnesses.filter(({ agrees }) => agrees);
  if (odd.length === 0) {
    return witnesses.length === 2
      ? 'Both records say what should be there.'
      : `All ${formatCount(witnesses.length)} records say what should be there.`;
  }
  const against = odd.map(({ where }) => where).join(' and ');
  if (agreeing.length === 0) return `No other record says the same as ${against}.`;
  const said = new Set(agreeing.map(({ says }) => says));
  const [only] = said;
  const one = agreeing.length === 1;
  const others = one ? 'One other record' : `${formatCount(agreeing.length)} other records`;
  if (only === undefined || said.size > 1 || !isValue(only)) {
    return `${others} ${one ? 'speaks' : 'speak'} against ${against}.`;
  }
  return `${others} ${one ? 'says' : 'say'} ${only}. Only ${against} ${odd.length === 1 ? 'differs' : 'differ'}.`;
}

/** The same of the witnesses of an entry, which agree with it or not; empty: there are none beside it. */
export function entrySentence(witnesses: readonly LedgerWitness[]): string {
  if (witnesses.length < 2) return '';
  const odd = witnesses.filter(({ agrees }) => !agrees);
  if (odd.length === 0) return `All ${formatCount(witnesses.length)} records agree with this entry.`;
  const against = joined(odd.map(({ where }) => where));
  const contradict = odd.length === 1 ? 'contradicts' : 'contradict';
  return `${formatCount(odd.length)} of ${formatCount(witnesses.length)} records ${contradict} this entry: ${against}.`;
}

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** Whether a text is an amount, a number or a time, which can stand in a sentence. */
const isValue = (text: string): boolean => text.length <= 40 && /^[\u2212-]?[$\d]/.test(text);
