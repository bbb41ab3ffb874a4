import type { Action, Operation, Plan } from '../../contract/operations.ts';
import { lastUndoable } from '../../core/operations/record.ts';
import { recover } from '../../core/operations/recover.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { applyPlan } from '../../core/vek/apply.ts';
import { readHead } from '../../core/vek/head.ts';
import type { RepositoryPaths } from '../../core/vek/paths.ts';
import { planAction } from '../../core/vek/plan.ts';
import { lookAtVek } from '../../core/vek/store.ts';
import { repository, writeContext, type Call } from '../command.ts';
import { EXIT, safeLine } from '../output.ts';
import { ask } from '../ask.ts';

type Written = { readonly plan: Plan; readonly operation: Operation };

/** Plans and applies in one go, after ending what an earlier process left half done. */
function write(call: Call, actionOf: (paths: RepositoryPaths) => Result<Action>): Result<Written> {
  const paths = repository(call);
  if (!paths.ok) return paths;
  const ctx = writeContext();
  for (const message of recover(paths.value, ctx).messages) call.out.note(message);
  const action = actionOf(paths.value);
  if (!action.ok) return action;
  const plan = planAction(paths.value, action.value, ctx);
  if (!plan.ok) return plan;
  const operation = applyPlan(paths.value, plan.value, ctx);
  if (!operation.ok) return operation;
  for (const warning of plan.value.warnings) call.out.note(warning);
  return ok({ plan: plan.value, operation: operation.value });
}

function answer(call: Call, written: Result<Written>, words: (written: Written) => string): number {
  if (!written.ok) return call.out.failure(written.error);
  const { id, title, refs, head, state } = written.value.operation;
  call.out.answer({ operation: { id, title, state, refs, head } }, () => [words(written.value)]);
  return EXIT.fine;
}

/** Lists branches, or switches to one that is made at the tip where it is new. */
export function runBranch(call: Call): number {
  const name = call.words[0];
  if (name !== undefined) {
    const written = write(call, (paths) => {
      const exists = lookAtVek(paths, (s) => s.ref(name) !== null);
      if (!exists.ok) return exists;
      return ok(
        exists.value ? { kind: 'switch', name } : { kind: 'create-branch', name, at: null, head: true },
      );
    });
    return answer(call, written, () => `Switched to branch '${safeLine(name)}'`);
  }
  const asked = ask(call, ['refs'], (s) => ok(s.refs().filter((ref) => ref.kind === 'branch')));
  if (!asked.ok) return call.out.failure(asked.error);
  const branches = asked.value.value;
  const paths = repository(call);
  const head = paths.ok ? readHead(paths.value) : null;
  const current = head?.state === 'branch' ? head.branch : null;
  call.out.answer(
    branches.map((ref) => [ref.name, ref.hash]),
    () =>
      branches.map(
        (ref) =>
          `${ref.name === current ? '*' : ' '} ${safeLine(ref.name)}\t${safeLine(ref.hash.slice(0, 10))}`,
      ),
  );
  return asked.value.exit;
}

/** Sets a tag, or lists them as the Python command: by a comparison blind to ASCII case, in the order of full names (formats/vek.md §5). */
export function runTag(call: Call): number {
  const [name, at] = call.words;
  if (name !== undefined) {
    const written = write(call, () => ok({ kind: 'tag', name, at: at ?? null }));
    return answer(call, written, () => `Tagged '${safeLine(name)}'`);
  }
  const asked = ask(call, ['refs'], (s) => ok(s.refs().filter((ref) => /^tag\//i.test(ref.name))));
  if (!asked.ok) return call.out.failure(asked.error);
  const tags = asked.value.value.map((ref) => [ref.label, ref.hash] as const);
  call.out.answer(tags, () =>
    tags.map(([label, hash]) => `  ${safeLine(label)}\t${safeLine(hash.slice(0, 10))}`),
  );
  return asked.value.exit;
}

/** Sets a branch to a call and switches to it. */
export function runFork(call: Call): number {
  const [hash, word] = call.words;
  const option = call.options['name'];
  if (word !== undefined && option !== undefined) {
    return call.out.failure(
      fail('bad-request', 'The name is given twice.', 'Give it as NAME or with --name.').error,
    );
  }
  // An empty name is no name, as for the Python command.
  const name = word || (typeof option === 'string' && option !== '' ? option : null);
  const written = write(call, () =>
    ok({ kind: 'fork', at: hash as string, name, head: true, replace: true }),
  );
  return answer(call, written, ({ plan }) => {
    const branch = plan.refs[0]?.name ?? name ?? `fork-${(hash as string).slice(0, 8)}`;
    return `Forked to branch '${safeLine(branch)}' at ${safeLine((plan.refs[0]?.after ?? (hash as string)).slice(0, 10))}`;
  });
}

/** Takes back the newest write that can be taken back. */
export function runUndo(call: Call): number {
  const written = write(call, (paths) => {
    const last = lastUndoable(paths, writeContext());
    return last.ok ? ok({ kind: 'undo', operation: last.value.id }) : last;
  });
  return answer(call, written, ({ operation }) => safeLine(operation.title));
}
