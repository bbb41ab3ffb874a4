import { ENTRY_WORDS } from '../../../../contract/ledger.ts';
import type { GoneEntry, GoneRow } from '../../../../contract/ledger-chain.ts';
import { formatCount, formatMoney } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { shortExecution } from '../open.ts';

/** Which entries are missing: `48 to 50 missing`. */
export const goneWhich = ({ from, to, count }: Pick<GoneRow, 'from' | 'to' | 'count'>): string =>
  to < from
    ? `${formatCount(count)} missing before ${formatCount(from)}`
    : `${from === to ? formatCount(from) : `${formatCount(from)} to ${formatCount(to)}`} missing`;

/** What they did, by execution: `Reserved $0.000270, Sent to provider, Spent $0.000184 of af899be4`; empty: not known. */
export function goneSteps({ entries, count }: Pick<GoneRow, 'entries' | 'count'>): readonly string[] {
  const groups = new Map<string, GoneEntry[]>();
  for (const one of entries) {
    const key = one.executionId ?? '';
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const told = [...groups].map(([id, steps]) => {
    const of = id === '' ? '' : ` of ${shortExecution(id)}`;
    return `${steps.map(stepText).join(', ')}${of}`;
  });
  const more = count - entries.length;
  return entries.length > 0 && more > 0 ? [...told, `${formatCount(more)} more`] : told;
}

function stepText({ kind, type, costMicro, estimatedMicro }: GoneEntry): string {
  const word = kind === 'other' ? visibleText(type).slice(0, 40) : ENTRY_WORDS[kind];
  const micro = kind === 'commit' || kind === 'tool' ? costMicro : estimatedMicro;
  return micro === null ? word : `${word} ${formatMoney(micro)}`;
}
