import type { CopyEntry, TwoCopies } from '../../../contract/ledger-detail.ts';
import type { JobHandler } from '../../jobs/serve-jobs.ts';
import type { Result } from '../../result.ts';
import type { StoredEntry } from '../entry.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger, type LedgerLook } from '../store.ts';
import { maskerIn } from '../tokens.ts';
import { compareEntries } from './compare-entries.ts';
import { compareTables } from './compare-tables.ts';
import { createDifferences } from './differences.ts';
import { copyNames } from './names.ts';

export type CopiesJobInput = { readonly a: LedgerPaths; readonly b: LedgerPaths };

/** The job `aex.copies`: two copies of one ledger side by side, each in one look. */
export const copiesJob: JobHandler<CopiesJobInput, TwoCopies, never> = ({ a, b }) => {
  const compared = lookAtLedger(a, (lookA): Result<TwoCopies> =>
    lookAtLedger(b, (lookB) => compare(lookA, lookB)),
  );
  return compared.ok ? compared.value : compared;
};

function compare(a: LedgerLook, b: LedgerLook): TwoCopies {
  const maskA = maskerIn(a);
  const maskB = maskerIn(b);
  const mask = (text: string): string => maskB.text(maskA.text(text));
  const plain = copyNames(a.paths.db, b.paths.db);
  const names = { a: mask(plain.a), b: mask(plain.b) };
  const differences = createDifferences(names, mask);
  const entries = compareEntries(a, b, names, differences);
  compareTables(a, b, entries, names, differences);
  const endOf = (last: StoredEntry | null) => ({
    lastTs: last === null ? null : mask(last.ts),
    lastHash: last === null ? null : mask(last.hash),
  });
  const shown = (entry: StoredEntry): CopyEntry => ({
    seq: entry.seq,
    ts: mask(entry.ts),
    agent: entry.agent === null ? null : mask(entry.agent),
    type: mask(entry.type),
    executionId: entry.executionId === null ? null : mask(entry.executionId),
    payload: cut(mask(entry.payload)),
    hash: mask(entry.hash),
  });
  return {
    a: { path: a.paths.db, name: names.a, events: entries.eventsA, ...endOf(entries.lastA) },
    b: { path: b.paths.db, name: names.b, events: entries.eventsB, ...endOf(entries.lastB) },
    common: entries.common,
    verdict: entries.verdict,
    text: mask(entries.text),
    lastCommon: entries.lastCommon === null ? null : shown(entries.lastCommon),
    firstA: entries.firstA.map(shown),
    firstB: entries.firstB.map(shown),
    differences: differences.list,
    moreDifferences: differences.more,
  };
}

/** Characters of a payload that are shown; AEX writes a few hundred. */
const payloadChars = 4_000;

const cut = (text: string): string =>
  text.length <= payloadChars ? text : `${text.slice(0, payloadChars)}… (${text.length} characters)`;
