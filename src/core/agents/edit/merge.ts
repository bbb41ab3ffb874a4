import type { FileEdit } from '../../../contract/edits.ts';
import type { FileMerge } from '../../../contract/file-merge.ts';
import type { DocumentDecision, MergeTexts } from '../../../contract/merge.ts';
import { valueBudget } from '../../merge-texts/unit-value.ts';
import { fail, ok, type Result } from '../../result.ts';
import { baseText } from '../write/texts.ts';
import type { EditContext } from './context.ts';
import { digest, mergeFile, type FileMergeDocument } from './merge-file.ts';
import { sidesOf } from './merge-sides.ts';

/** Edits beside what stands on disk now, and what both were made from. */
export type OpenFileMerge = {
  readonly open: FileMerge;
  texts(decision: DocumentDecision, limitBytes: number): Result<MergeTexts>;
  /** the edits made anew upon what was read from disk; those that come to the same are left out */
  result(decisions: readonly DocumentDecision[]): Result<readonly FileEdit[]>;
};

/** Merges edits with what stands on disk now. */
export function openFileMerge(ctx: EditContext, edits: readonly FileEdit[]): Result<OpenFileMerge> {
  const budget = valueBudget();
  const files: FileMergeDocument[] = [];
  for (const edit of edits) {
    const sides = sidesOf(ctx, edit, baseText);
    if (!sides.ok) return sides;
    files.push(mergeFile(sides.value, budget));
  }
  const byPath = new Map(files.map((file) => [file.document.id, file]));
  if (byPath.size < files.length) {
    return fail('bad-request', 'Two edits are about the same file.', 'Ask for each file once.');
  }
  const documents = files.map(({ document }) => document);
  return ok({
    open: {
      merge: digest(documents.flatMap(({ id, fingerprint }) => [id, fingerprint])),
      documents,
      paths: documents.map(({ id }) => id),
      conflicts: documents.reduce((sum, { state, units }) => sum + conflictsIn(state, units), 0),
      notes: files.flatMap(({ notes }) => notes),
    },
    texts: (decision, limitBytes) => {
      const file = byPath.get(decision.document);
      if (file === undefined) return unknownFile(decision.document);
      return ok(file.texts(decision, limitBytes));
    },
    result: (decisions) => {
      const made: FileEdit[] = [];
      for (const file of files) {
        const decision = decisions.find(({ document }) => document === file.document.id) ?? null;
        const edit = file.result(decision);
        if (!edit.ok) return edit;
        if (edit.value !== null) made.push(edit.value);
      }
      return ok(made);
    },
  });
}

function conflictsIn(
  state: FileMerge['documents'][number]['state'],
  units: FileMerge['documents'][number]['units'],
): number {
  if (state !== 'conflicts') return 0;
  return units.length === 0 ? 1 : units.filter(({ taken }) => taken === null).length;
}

function unknownFile(path: string): Result<never> {
  return fail('not-found', `${path} is no file of this merge.`, 'Open the merge again.');
}
