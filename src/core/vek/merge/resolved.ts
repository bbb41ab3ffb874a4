import type { DocumentDecision } from '../../../contract/merge.ts';
import { fail, ok, type Result } from '../../result.ts';
import { compareCodePoints } from '../../json/tree.ts';
import type { ResolvedDocument } from '../plan-merge-node.ts';
import type { VekLook } from '../store.ts';
import type { AnalysedDocument, Analysis } from './analysis.ts';
import { listed } from './notes.ts';
import { settleDocument, type SettledResult } from './settle.ts';

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
  const byDocument = decisionsByDocument(analysis, decisions);
  if (!byDocument.ok) return byDocument;
  const assumed = analysis.rules.filter(({ confirmed }) => !confirmed).map(({ tool }) => tool);
  if (assumed.length > 0) {
    return fail(
      'conflict',
      `It is not confirmed what counts as one document of ${listed(assumed)}.`,
      'Confirm or change that in the preview of the merge, then commit.',
    );
  }
  const resolved: { readonly name: string; readonly entry: ResolvedDocument }[] = [];
  const open: string[] = [];
  let places = 0;
  for (const document of analysis.documents) {
    const settled = settleDocument(analysis, document, byDocument.value.get(document.id) ?? null, s);
    if (!settled.ok) return settled;
    if (settled.value.kind === 'open') {
      places += settled.value.places.length;
      for (const place of settled.value.places)
        open.push(`${document.title}${place === '' ? '' : ` ${place}`}`);
    } else if (settled.value.kind === 'listed') {
      resolved.push({ name: document.identityText, entry: entryOf(document, settled.value) });
    }
  }
  if (places > 0) {
    return fail(
      'conflict',
      `${places === 1 ? 'A place is' : `${places.toLocaleString('en')} places are`} not settled: ${listed(open)}.`,
      'Choose what to take there, then commit.',
    );
  }
  resolved.sort((a, b) => compareCodePoints(a.entry.tool, b.entry.tool) || compareCodePoints(a.name, b.name));
  return ok(resolved.map(({ entry }) => entry));
}

function entryOf(
  { tool, identity }: AnalysedDocument,
  { how, output }: Extract<SettledResult, { kind: 'listed' }>,
): ResolvedDocument {
  return { tool, identity, how, output };
}

/** Decisions by document id; each document once, and all of them of this analysis. */
function decisionsByDocument(
  analysis: Analysis,
  decisions: readonly DocumentDecision[],
): Result<ReadonlyMap<string, DocumentDecision>> {
  const ids = new Set(analysis.documents.map(({ id }) => id));
  const found = new Map<string, DocumentDecision>();
  for (const decision of decisions) {
    const { document } = decision;
    if (!ids.has(document)) {
      return fail(
        'bad-request',
        `The merge has no document ${document}.`,
        'The branches or what counts as a document may have changed. Look at the merge again.',
      );
    }
    if (found.has(document)) {
      return fail(
        'bad-request',
        `There are two decisions about the document ${document}.`,
        'Give each document once.',
      );
    }
    found.set(document, decision);
  }
  return ok(found);
}
