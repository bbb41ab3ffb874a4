import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { secondsOf } from '../cross/times.ts';
import { entriesText } from '../cross/words.ts';
import type { SeenFacts } from './facts.ts';
import { wasAhead, type Fate } from './fate.ts';
import { soundTo, type Memory } from './memory.ts';
import { finding, seenWitness, verdict, when, type Seen } from './words.ts';

type Other = Extract<Fate, { readonly fate: 'other' }>;

/**
 * What the entries that are others now are taken for. `rewritten`: of a past that added up. `changed`: the ledger adds up
 * neither then nor now. `continued`: an older copy was used on. `repaired`: only what stands there now adds up.
 */
type Story = 'rewritten' | 'changed' | 'continued' | 'repaired';

function storyOf(known: Memory, other: Other, facts: SeenFacts): Story {
  const sound = soundTo(known);
  if (sound === null || sound <= other.same) return facts.sound ? 'repaired' : 'changed';
  return isContinued(known, other, facts) ? 'continued' : 'rewritten';
}

/** Whether what stands there now was written after the look: an older copy was put back and used on. */
function isContinued({ head }: Memory, { same, differs }: Other, facts: SeenFacts): boolean {
  if (!facts.sound) return false;
  const next = nextAfter(facts, same, differs);
  const written = next === null ? null : secondsOf(next.ts);
  // times of entries are whole seconds
  return written !== null && (written >= Math.floor(head.atMicros / 1e6) || wasAhead(head.atMicros, facts));
}

function nextAfter(facts: SeenFacts, same: number, differs: number): { readonly ts: string } | null {
  // the last place that may be the first changed one: had it been written before the look, it would be in the copy
  for (let seq = differs; seq > same && seq > differs - 64; seq--) {
    const entry = facts.at(seq);
    if (entry !== null) return entry;
  }
  return null;
}

const SEVERITIES = {
  rewritten: 'error',
  changed: 'warning',
  continued: 'warning',
  repaired: 'notice',
} as const;

function messageOf(story: Story, known: Memory, { same, differs, gone }: Other): string {
  const then = when(known.head);
  const place = same + 1 === differs ? `entry ${differs}` : entriesText(same + 1, differs);
  const now = gone ? `entry ${differs} is gone` : `entry ${differs} has another hash than then`;
  switch (story) {
    case 'rewritten':
      return `The past of this ledger was rewritten since it was seen on ${then}: up to entry ${same} it is the same, and ${now}. The change lies at ${place}; the record can't be trusted from entry ${same + 1} on.`;
    case 'changed':
      return `This ledger was changed again since it was seen on ${then}, when it did not add up either: up to entry ${same} it is the same, and ${now}.`;
    case 'continued':
      return `On ${then} this ledger had entries that it does not have now: it parts at ${place}. What stands there now was written after that look and everything adds up, so an older copy seems to have been put back and used on. ${known.head.seq - same} entries of then are not in it.`;
    case 'repaired':
      return `On ${then} this ledger did not add up, and from ${place} on it is not what it was then. Everything adds up now, so a sound copy seems to have been put back.`;
  }
}

/** Tells that entries are not those that were seen. */
export function tellOther(
  known: Memory,
  other: Other,
  facts: SeenFacts,
  others: readonly LedgerFinding[],
): Seen {
  const { same, differs, gone } = other;
  const story = storyOf(known, other, facts);
  const message = messageOf(story, known, other);
  const isExplained = story === 'continued' || story === 'repaired';
  const one = finding(
    isExplained ? 'seen-restored' : 'seen-other',
    SEVERITIES[story],
    same + 1,
    message,
    known.checkpoints.find(([seq]) => seq === differs)?.[1] ?? known.head.hash,
    facts.at(differs)?.hash ?? 'none',
    isExplained ? 'likely' : 'proved',
    [
      seenWitness(known.head, `up to entry ${known.head.seq}`),
      { witness: 'hash', where: `entry ${same}`, says: 'has the hash it had then', agrees: true, seq: same },
      {
        witness: 'hash',
        where: `entry ${differs}`,
        says: gone ? 'is gone' : 'has another hash than then',
        agrees: false,
        seq: differs,
      },
    ],
  );
  return {
    verdict: verdict(isExplained ? 'restored' : 'other', known.head, message),
    findings: [one, ...others],
  };
}

/** Tells that entries at the end are gone. `last`: the last one there is, 0: none. */
export function tellShorter(
  known: Memory,
  last: number,
  facts: SeenFacts,
  others: readonly LedgerFinding[],
): Seen {
  const { head } = known;
  const sound = soundTo(known);
  const isRestored = facts.sound && last > 0;
  const wasSound = sound !== null && sound > last;
  const gone = `The ledger was longer when it was seen on ${when(head)}: ${entriesText(last + 1, head.seq)} are gone.`;
  const message = isRestored
    ? `${gone} Everything that is here adds up and fits what was seen then, so an older copy seems to have been put back. What happened since is not in it.`
    : last === 0
      ? `${gone} None is left, and it has agents of then: its log was emptied.`
      : `${gone} What is left does not add up either${wasSound ? ', so the end was cut off' : ', as it did not then'}. The record is incomplete from entry ${last + 1} on.`;
  const one = finding(
    isRestored ? 'seen-restored' : 'seen-longer',
    isRestored || !wasSound ? 'warning' : 'error',
    last + 1,
    message,
    `entries up to ${head.seq}`,
    `entries up to ${last}`,
    isRestored ? 'likely' : 'proved',
    [seenWitness(head, `${head.events} entries, the last one ${head.seq}`)],
  );
  return {
    verdict: verdict(isRestored ? 'restored' : 'shorter', head, message),
    findings: [{ ...one, range: { from: last + 1, to: head.seq } }, ...others],
  };
}
