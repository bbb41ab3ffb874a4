import type { DocumentDecision } from '../../../contract/merge.ts';
import { fail, type Result } from '../../result.ts';
import type { ResolvedDocument } from '../plan-merge-node.ts';
import type { VekLook } from '../store.ts';
import type { Analysis } from './analysis.ts';

/**
 * What a merge node has to say about documents under these decisions: every document that both sides changed
 * unequally, and those of one side that were overruled; sorted by tool and identity. Fails with `conflict` while
 * something is open or an assumption is not confirmed, with `bad-request` where a decision fits nothing. `s` is a look
 * at the same store; it is read only where a whole side of a document is taken that the analysis did not read.
 */
export function resolvedOf(
  analysis: Analysis,
  decisions: readonly DocumentDecision[],
  s: VekLook | null = null,
): Result<readonly ResolvedDocument[]> {
  return fail('refused', `${analysis.into.name} ${decisions.length} ${s === null}`, '');
}
