import type { MergeDocument } from '../../../../contract/merge.ts';
import { openOf, type Session } from '../../../../core/merge/session.ts';

/** A row of the list of documents. `document` is its position in the merge. */
export type DocumentRow =
  | { readonly kind: 'head'; readonly title: string; readonly count: number }
  | { readonly kind: 'document'; readonly document: number }
  | { readonly kind: 'same'; readonly count: number; readonly open: boolean }
  | { readonly kind: 'none' };

/** The documents as they are listed: conflicts, what was taken automatically, and what both sides did alike, folded. */
export function documentRows(
  documents: readonly MergeDocument[],
  filter: string,
  sameOpen: boolean,
): readonly DocumentRow[] {
  const wanted = filter.trim().toLowerCase();
  const groups: { conflicts: number[]; taken: number[]; same: number[] } = {
    conflicts: [],
    taken: [],
    same: [],
  };
  for (const [index, document] of documents.entries()) {
    if (wanted !== '' && !matches(document, wanted)) continue;
    if (document.state === 'conflicts') groups.conflicts.push(index);
    else if (document.state === 'same') groups.same.push(index);
    else groups.taken.push(index);
  }
  const rows: DocumentRow[] = [];
  const push = (title: string, list: readonly number[]) => {
    if (list.length === 0) return;
    rows.push({ kind: 'head', title, count: list.length });
    for (const document of list) rows.push({ kind: 'document', document });
  };
  push('Conflicts', groups.conflicts);
  push('Taken automatically', groups.taken);
  if (groups.same.length > 0) {
    const open = sameOpen || wanted !== '';
    rows.push({ kind: 'same', count: groups.same.length, open });
    if (open) for (const document of groups.same) rows.push({ kind: 'document', document });
  }
  return rows.length === 0 ? [{ kind: 'none' }] : rows;
}

const matches = ({ title, tool, identity }: MergeDocument, wanted: string): boolean =>
  `${title}\n${tool}\n${identity}`.toLowerCase().includes(wanted);

/** How many places of a document are open; null where nothing of it is or was in question. */
export function openIn(session: Session, document: number): number | null {
  const about = session.documents[document]!;
  const state = session.states[document]!;
  const open = openOf(about, state);
  if (open > 0) return open;
  return about.taken === null && (about.units.length === 0 || state.contested > 0) ? 0 : null;
}
