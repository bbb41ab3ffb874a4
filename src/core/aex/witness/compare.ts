import type { SeenFacts } from './facts.ts';
import { earlierOf, fateOf, isOutrun } from './fate.ts';
import { tellOther, tellShorter } from './changes.ts';
import { budgetFindings, restorations } from './lasting.ts';
import { soundTo, type Memory } from './memory.ts';
import { tellMoved } from './moved.ts';
import type { Recalled } from './recall.ts';
import { came, finding, NOT_SEEN, seenWitness, verdict, when, WITNESS_OFF, type Seen } from './words.ts';

/**
 * Compares a ledger with what was seen of it earlier (real path and first hash). A cut end or a rewritten past is told;
 * where all of it fits an older copy that was put back, that is what is told.
 */
export function compareSeen(recalled: Recalled, facts: SeenFacts): Seen {
  const { known, unreadable, others, moved } = recalled;
  if (known !== null) return compareKnown(known, facts);
  if (unreadable !== null) {
    const text = `What was seen of this ledger earlier can't be read any more, so it can't be compared: ${unreadable} is damaged, closed, or of a later Vekscope.`;
    return { verdict: { ...WITNESS_OFF, text }, findings: [] };
  }
  return (
    compareOthers(others, facts) ??
    (moved === null ? null : tellMoved(moved, facts)) ?? {
      verdict:
        others.length === 0
          ? NOT_SEEN
          : {
              ...NOT_SEEN,
              text: 'Another ledger stood here at an earlier look. This one was not seen before.',
            },
      findings: [],
    }
  );
}

function compareKnown(known: Memory, facts: SeenFacts): Seen {
  const fate = fateOf(known, facts);
  const findings = [...budgetFindings(known, facts), ...restorations(known)];
  if (fate.fate === 'other') return tellOther(known, fate, facts, findings);
  if (fate.fate === 'shorter') {
    if (!isOutrun(known, facts)) return tellShorter(known, fate.last, facts, findings);
    const text = 'Another look has seen more of it meanwhile; all that is here fits that.';
    return { verdict: verdict('same', known.head, text), findings };
  }
  const earlier = earlierOf(known, facts);
  if (earlier === null) return { verdict: NOT_SEEN, findings };
  const more = facts.events - earlier.events;
  const text =
    more > 0
      ? `Everything that was seen on ${when(earlier)} is still there; ${came(more)} since.`
      : `It is as it was seen on ${when(earlier)}.`;
  return { verdict: verdict(more > 0 ? 'grown' : 'same', earlier, text), findings };
}

/** Of ledgers that stood here, the one that this is with its beginning changed or its log emptied; null: none. */
function compareOthers(others: readonly Memory[], facts: SeenFacts): Seen | null {
  const { first } = facts;
  if (first === null) {
    const emptied = soundFirst(others).find((known) => hasAgentsOf(known, facts));
    return emptied === undefined ? null : tellShorter(emptied, 0, facts, []);
  }
  const known = soundFirst(others).find((other) => isSameLedger(other, facts));
  if (known === undefined) return null;
  const { seq, hash, mark } = known.first;
  const message =
    first.mark === mark
      ? `The ledger begins with the same call as when it was seen on ${when(known.head)}, but the hash of its first entry is another one: everything from entry ${seq} on was hashed anew. The whole record can't be trusted.`
      : `The ledger had another first entry when it was seen on ${when(known.head)}, and still has later entries of then: its beginning was removed or changed.`;
  const because = [seenWitness(known.head, `entry ${seq} had the hash ${hash.slice(0, 12)}…`)];
  const one = finding('seen-other', 'error', seq, message, hash, first.hash, 'proved', because);
  return { verdict: verdict('other', known.head, message), findings: [one] };
}

/** Those that once added up say more than those that never did. */
const soundFirst = (memories: readonly Memory[]): readonly Memory[] =>
  memories.toSorted((a, b) => Number(soundTo(a) === null) - Number(soundTo(b) === null));

/** Whether a ledger with another first hash is the one that was seen: it begins with the same call, or has entries of it. */
export const isSameLedger = (known: Memory, { first, at }: SeenFacts): boolean =>
  first?.mark === known.first.mark || known.checkpoints.some(([seq, hash]) => at(seq)?.hash === hash);

/** Whether agents of then are still there: a ledger that was begun anew has none of them. */
const hasAgentsOf = (known: Memory, { accounts }: SeenFacts): boolean =>
  known.accounts.some((then) =>
    accounts.some(({ key, createdAt }) => key === then.name && createdAt === then.createdAt),
  );
