import type { TwoCopies } from '../../../contract/ledger-detail.ts';
import { limits } from '../../storage/limits.ts';
import type { StoredEntry } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import type { Differences } from './differences.ts';
import type { CopyNames } from './names.ts';
import { fieldsThatDiffer } from './fields.ts';
import { fitsItself, mergeEntries } from './merge-entries.ts';

/** How the entries of two copies stand to each other. */
export type ComparedEntries = Pick<TwoCopies, 'common' | 'verdict' | 'text'> & {
  readonly lastCommon: StoredEntry | null;
  readonly firstA: readonly StoredEntry[];
  readonly firstB: readonly StoredEntry[];
  readonly lastA: StoredEntry | null;
  readonly lastB: StoredEntry | null;
  readonly eventsA: number;
  readonly eventsB: number;
  /** executions and agents that have entries which are not the same in both: their other records may differ */
  readonly moved: { readonly executions: ReadonlySet<string>; readonly agents: ReadonlySet<string> };
};

/** Reads both copies once and says where they part. Agents and times, which no hash covers, go to `differences`. */
export function compareEntries(
  a: LedgerLook,
  b: LedgerLook,
  names: CopyNames,
  differences: Differences,
): ComparedEntries {
  const executions = new Set<string>();
  const agents = new Set<string>();
  const firstA: StoredEntry[] = [];
  const firstB: StoredEntry[] = [];
  let lastCommon: StoredEntry | null = null;
  let lastA: StoredEntry | null = null;
  let lastB: StoredEntry | null = null;
  let parted = false;
  let pair: readonly [StoredEntry | null, StoredEntry | null] = [null, null];
  const count = { common: 0, same: 0, differ: 0, onlyA: 0, onlyB: 0, alike: 0, nulledA: 0, nulledB: 0 };
  // An entry that only one has and that stands before the end of the other was taken out there, or put in here.
  let insideA = false;
  let insideB = false;

  const move = (entry: StoredEntry): void => {
    if (entry.executionId !== null) executions.add(entry.executionId);
    if (entry.agent !== null) agents.add(entry.agent);
  };
  const take = (one: StoredEntry | null, other: StoredEntry | null): void => {
    if (one !== null) {
      move(one);
      if (firstA.length < limits.ledgerCopyEntries) firstA.push(one);
    }
    if (other !== null) {
      move(other);
      if (firstB.length < limits.ledgerCopyEntries) firstB.push(other);
    }
    if (!parted) pair = [one, other];
    parted = true;
  };

  mergeEntries(a, b, {
    same(one, other) {
      count.same++;
      if (!parted) {
        count.common++;
        lastCommon = one;
      }
      lastA = one;
      lastB = other;
      insideA ||= count.onlyA > 0;
      insideB ||= count.onlyB > 0;
      differences.entry(one, other);
    },
    differ(one, other) {
      count.differ++;
      if (one.executionId !== null && one.executionId === other.executionId) count.alike++;
      if (one.executionId === null && other.executionId !== null) count.nulledA++;
      if (other.executionId === null && one.executionId !== null) count.nulledB++;
      lastA = one;
      lastB = other;
      insideA ||= count.onlyA > 0;
      insideB ||= count.onlyB > 0;
      take(one, other);
    },
    onlyA(entry) {
      count.onlyA++;
      lastA = entry;
      insideB ||= count.onlyB > 0;
      take(entry, null);
    },
    onlyB(entry) {
      count.onlyB++;
      lastB = entry;
      insideA ||= count.onlyA > 0;
      take(null, entry);
    },
  });

  const verdict = verdictOf();
  return {
    common: count.common,
    verdict,
    text: words(),
    lastCommon,
    firstA,
    firstB,
    lastA,
    lastB,
    eventsA: count.same + count.differ + count.onlyA,
    eventsB: count.same + count.differ + count.onlyB,
    moved: { executions, agents },
  };

  function verdictOf(): TwoCopies['verdict'] {
    if (!parted) return 'same';
    if (count.differ === 0 && count.onlyA === 0 && !insideB) return 'a-is-older';
    if (count.differ === 0 && count.onlyB === 0 && !insideA) return 'b-is-older';
    return count.same === 0 && count.alike === 0 && count.nulledA === 0 && count.nulledB === 0
      ? 'other'
      : 'parted';
  }

  function words(): string {
    switch (verdict) {
      case 'same':
        return count.same === 0
          ? 'Neither copy has an entry.'
          : `Both copies have the same ${entries(count.same)}.`;
      case 'a-is-older':
        return `${names.a} is an older state of ${names.b}: it ends after ${entries(count.common)}, and ${names.b} goes on with ${count.onlyB} more.`;
      case 'b-is-older':
        return `${names.b} is an older state of ${names.a}: it ends after ${entries(count.common)}, and ${names.a} goes on with ${count.onlyA} more.`;
      case 'other':
        return 'No entry of one copy is in the other: these are two different ledgers.';
      case 'parted':
        return [start(), rest(), nulled()].filter((part) => part !== '').join(' ');
    }
  }

  function start(): string {
    const [one, other] = pair;
    const before =
      count.common === 0
        ? 'They differ from the first entry on.'
        : `The first ${entries(count.common)} are the same.`;
    if (one !== null && other !== null) {
      return `${before} Entry ${one.seq} differs: ${fieldsThatDiffer(one, other, names)}. ${whoFits(fitsItself(a, one), fitsItself(b, other), names)}`;
    }
    const entry = one ?? other;
    return `${before} Entry ${entry?.seq} is only in ${one === null ? names.b : names.a}.`;
  }

  function rest(): string {
    const parts = [
      count.differ === 0 ? '' : `${entries(count.differ)} ${count.differ === 1 ? 'differs' : 'differ'}`,
      count.onlyA === 0 ? '' : `${entries(count.onlyA)} only in ${names.a}`,
      count.onlyB === 0 ? '' : `${entries(count.onlyB)} only in ${names.b}`,
      count.same === count.common
        ? 'none after it the same'
        : `${entries(count.same - count.common)} after it the same`,
    ];
    return `In all: ${parts.filter((part) => part !== '').join(', ')}.`;
  }

  function nulled(): string {
    if (count.differ === 0 || (count.nulledA !== count.differ && count.nulledB !== count.differ)) return '';
    const where = count.nulledA === count.differ ? names.a : names.b;
    return `In ${where} all ${entries(count.differ)} have lost the execution that they belong to, as deleting an agent does it.`;
  }
}

const entries = (n: number): string => (n === 1 ? '1 entry' : `${n} entries`);

function whoFits(a: boolean, b: boolean, names: CopyNames): string {
  if (a && b)
    return 'In both its hash is that of its content: one of them was hashed anew, or both went on by themselves.';
  if (!a && !b) return 'In neither its hash is that of its content.';
  const [right, wrong] = a ? [names.a, names.b] : [names.b, names.a];
  return `In ${right} its hash is that of its content, in ${wrong} it is not: it was altered in ${wrong}.`;
}
