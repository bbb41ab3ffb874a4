import type { WitnessVerdict } from '../../../contract/ledger-report.ts';
import type { LedgerPaths } from '../paths.ts';
import { budgetFindings, restorations, shorter, shorterVerdict, tellOther } from './changes.ts';
import type { SeenFacts } from './facts.ts';
import { earlierOf, fateOf, isOutrun } from './fate.ts';
import { memoriesAt, realPath, type Memory } from './memory.ts';
import { finding, seenWitness, verdict, when, type Seen } from './words.ts';

export const WITNESS_OFF: WitnessVerdict = {
  state: 'off',
  seenAtMicros: null,
  seenEvents: null,
  seenHash: null,
  text: 'Nothing is remembered of ledgers here, so it can’t be compared with earlier looks.',
};

const NOT_SEEN: WitnessVerdict = {
  state: 'first',
  seenAtMicros: null,
  seenEvents: null,
  seenHash: null,
  text: 'This ledger was not seen before.',
};

const came = (entries: number): string => (entries === 1 ? '1 entry' : `${entries} entries`);

/**
 * Compares a ledger with what was seen of it earlier (real path and first hash). `dataDir` null: off. A cut end or a
 * rewritten past is told; where all of it fits an older copy that was put back, that is what is told.
 */
export function compareSeen(dataDir: string | null, paths: LedgerPaths, facts: SeenFacts): Seen {
  if (dataDir === null) return { verdict: WITNESS_OFF, findings: [] };
  const path = realPath(paths.db);
  const memories = memoriesAt(dataDir, path);
  const known = memories.find(({ first }) => first.hash === facts.first?.hash);
  if (known === undefined) return compareOthers(memories, facts);
  const fate = fateOf(known, facts);
  const findings = [...budgetFindings(known, facts), ...restorations(known)];
  if (fate.fate === 'kept') {
    const earlier = earlierOf(known, facts);
    if (earlier === null) return { verdict: NOT_SEEN, findings };
    const grown = facts.events > earlier.events;
    return {
      verdict: verdict(
        grown ? 'grown' : 'same',
        earlier,
        grown
          ? `Everything that was seen on ${when(earlier)} is still there; ${came(facts.events - earlier.events)} came since.`
          : `It is as it was seen on ${when(earlier)}.`,
      ),
      findings,
    };
  }
  if (fate.fate === 'shorter' && isOutrun(known, facts)) {
    return {
      verdict: verdict(
        'same',
        known.head,
        'Another look has seen more of it meanwhile; all that is here fits that.',
      ),
      findings,
    };
  }
  if (fate.fate === 'shorter')
    return {
      verdict: shorterVerdict(known.head, fate.last, facts),
      findings: [shorter(known.head, fate.last, facts), ...findings],
    };
  return tellOther(known, fate, facts, findings);
}

/** No ledger with this beginning was seen here: another one, or one whose beginning was changed. */
function compareOthers(memories: readonly Memory[], facts: SeenFacts): Seen {
  for (const known of memories) {
    const kept = known.checkpoints.filter(([seq, hash]) => facts.at(seq)?.hash === hash);
    const emptied = facts.first === null;
    const rewritten = facts.first?.mark === known.first.mark;
    if (kept.length === 0 && !rewritten && !emptied) continue;
    if (emptied) {
      return {
        verdict: verdict(
          'shorter',
          known.head,
          `On ${when(known.head)} it had ${known.head.events} entries; now it has none.`,
        ),
        findings: [shorter(known.head, 0, facts)],
      };
    }
    const seq = known.first.seq;
    const message = rewritten
      ? `The ledger begins with the same call as when it was seen on ${when(known.head)}, but the hash of its first entry is another one: everything from entry ${seq} on was hashed anew. The whole record can't be trusted.`
      : `The ledger had another first entry when it was seen on ${when(known.head)}, and still has later entries of then: its beginning was removed or changed.`;
    return {
      verdict: verdict('other', known.head, message),
      findings: [
        finding(
          'seen-other',
          'error',
          seq,
          message,
          known.first.hash,
          facts.first?.hash ?? 'none',
          'proved',
          [seenWitness(known.head, `entry ${seq} had the hash ${known.first.hash.slice(0, 12)}…`)],
        ),
      ],
    };
  }
  if (memories.length === 0) return { verdict: NOT_SEEN, findings: [] };
  const text = 'Another ledger stood here at an earlier look. This one was not seen before.';
  return { verdict: { ...NOT_SEEN, text }, findings: [] };
}
