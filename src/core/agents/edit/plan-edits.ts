import type { AgentFileKind } from '../../../contract/agent-files.ts';
import type { Change, FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import { editsToFix } from '../doctor/fix.ts';
import { editsToResolve } from '../escalations/resolve.ts';
import { editsToDecide } from '../parts/tuning-decide.ts';
import { editsToRestore } from '../write/history.ts';
import { editsToUndo } from '../write/undo.ts';
import type { EditContext } from './context.ts';
import { editsToJournal } from './journal.ts';
import { uncovered } from './secrets.ts';

/** What a change comes to: texts with their secrets, and the kinds of files that it alone may touch. */
export type Asked = {
  readonly edits: readonly FileEdit[];
  /** what it undoes, or mends, in words */
  readonly of: string;
  readonly only: ReadonlySet<AgentFileKind> | null;
  readonly also: ReadonlySet<AgentFileKind>;
};

const none: ReadonlySet<AgentFileKind> = new Set();
const ANSWERED: ReadonlySet<AgentFileKind> = new Set(['escalation', 'tuning-report', 'journal']);

/** The edits that a change asks for. Those of a person are compared with what stands there before. */
export function editsOf(ctx: EditContext, change: Change): Result<Asked> {
  switch (change.do) {
    case 'save':
      return plain(withSecrets(ctx, change.edits));
    case 'restore':
      return plain(editsToRestore(ctx, change.path, change.version));
    case 'undo': {
      const undo = editsToUndo(ctx, change.edit);
      if (!undo.ok) return undo;
      const { edits, of } = undo.value;
      return ok({ edits, of: of.title, only: null, also: ANSWERED });
    }
    case 'resolve':
      return special(editsToResolve(ctx, change), 'escalation');
    case 'decide':
      return special(editsToDecide(ctx, change), 'tuning-report');
    case 'journal':
      return special(editsToJournal(ctx, change.agent, change.text), 'journal');
    case 'fix': {
      const fix = editsToFix(ctx, change.fix);
      return fix.ok ? ok({ edits: fix.value, of: '', only: null, also: none }) : fix;
    }
  }
}

function plain(edits: Result<readonly FileEdit[]>): Result<Asked> {
  return edits.ok ? ok({ edits: edits.value, of: '', only: null, also: none }) : edits;
}

function special(edits: Result<readonly FileEdit[]>, kind: AgentFileKind): Result<Asked> {
  const kinds = new Set([kind]);
  return edits.ok ? ok({ edits: edits.value, of: '', only: kinds, also: kinds }) : edits;
}

/** Puts secrets back into texts that a person saw without them. */
function withSecrets(ctx: EditContext, edits: readonly FileEdit[]): Result<readonly FileEdit[]> {
  const real: FileEdit[] = [];
  for (const edit of edits) {
    const file = ctx.folder.text(edit.path);
    const standing = file.ok ? file.value : null;
    // a text that was made from another one is told to be so, not filled with what stands there now
    if (edit.text === null || (standing?.sha256 ?? null) !== edit.base) {
      real.push(edit);
      continue;
    }
    const text = uncovered(edit.path, edit.text, standing?.text ?? null);
    if (!text.ok) return text;
    real.push({ ...edit, text: text.value });
  }
  return real.length === 0
    ? fail('bad-request', 'There is nothing to write.', 'Change a file first.')
    : ok(real);
}
