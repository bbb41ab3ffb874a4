import type { DoctorCheck } from '../../../contract/doctor.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';
import type { AgentFolder } from '../folder.ts';
import { MENDS } from './mends.ts';

/** What a fix mends, as its id says: the check, the agent, and what the check alone knows. */
type Named = { readonly check: string; readonly agent: string; readonly args: readonly string[] };

/** The id of a fix: the same for the same check of the same agent. */
export function fixId(check: string, agent: string, args: readonly string[] = []): string {
  return JSON.stringify([check, agent, ...args]);
}

function named(id: string): Named | null {
  let parts: unknown;
  try {
    parts = JSON.parse(id);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return null;
  const [check, agent, ...args] = parts as readonly string[];
  return check === undefined || agent === undefined ? null : { check, agent, args };
}

/** The check with what would mend it, where that is safe. One that is well needs none. */
export function withFix(folder: AgentFolder, check: DoctorCheck, today: string): DoctorCheck {
  const { agent, name, status } = check;
  if (agent === null || (status !== 'fail' && status !== 'warn')) {
    return check.fix === null ? check : { ...check, fix: null };
  }
  const args = check.fix === null ? [] : (named(check.fix.id)?.args ?? []);
  const mend = MENDS.get(name)?.({ folder, agent, today, args }) ?? null;
  return { ...check, fix: mend === null ? null : { id: fixId(name, agent, args), label: mend.label } };
}

const SUBJECTS: Readonly<Record<string, string>> = {
  vault: 'the missing index',
  model: 'model.md',
  notes: 'the notes',
  index: 'the index',
  'tool-classes': 'the classes of tools',
  roster: 'the roster',
  goals: 'the goals',
  judges: 'judges.md',
};

/** What a fix does in words. */
export function fixLabel(fix: string): string {
  const of = named(fix);
  return of === null ? 'Mend' : `Mend ${SUBJECTS[of.check] ?? of.check} of ${of.agent}`;
}

/** The edits of a fix that the doctor offers, by its id, on the files as they stand. */
export function editsToFix({ folder, today }: EditContext, fix: string): Result<readonly FileEdit[]> {
  const of = named(fix);
  const mend = of === null ? undefined : MENDS.get(of.check);
  if (of === null || mend === undefined) {
    return fail('bad-request', 'This is no fix of the doctor.', 'Look at the doctor again.');
  }
  const done = mend({ folder, agent: of.agent, today, args: of.args });
  if (done !== null) return ok(done.edits);
  return fail(
    'conflict',
    `There is nothing left to mend: ${SUBJECTS[of.check] ?? of.check} of ${of.agent} changed since the doctor looked.`,
    'Let the doctor look again.',
  );
}
