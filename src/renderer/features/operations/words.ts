import type { Operation, OperationState } from '../../../contract/operations.ts';
import type { Tone } from '../../ui/badge/Badge.tsx';
import { formatCounted } from '../../ui/format.ts';

/** The state of an operation in words. */
export function stateWords(state: OperationState): { readonly words: string; readonly tone: Tone } {
  switch (state) {
    case 'done':
      return { words: 'done', tone: 'ok' };
    case 'undone':
      return { words: 'undone', tone: 'neutral' };
    case 'completed':
      return { words: 'completed at an opening', tone: 'warn' };
    case 'rolled-back':
      return { words: 'rolled back at an opening', tone: 'warn' };
    case 'abandoned':
      return { words: 'abandoned: others moved the same refs', tone: 'warn' };
    case 'pending':
      return { words: 'no end recorded yet', tone: 'warn' };
    default:
      return state satisfies never;
  }
}

/** What an operation changed, in short: the one name, or how many. */
export function changedWords({ refs, head }: Operation): string {
  const [first] = refs;
  const names = refs.length === 1 && first !== undefined ? first.name : formatCounted(refs.length, 'ref');
  if (refs.length === 0) return head === null ? 'nothing' : 'HEAD';
  return head === null ? names : `${names}, HEAD`;
}

/** What a merge put into the store beside moving a branch; null for other operations. */
export function madeWords({ action }: Operation): string | null {
  if (action.kind !== 'merge') return null;
  if (action.resolved === 0) return 'It added one merge call.';
  return `It added one merge call that holds ${formatCounted(action.resolved, 'settled document')}.`;
}

/** Whether an operation can be undone now. */
export const canUndo = ({ own, undoBlocked }: Operation): boolean => own && undoBlocked === null;

/** Why it can't, where that needs words. */
export function undoNote({ own, undoBlocked, state }: Operation): string | null {
  if (!own) return 'Another installation recorded this. It is shown as it stands and can’t be undone here.';
  return state === 'undone' ? null : undoBlocked;
}

/** The operations that hold every word of the filter. */
export function filterOperations(list: readonly Operation[], filter: string): readonly Operation[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return list;
  return list.filter((operation) => {
    const refs = operation.refs.map(({ name, before, after }) => `${name} ${before ?? ''} ${after ?? ''}`);
    const text = [operation.title, stateWords(operation.state).words, ...refs].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
