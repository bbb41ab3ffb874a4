import { existsSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { CheckReport, Problem } from '../../contract/problem.ts';
import { fail, ok, type Failure, type Result } from '../../core/result.ts';
import { systemFailure } from '../../core/storage/failures.ts';
import { resolveInside } from '../../core/storage/inside.ts';
import { checkRepository } from '../../core/vek/check.ts';
import { evidenceText } from '../../core/vek/evidence-form.ts';
import { collectEvidence } from '../../core/vek/evidence.ts';
import type { RepositoryPaths } from '../../core/vek/paths.ts';
import { lookAtVek } from '../../core/vek/store.ts';
import { inspectFolder, type FoundStore, type FoundVek } from '../../core/workspace/inspect.ts';
import { repository, type Call } from '../command.ts';
import { agentsVerdict } from './agents-inspect.ts';
import { ledgerVerdict } from './ledger-inspect.ts';
import { EXIT, safe, safeLine, type Output } from '../output.ts';

const SIGNS = { error: 'error  ', warning: 'warning', notice: 'notice ' } as const;

function problemLine(out: Output, { severity, message }: Problem): string {
  const colour = severity === 'error' ? 'red' : severity === 'warning' ? 'yellow' : 'dim';
  return `${out.paint(SIGNS[severity], colour)}  ${safe(message)}`;
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}

/** Shows how far a check is, on a terminal only. */
function progressOn(out: Output): ((progress: { done: number; total: number }) => void) | undefined {
  if (out.json || process.stderr.isTTY !== true) return undefined;
  return ({ done, total }) => process.stderr.write(`\r${done} of ${total} checked`);
}

/** Checks everything; exit code 1 when the check found damage. */
export async function runFsck(call: Call): Promise<number> {
  const { out } = call;
  const paths = repository(call);
  if (!paths.ok) return out.failure(paths.error);
  const onProgress = progressOn(out);
  const file = typeof call.options['evidence'] === 'string' ? call.options['evidence'] : null;
  const checked =
    file === null
      ? await checkRepository(paths.value, { onProgress })
      : await checkForFile(call, paths.value, file, onProgress);
  if (onProgress !== undefined) process.stderr.write('\r\u001b[K');
  if (!checked.ok) return out.failure(checked.error);
  const { ok: sound, problems, checked: counts } = checked.value;
  const verbose = call.options['verbose'] === true;
  out.answer(
    {
      ok: sound,
      problems: problems.map(plainProblem),
      checked: counts,
      ...(verbose ? more(checked.value) : {}),
    },
    () => [
      ...problems.map((problem) => problemLine(out, problem)),
      ...(verbose ? verboseLines(out, checked.value) : []),
      `${sound ? out.paint('no errors', 'green') : out.paint('damaged', 'red')}: checked ${count(counts.nodes, 'call')}, ${count(counts.objects, 'object')} and ${count(counts.refs, 'ref')}`,
    ],
  );
  return sound ? EXIT.fine : EXIT.problems;
}

/** What `--verbose` adds to the JSON. */
function more({ sound, notChecked, cutOff }: CheckReport) {
  return {
    sound: sound.map(({ what, count: counted, text }) => ({ what, count: counted, text })),
    not_checked: notChecked,
    unreached_calls: cutOff?.calls ?? 0,
  };
}

function verboseLines(out: Output, { sound, notChecked, cutOff }: CheckReport): string[] {
  return [
    ...sound.map(({ text }) => `${out.paint('sound  ', 'green')}  ${safeLine(text)}`),
    ...notChecked.map((text) => `${out.paint('skipped', 'dim')}  ${safeLine(text)}`),
    ...(cutOff === null
      ? []
      : [
          `${out.paint('beware ', 'yellow')}  No ref reaches ${count(cutOff.calls, 'call')}: do not run gc before a tag holds them.`,
        ]),
  ];
}

/** Checks, and writes the evidence of it to a new file: Markdown for `.md` and `.txt`, else JSON. */
async function checkForFile(
  call: Call,
  paths: RepositoryPaths,
  file: string,
  onProgress: ReturnType<typeof progressOn>,
): Promise<Result<CheckReport>> {
  // `--repo` changes where the repository is looked for, not where a file of the person's own goes.
  const target = resolve(file);
  if (existsSync(target)) {
    return fail('exists', `${target} is there already, and was not changed.`, 'Choose another name.');
  }
  const folder = resolveInside(paths.dir, dirname(target));
  if (folder.ok) {
    return fail(
      'refused',
      `${target} would lie inside the repository, and looking leaves nothing there.`,
      'Choose a file outside of .vek.',
    );
  }
  const { default: product } = await import('../../../package.json', { with: { type: 'json' } });
  const made = await collectEvidence(paths, { version: product.version, onProgress });
  if (!made.ok) return made;
  try {
    writeFileSync(target, evidenceText(made.value, /\.(?:md|txt)$/i.test(target) ? 'text' : 'json'), {
      flag: 'wx',
    });
  } catch (error) {
    return systemFailure(error, target);
  }
  call.out.note(`Evidence written to ${target}`);
  return ok(made.value.check.report);
}

function plainProblem({ kind, severity, hash, ref, message }: Problem) {
  return { kind, severity, hash, ref, message };
}

type Inspected = {
  readonly kind: string;
  readonly path: string;
  readonly state: 'ok' | 'damaged' | 'unreadable';
  readonly summary: string;
};

function verdict(store: FoundVek, checked: Result<CheckReport>): Pick<Inspected, 'state' | 'summary'> {
  if (!checked.ok) return { state: 'unreadable', summary: unreadableWords(checked.error) };
  const { problems, checked: counts } = checked.value;
  const refs = lookAtVek(store.paths, (s) => s.refs().filter((ref) => ref.kind === 'branch').length);
  const what = `${count(counts.nodes, 'call')}, ${count(counts.objects, 'object')}, ${count(refs.ok ? refs.value : 0, 'branch').replace('branchs', 'branches')}`;
  const wrong = problems.filter((problem) => problem.severity !== 'notice');
  if (wrong.length === 0) return { state: 'ok', summary: `${what}; every hash recomputed` };
  return { state: 'damaged', summary: `${what}; ${count(wrong.length, 'problem')}: ${wrong[0]?.message}` };
}

function unreadableWords({ message, hint }: Failure): string {
  return `${message} ${hint}`;
}

async function toldOf(store: FoundStore): Promise<Pick<Inspected, 'state' | 'summary'>> {
  switch (store.kind) {
    case 'vek':
      return verdict(store, await checkRepository(store.paths));
    case 'agents':
      return agentsVerdict(store);
    case 'aex':
      return ledgerVerdict(store);
    default:
      return store satisfies never;
  }
}

/** Finds the stores of a folder and checks each. */
export async function runInspect(call: Call): Promise<number> {
  const { out } = call;
  const dir = resolve(call.start, call.words[0] ?? '.');
  const inspected = inspectFolder(dir);
  if (!inspected.ok) return out.failure(inspected.error);
  const sources: Inspected[] = [];
  for (const store of inspected.value.stores) {
    const { kind, path } = store;
    sources.push({ kind, path, ...(await toldOf(store)) });
  }
  for (const note of inspected.value.notes) out.note(note);
  out.answer({ sources }, () =>
    sources.length === 0
      ? [`Nothing that Vekscope can show was found in ${safeLine(dir)}.`]
      : sources.map(({ kind, path, state, summary }) => {
          const colour = state === 'ok' ? 'green' : 'red';
          return `${kind}  ${safeLine(relative(dir, path) || '.')}  ${out.paint(state, colour)}  ${safe(summary)}`;
        }),
  );
  if (sources.some(({ state }) => state === 'unreadable')) return EXIT.bad;
  return sources.some(({ state }) => state === 'damaged') ? EXIT.problems : EXIT.fine;
}
