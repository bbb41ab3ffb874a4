import type { Change } from '../../../contract/edits.ts';
import { formatCounted } from '../../ui/format.ts';

const nameOf = (path: string): string => path.split('/').at(-1) ?? path;

/** Act and object of a change, before its plan is there. */
export function titleOfChange(change: Change): string {
  switch (change.do) {
    case 'save': {
      const [first] = change.edits;
      if (change.label !== null) return `Apply “${change.label}”`;
      if (change.edits.length > 1 || first === undefined) {
        return `Save ${formatCounted(change.edits.length, 'file')}`;
      }
      return `${first.text === null ? 'Delete' : first.base === null ? 'Make' : 'Save'} ${nameOf(first.path)}`;
    }
    case 'restore':
      return `Restore ${nameOf(change.path)}`;
    case 'undo':
      return 'Undo';
    case 'resolve':
      return `Answer ${nameOf(change.path)}`;
    case 'decide':
      return `Decide about a proposal of ${nameOf(change.path)}`;
    case 'fix':
      return 'Mend what the doctor found';
    case 'journal':
      return `Add an entry to the journal of ${change.agent}`;
    default:
      return change satisfies never;
  }
}

/** The verb on the button that writes. */
export function verbOfChange(change: Change): string {
  switch (change.do) {
    case 'save':
      return change.edits.every(({ text }) => text === null) ? 'Delete' : 'Write';
    case 'restore':
      return 'Restore';
    case 'undo':
      return 'Undo';
    case 'resolve':
      return 'Write the answer';
    case 'decide':
      return 'Write the decision';
    case 'fix':
      return 'Mend';
    case 'journal':
      return 'Add the entry';
    default:
      return change satisfies never;
  }
}

/** Verbs of titles, as they are said once the thing is done. */
const DONE: Readonly<Record<string, string>> = {
  Save: 'Saved',
  Add: 'Added',
  Remove: 'Removed',
  Restore: 'Restored',
  Mend: 'Mended',
  Approve: 'Approved',
  Reject: 'Rejected',
  Redact: 'Redacted',
  Amend: 'Amended',
  Reopen: 'Reopened',
  Accept: 'Accepted',
  Decline: 'Declined',
  Defer: 'Deferred',
  'Undo:': 'Undone:',
  'Redo:': 'Done again:',
};

/** The title of a change after it was written. */
export function doneTitle(title: string): string {
  const [verb = '', ...rest] = title.split(' ');
  return [DONE[verb] ?? verb, ...rest].join(' ');
}
