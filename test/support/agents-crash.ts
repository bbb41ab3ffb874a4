import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EditPlan } from '../../src/contract/edits.ts';
import { baseOf, FILES, openEditBench, planOf, type EditBench } from './agent-edits.ts';
import { doJob, type EditJob } from './edit-child.ts';

const SOUL = 'ada/persona/SOUL.md';
const NOTE = 'ada/memory/decision_print_house.md';
const SKILL = 'ada/skills/review/SKILL.md';
const INDEX = 'ada/memory/INDEX.md';

/** A write, and what another program does meanwhile. */
export type CrashScenario = {
  readonly name: string;
  readonly texts: Readonly<Record<string, string | null>>;
  readonly foreign?: EditJob['foreign'];
};

export const crashScenarios: readonly CrashScenario[] = [
  {
    name: 'three files: changed, made, taken away',
    texts: { [SOUL]: 'New soul.\n', [SKILL]: 'New skill.\n', [NOTE]: null },
  },
  {
    name: 'a file that another replaces in the last moment',
    texts: { [SOUL]: 'New soul.\n' },
    foreign: [{ at: 'file0-compared', path: SOUL, text: 'theirs\n' }],
  },
  {
    name: 'a later file that another replaces, so that the earlier ones go back',
    texts: { [SOUL]: 'New soul.\n', [SKILL]: 'New skill.\n', [NOTE]: null, [INDEX]: '# Other\n' },
    foreign: [{ at: 'file3-compared', path: INDEX, text: 'their index\n' }],
  },
  {
    name: 'a file to be taken away that another replaces',
    texts: { [SOUL]: 'New soul.\n', [NOTE]: null },
    foreign: [{ at: 'file1-compared', path: NOTE, text: 'their note\n' }],
  },
];

/** The texts that a file may wholly have at any moment of a scenario; null: it is not there. */
export function possibleTexts({ texts, foreign }: CrashScenario, path: string): (string | null)[] {
  const theirs = (foreign ?? []).filter((one) => one.path === path).map(({ text }) => text);
  return [FILES[path] ?? null, texts[path] ?? null, ...theirs];
}

/** A fresh root with the plan of a scenario. */
export function prepare({ texts }: CrashScenario): { readonly bench: EditBench; readonly plan: EditPlan } {
  const bench = openEditBench();
  const edits = Object.entries(texts).map(([path, text]) => ({ path, base: baseOf(bench.ctx, path), text }));
  return { bench, plan: planOf(bench.ctx, edits) };
}

/** The steps of a job in their order, each with how often it was reached by then; the job is done in this process. */
export function stepsOf(job: EditJob): { readonly point: string; readonly nth: number }[] {
  const counts = new Map<string, number>();
  const steps: { point: string; nth: number }[] = [];
  doJob(job, (point) => {
    const nth = (counts.get(point) ?? 0) + 1;
    counts.set(point, nth);
    steps.push({ point, nth });
  });
  return steps;
}

const compileCache = join(tmpdir(), 'vekscope-test-compile-cache');
const childFile = fileURLToPath(new URL('edit-child.ts', import.meta.url));

/** Runs a job in another process. `signal` is what ended it. */
export function runEditChild(
  job: EditJob,
  uid?: number,
): Promise<{ readonly signal: string | null; readonly out: string; readonly err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', childFile, JSON.stringify(job)],
      {
        env: { ...process.env, SQLITE_USE_URI: '1', NODE_COMPILE_CACHE: compileCache },
        ...(uid === undefined ? {} : { uid, gid: uid }),
      },
    );
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.on('error', reject);
    child.on('close', (_code, signal) => resolve({ signal, out, err }));
  });
}

/** The text of a file of a bench; null: it is not there. */
export function nowIn(bench: EditBench, path: string): string | null {
  const file = join(bench.root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** What a write must not leave behind, in the root and in the app folder. */
export function strayFiles({ root, dataDir }: EditBench): string[] {
  return [root, dataDir].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tmp$|\.other$/.test(name)),
  );
}

/** Whether a text is among those that are kept of a bench. */
export function isKept({ dataDir }: EditBench, text: string): boolean {
  const folder = join(dataDir, 'agent-edits');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /objects\/..\/[0-9a-f]{64}$/.test(name))
    .some((name) => readFileSync(join(folder, name), 'utf8') === text);
}
