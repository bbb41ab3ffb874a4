import type { LedgerFinding, WitnessVerdict } from '../../../contract/ledger-report.ts';
import { secondsOf, timeText } from '../cross/times.ts';
import { entriesText, money, shown } from '../cross/words.ts';
import type { SeenFacts } from './facts.ts';
import type { Memory, SeenState } from './memory.ts';
import { finding, seenWitness, verdict, when, type Seen } from './words.ts';

export function tellOther(
  known: Memory,
  { same, differs }: { readonly same: number; readonly differs: number },
  facts: SeenFacts,
  others: readonly LedgerFinding[],
): Seen {
  // entries written after the last look: an older copy was put back and used on
  const next = nextAfter(facts, same, differs);
  const written = next === null ? null : secondsOf(next.ts);
  const continued = facts.sound && written !== null && written * 1_000_000 > known.head.atMicros;
  const place = same + 1 === differs ? `entry ${differs}` : entriesText(same + 1, differs);
  const message = continued
    ? `On ${when(known.head)} this ledger had entries that it does not have now: it parts at ${place}. What stands there now was written after that look and everything adds up, so an older copy seems to have been put back and used on. ${known.head.seq - same} entries of then are not in it.`
    : `The past of this ledger was rewritten since it was seen on ${when(known.head)}: up to entry ${same} it is the same, and entry ${differs} has another hash than then. The change lies at ${place}; the record can't be trusted from entry ${same + 1} on.`;
  const one = finding(
    continued ? 'seen-restored' : 'seen-other',
    continued ? 'warning' : 'error',
    same + 1,
    message,
    known.checkpoints.find(([seq]) => seq === differs)?.[1] ?? known.head.hash,
    facts.at(differs)?.hash ?? 'none',
    continued ? 'likely' : 'proved',
    [
      seenWitness(known.head, `up to entry ${known.head.seq}`),
      { witness: 'hash', where: `entry ${same}`, says: 'has the hash it had then', agrees: true, seq: same },
      {
        witness: 'hash',
        where: `entry ${differs}`,
        says: 'has another hash than then',
        agrees: false,
        seq: differs,
      },
    ],
  );
  return {
    verdict: verdict(continued ? 'restored' : 'other', known.head, message),
    findings: [one, ...others],
  };
}

function nextAfter(facts: SeenFacts, same: number, differs: number): { readonly ts: string } | null {
  // the last place that may be the first changed one: had it been written before the look, it would be in the copy
  for (let seq = differs; seq > same && seq > differs - 64; seq--) {
    const entry = facts.at(seq);
    if (entry !== null) return entry;
  }
  return null;
}

export function shorter(head: SeenState, last: number, facts: SeenFacts): LedgerFinding {
  const message =
    facts.sound && last > 0
      ? `The ledger was longer when it was seen on ${when(head)}: ${entriesText(last + 1, head.seq)} are gone. Everything that is here adds up and fits what was seen then, so an older copy seems to have been put back. What happened since is not in it.`
      : `The ledger was longer when it was seen on ${when(head)}: ${entriesText(last + 1, head.seq)} are gone. What is left does not add up either, so the end was cut off. The record is incomplete from entry ${last + 1} on.`;
  const restored = facts.sound && last > 0;
  const one = finding(
    restored ? 'seen-restored' : 'seen-longer',
    restored ? 'warning' : 'error',
    last + 1,
    message,
    `entries up to ${head.seq}`,
    `entries up to ${last}`,
    restored ? 'likely' : 'proved',
    [seenWitness(head, `${head.events} entries, the last one ${head.seq}`)],
  );
  return { ...one, range: { from: last + 1, to: head.seq } };
}

export function shorterVerdict(head: SeenState, last: number, facts: SeenFacts): WitnessVerdict {
  return verdict(facts.sound && last > 0 ? 'restored' : 'shorter', head, shorter(head, last, facts).message);
}

export function budgetFindings(known: Memory, facts: SeenFacts): LedgerFinding[] {
  const found: LedgerFinding[] = [];
  const byName = new Map(known.accounts.map((account) => [account.name, account]));
  for (const account of facts.accounts) {
    const before = byName.get(account.name);
    if (before === undefined || before.createdAt !== account.createdAt) continue;
    const other = before.budgets.find(({ micro }) => micro !== account.budgetMicro);
    if (other === undefined || found.length >= 200) continue;
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

export function restorations(known: Memory): LedgerFinding[] {
  return known.restored
    .slice(-3)
    .map(({ atMicros, from, toSeq }) =>
      finding(
        'seen-restored',
        'notice',
        toSeq + 1,
        `An older copy was put back between ${when(from)} and ${timeText(atMicros / 1_000_000)}: ${entriesText(toSeq + 1, from.seq)} of then are not in this ledger.`,
        `entries up to ${from.seq}`,
        `entries up to ${toSeq}`,
        'likely',
        [seenWitness(from, `${from.events} entries`)],
      ),
    );
}
