import { createInterface } from 'node:readline/promises';
import type { Change, EditPlan, PlannedFile } from '../../contract/edits.ts';
import type { EditContext } from '../../core/agents/edit/context.ts';
import { planChange } from '../../core/agents/edit/plan.ts';
import { applyEdit } from '../../core/agents/write/apply.ts';
import type { Plain } from '../../core/json/build.ts';
import { diffText, linesOf } from '../../core/json/text-diff.ts';
import { fail } from '../../core/result.ts';
import type { Call } from '../command.ts';
import { EXIT, safe, safeLine, type Output } from '../output.ts';

/** Lines that are shown around a change. */
const AROUND = 2;

/**
 * Shows what a change writes, then writes it; `--preview` only shows it. On a terminal a person is asked first, unless
 * `--yes` is given. `done` is said after it was written.
 */
export async function writeChange(
  call: Call,
  ctx: EditContext,
  change: Change,
  done: string,
): Promise<number> {
  const { out, options } = call;
  const plan = planChange(ctx, change);
  if (!plan.ok) return out.failure(plan.error);
  const { title, files, warnings, blocked } = plan.value;
  for (const warning of warnings) out.note(warning);
  const preview = [safeLine(title), ...files.flatMap((file) => [''].concat(fileLines(out, file)))];
  if (options['preview'] === true) {
    if (blocked !== null) out.note(blocked);
    out.answer({ written: false, ...planJson(plan.value) }, () => preview);
    return EXIT.fine;
  }
  if (blocked !== null) return out.failure(fail('locked', blocked, 'Nothing was written.').error);
  const asks = !out.json && options['yes'] !== true && process.stdin.isTTY && process.stdout.isTTY;
  if (asks) {
    process.stdout.write(`${preview.join('\n')}\n\n`);
    if (!(await confirmed())) {
      return out.failure(fail('cancelled', 'Nothing was written.', 'Answer y to write it.').error);
    }
  }
  const edit = applyEdit(ctx, plan.value);
  if (!edit.ok) return out.failure(edit.error);
  const { id, state } = edit.value;
  out.answer({ written: true, edit: id, state, ...planJson(plan.value) }, () => [
    ...(asks ? [] : [...preview, '']),
    done,
  ]);
  return EXIT.fine;
}

async function confirmed(): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await asking.question('Write this? [y/N] ')).trim());
  } finally {
    asking.close();
  }
}

function planJson({ title, files, agents, warnings, blocked }: EditPlan): { readonly [key: string]: Plain } {
  return {
    title,
    agents,
    warnings,
    blocked,
    files: files.map(({ path, before, after, writtenFor }) => ({
      path,
      writtenFor,
      before: before?.sha256 ?? null,
      after: after?.sha256 ?? null,
    })),
  };
}

/** The lines of a file that change, with a few around them. */
function fileLines(out: Output, { path, before, after, why }: PlannedFile): string[] {
  const head = `${safeLine(path)}${before === null ? ', new' : after === null ? ', removed' : ''}`;
  const a = before?.text ?? '';
  const b = after?.text ?? '';
  const lines = why === '' ? [head] : [head, `  ${safeLine(why)}`];
  let shown = 0;
  const old = linesOf(a);
  for (const { from, to, newFrom, newTo } of diffText(a, b)) {
    const first = linesOf(a.slice(0, from)).length;
    const last = first + linesOf(a.slice(from, to)).length;
    const start = Math.max(shown, first - AROUND);
    if (start > shown && shown > 0) lines.push('…');
    lines.push(...old.slice(start, first).map((line) => row(' ', line)));
    lines.push(...linesOf(a.slice(from, to)).map((line) => out.paint(row('-', line), 'red')));
    lines.push(...linesOf(b.slice(newFrom, newTo)).map((line) => out.paint(row('+', line), 'green')));
    shown = last;
  }
  return lines;
}

const row = (sign: string, line: string): string => `${sign} ${safe(line.replace(/\r?\n$/, ''))}`.trimEnd();
