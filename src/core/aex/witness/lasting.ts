import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { timeText } from '../cross/times.ts';
import { entriesText, money, shown } from '../cross/words.ts';
import type { SeenFacts } from './facts.ts';
import type { Memory } from './memory.ts';
import { finding, seenWitness, when } from './words.ts';

/** Budgets that are not the ones that an earlier look saw. */
export function budgetFindings(known: Memory, facts: SeenFacts): LedgerFinding[] {
  const found: LedgerFinding[] = [];
  const byName = new Map(known.accounts.map((account) => [account.name, account]));
  for (const account of facts.accounts) {
    const before = byName.get(account.key);
    if (before === undefined || before.createdAt !== account.createdAt) continue;
    const other = before.budgets.find(({ micro }) => micro !== account.budgetMicro);
    if (other === undefined) continue;
    const then = timeText(other.atMicros / 1_000_000);
    found.push({
      ...finding(
        'budget-differs',
        'warning',
        null,
        `The budget of ${shown(account.name)} is ${money(account.budgetMicro)}; it was ${money(other.micro)} when the ledger was seen on ${then}. AEX has no command to change a budget, so its row was changed since.`,
        money(other.micro),
        money(account.budgetMicro),
        'proved',
        [
          {
            witness: 'seen',
            where: `the look of ${then}`,
            says: money(other.micro),
            agrees: true,
            seq: null,
          },
        ],
      ),
      agent: account.name,
    });
  }
  return found;
}

/** What earlier looks saw that an older copy took the place of. */
export function restorations(known: Memory): LedgerFinding[] {
  return known.restored.slice(-3).map(({ atMicros, from, toSeq, path }) => {
    const gone = `${entriesText(toSeq + 1, from.seq)} of then are not in this ledger.`;
    const place = path === undefined ? null : shown(path);
    return finding(
      'seen-restored',
      'notice',
      place === null ? toSeq + 1 : null,
      place === null
        ? `An older copy was put back between ${when(from)} and ${timeText(atMicros / 1_000_000)}: ${gone}`
        : `A ledger with the same beginning was seen on ${when(from)} at ${place}: ${gone} It may be an older copy of that one.`,
      `entries up to ${from.seq}`,
      `${place === null ? 'entries' : 'the same'} up to ${toSeq}`,
      place === null ? 'likely' : 'possible',
      [seenWitness(from, `${from.events} entries`)],
    );
  });
}
