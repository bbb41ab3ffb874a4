import type { Change, FileEdit, ResolutionVerb } from '../../../contract/edits.ts';
import { fixLabel } from '../doctor/fix.ts';
import { readEscalation } from '../escalations/read.ts';
import { counted } from '../figures/numbers.ts';
import type { EditContext } from './context.ts';

const VERBS: Readonly<Record<ResolutionVerb, string>> = {
  Approved: 'Approve',
  Denied: 'Reject',
  Redacted: 'Redact',
  Revised: 'Amend',
};
const DECISIONS = { pending: 'Reopen', accepted: 'Accept', rejected: 'Decline', deferred: 'Defer' } as const;

/** Act and object of a change in words. `of`: what it undoes. */
export function titleOf(ctx: EditContext, change: Change, edits: readonly FileEdit[], of: string): string {
  switch (change.do) {
    case 'save': {
      const only = edits.length === 1 ? edits[0]! : null;
      if (only === null) return `Save ${counted(edits.length, 'file')}`;
      return `${only.base === null ? 'Add' : only.text === null ? 'Remove' : 'Save'} ${only.path}`;
    }
    case 'restore':
      return `Restore ${change.path}`;
    case 'undo':
      return of.startsWith('Undo: ') ? of.replace('Undo', 'Redo') : `Undo: ${of.replace(/^Redo: /, '')}`;
    case 'resolve': {
      const tool = readEscalation(ctx.folder, change.path, ctx.nowMicros())?.tool ?? null;
      return `${VERBS[change.verb]} ${tool === null ? change.path : `“${tool}”`}`;
    }
    case 'decide':
      return `${DECISIONS[change.decision]} tuning proposal “${change.proposal}”`;
    case 'fix':
      return fixLabel(change.fix);
    case 'journal':
      return `Add to the journal of ${change.agent}`;
  }
}
