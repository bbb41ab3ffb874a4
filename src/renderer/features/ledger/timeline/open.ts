import { ledgerTerm } from '../../../../core/aex/query/query.ts';
import { setLook } from '../../../state/ledgers.ts';
import type { Cluster, MarkKind } from './clusters.ts';
import type { Piece } from './pieces.ts';

/** The entries of a kind of mark, as a query. */
const MARK_QUERY: Readonly<Record<MarkKind, string>> = {
  finding: ledgerTerm('is', 'finding'),
  overrun: ledgerTerm('is', 'overrun'),
  denied: ledgerTerm('is', 'denied'),
  failed: ledgerTerm('type', 'fail'),
  lifecycle: ledgerTerm('type', 'lifecycle'),
};

/** Shows the rows of a mark: its entry, or of several the entries of that kind between the first and the last. */
export function openCluster(source: string, cluster: Cluster): void {
  const { mark } = cluster;
  if (mark !== null) {
    setLook(source, { query: '', selected: { kind: 'entry', seq: mark.seq } });
    return;
  }
  const kinds = cluster.kinds.length === 1 ? `${MARK_QUERY[cluster.kind]} ` : '';
  setLook(source, { query: `${kinds}${seqTerm(cluster.firstSeq, cluster.lastSeq)}`, selected: null });
}

/** Shows an execution beside the statement. */
export const openBar = (source: string, executionId: string): void =>
  setLook(source, { query: '', selected: { kind: 'execution', id: executionId } });

/** Shows the entries of a piece of time. */
export const openPiece = (source: string, { firstSeq, lastSeq }: Piece): void =>
  setLook(source, { query: seqTerm(firstSeq, lastSeq), selected: null });

const seqTerm = (first: number, last: number): string => ledgerTerm('seq', `${first}..${last}`);
