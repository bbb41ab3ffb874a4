import type { GoneRow } from '../../../../contract/ledger-chain.ts';
import type { FindingRef } from '../../../../contract/ledger-report.ts';
import { ledgerTerm } from '../../../../core/aex/query/query.ts';
import { findingKey, lookOf, setLook, type LedgerSelection } from '../../../state/ledgers.ts';
import type { Cluster, MarkKind } from './clusters.ts';
import type { Piece } from './pieces.ts';
import type { RecordRun } from './record.ts';
import { isByTime } from '../../../../core/aex/views/by-time.ts';

/** The entries of a kind of mark, as a query. */
const MARK_QUERY: Readonly<Record<Exclude<MarkKind, 'missing'>, string>> = {
  finding: ledgerTerm('is', 'finding'),
  overrun: ledgerTerm('is', 'overrun'),
  denied: ledgerTerm('is', 'denied'),
  failed: ledgerTerm('type', 'fail'),
  lifecycle: ledgerTerm('type', 'lifecycle'),
};

/**
 * Shows the rows of a mark: its entry, or of several the entries of that kind between the first and the last. Where entries
 * are missing the statement has a line, in all of it and in the order of entries.
 */
export function openCluster(source: string, cluster: Cluster): void {
  const { mark, gone } = cluster;
  if (gone !== null) {
    openGone(source, gone);
    return;
  }
  if (mark !== null) {
    setLook(source, { query: '', selected: { kind: 'entry', seq: mark.seq } });
    return;
  }
  const kinds =
    cluster.kinds.length === 1 && cluster.kind !== 'missing' ? `${MARK_QUERY[cluster.kind]} ` : '';
  setLook(source, { query: `${kinds}${seqTerm(cluster.firstSeq, cluster.lastSeq)}`, selected: null });
}

/** Shows the line of the statement that stands for what is missing. */
function openGone(source: string, gone: GoneRow): void {
  const { sort } = lookOf(source);
  setLook(source, {
    query: '',
    range: null,
    group: 'entries',
    sort: isByTime(sort) ? sort : 'newest',
    selected: { kind: 'finding', key: findingKey(gone.finding) },
  });
}

/** Shows what a finding is about: its entry, its execution, or the finding itself. */
export function openFinding(source: string, finding: FindingRef): void {
  const { kind, seq, executionId, agent } = finding;
  const gone = kind === 'entry-missing' || kind === 'tail-missing';
  const look = lookOf(source);
  const selected: LedgerSelection =
    seq !== null && !gone
      ? { kind: 'entry', seq }
      : seq === null && executionId !== null
        ? { kind: 'execution', id: executionId }
        : { kind: 'finding', key: findingKey(finding) };
  setLook(source, {
    ...(seq === null ? {} : { query: '', range: null, group: 'entries' as const }),
    ...(gone && !isByTime(look.sort) ? { sort: 'newest' as const } : {}),
    ...(look.agent !== null && agent !== look.agent ? { agent: null } : {}),
    selected,
  });
}

/** Shows the entries of a stretch of the record. */
export function openRun(source: string, { firstSeq, lastSeq }: RecordRun): void {
  if (firstSeq === lastSeq) setLook(source, { query: '', selected: { kind: 'entry', seq: firstSeq } });
  else setLook(source, { query: seqTerm(firstSeq, lastSeq), selected: null });
}

/** Shows an execution beside the statement. */
export const openBar = (source: string, executionId: string): void =>
  setLook(source, { query: '', selected: { kind: 'execution', id: executionId } });

/** Shows the entries of a piece of time. */
export const openPiece = (source: string, { firstSeq, lastSeq }: Piece): void =>
  setLook(source, { query: seqTerm(firstSeq, lastSeq), selected: null });

const seqTerm = (first: number, last: number): string => ledgerTerm('seq', `${first}..${last}`);
