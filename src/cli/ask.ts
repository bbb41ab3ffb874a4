import { fail, ok, type Result } from '../core/result.ts';
import { lookAtVek, type VekLook } from '../core/vek/store.ts';
import { repository, type Call } from './command.ts';
import { EXIT } from './output.ts';

type Table = 'nodes' | 'objects' | 'refs';

/** An answer and the exit code that goes with it: 1 where rows that belong to it are known to be lost. */
export type Answer<T> = { readonly value: T; readonly exit: number };

/**
 * Answers a question by one look at the repository. What the opening found damaged is said on standard error.
 * `needs`: the tables the answer stands on. Where nothing of one can be read there is no answer (`damaged`): an
 * empty list would be a lie.
 */
export function ask<T>(
  call: Call,
  needs: readonly Table[],
  question: (s: VekLook) => Result<T>,
): Result<Answer<T>> {
  const paths = repository(call);
  if (!paths.ok) return paths;
  const looked = lookAtVek(paths.value, (s): Result<Answer<T> & { readonly notes: readonly string[] }> => {
    const absent = needs.find((table) => !s.schema.tables.has(table));
    if (absent !== undefined && !freshlyMade(s)) {
      const why = s.schema.damage[0] ?? `The table ${absent} is missing.`;
      return fail('damaged', `vek.db is damaged: ${why}`, 'See what is left with: vekscope fsck');
    }
    const lost = s.how.losses.filter((loss) => needs.some((table) => table === loss.table));
    const counts = lost.length === 0 ? null : s.counts();
    const gone = lost.find((loss) => counts?.[loss.table as Table] === 0);
    if (gone !== undefined) {
      return fail('damaged', `vek.db is damaged: ${gone.message}`, 'See what is left with: vekscope fsck');
    }
    const asked = question(s);
    if (!asked.ok) return asked;
    const notes = s.problems
      .filter((problem) => problem.severity === 'error')
      .map((problem) => problem.message);
    return ok({ value: asked.value, exit: lost.length === 0 ? EXIT.fine : EXIT.problems, notes });
  });
  if (!looked.ok) return looked;
  if (!looked.value.ok) return looked.value;
  const { value, exit, notes } = looked.value.value;
  for (const note of notes) call.out.note(note);
  return ok({ value, exit });
}

/** No byte, or nothing in it yet: the Python tool takes such a file for a repository without calls. */
function freshlyMade({ how, schema }: VekLook): boolean {
  return how.empty || (schema.version === 0 && schema.tables.size === 0);
}
