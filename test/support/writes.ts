import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import type { Action, Operation, Plan } from '../../src/contract/operations.ts';
import type { WriteContext } from '../../src/core/operations/context.ts';
import type { Failure, Result } from '../../src/core/result.ts';
import { applyPlan } from '../../src/core/vek/apply.ts';
import { readHead } from '../../src/core/vek/head.ts';
import { log } from '../../src/core/vek/log.ts';
import { repositoryAt, type RepositoryPaths } from '../../src/core/vek/paths.ts';
import { planAction } from '../../src/core/vek/plan.ts';
import { lookAtVek } from '../../src/core/vek/store.ts';
import { copyGolden } from './goldens.ts';
import { planned } from './planned.ts';
import type { ChildJob } from './write-child.ts';

/** The value of a success; throws with the words of a failure. */
export function value<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.kind}: ${result.error.message} ${result.error.detail ?? ''}`);
}

/** The failure that was expected. */
export function failure<T>(result: Result<T>): Failure {
  if (!result.ok) return result.error;
  throw new Error(`should have failed, and gave ${JSON.stringify(result.value)}`);
}

/** A copy of a golden repository and an app folder of its own. */
export type Bench = { readonly root: string; readonly paths: RepositoryPaths; readonly ctx: WriteContext };

export function openBench(golden: string): Bench {
  const root = copyGolden(golden);
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
  return { root, paths: repositoryAt(root)!, ctx: { dataDir } };
}

export function closeBench({ root, ctx }: Bench): void {
  for (const folder of [root, ctx.dataDir]) rmSync(folder, { recursive: true, force: true });
}

export function planOf({ paths, ctx }: Bench, action: Action): Plan {
  return value(planAction(paths, action, ctx));
}

/** Plans and applies. */
export function act({ paths, ctx }: Bench, action: Action): Operation {
  const { plan, contents } = value(planned(paths, action, ctx));
  return value(applyPlan(paths, plan, ctx, contents));
}

export function undo(bench: Bench, operation: Pick<Operation, 'id'>): Operation {
  return act(bench, { kind: 'undo', operation: operation.id });
}

/** Everything a write may change: refs, HEAD's text, how many calls there are. */
export type Place = {
  readonly refs: Record<string, string>;
  readonly head: string;
  readonly nodes: number;
  readonly objects: number;
};

export function placeOf({ paths }: Bench): Place {
  const head = readHead(paths);
  return value(
    lookAtVek(paths, (s) => ({
      refs: Object.fromEntries(s.refs().map((ref) => [ref.name, ref.hash])),
      head: head.state === 'branch' ? head.text : head.state,
      nodes: s.counts().nodes,
      objects: s.counts().objects,
    })),
  );
}

export function currentOf({ paths }: Bench): string {
  const head = readHead(paths);
  return head.state === 'branch' ? head.branch : '';
}

/** The chain of a branch, newest first. */
export function chainOf({ paths }: Bench, branch: string): string[] {
  return value(value(lookAtVek(paths, (s) => log(s, { n: 'all', branch })))).map((node) => node.hash);
}

/** Changes the store as a process would that knows nothing of us. */
export function outside({ paths }: Bench, sql: string, ...values: unknown[]): void {
  const db = new SqliteDatabase(paths.db);
  db.prepare(sql).run(...values);
  db.close();
}

/** Removes calls and objects that no ref reaches, as vek's gc does. */
export function collectGarbage({ paths }: Bench): void {
  const db = new SqliteDatabase(paths.db);
  db.exec(`
    CREATE TEMP TABLE kept AS WITH RECURSIVE k(h) AS (
      SELECT hash FROM refs
      UNION SELECT parent_hash FROM k JOIN nodes ON hash = h WHERE parent_hash IS NOT NULL
      UNION SELECT merge_parent FROM k JOIN nodes ON hash = h WHERE merge_parent IS NOT NULL) SELECT h FROM k;
    DELETE FROM nodes WHERE hash NOT IN (SELECT h FROM kept);
    DELETE FROM objects WHERE hash NOT IN (SELECT input_hash FROM nodes UNION SELECT output_hash FROM nodes);`);
  db.close();
}

/** Compiled code for all children, so that each is there sooner. */
const compileCache = join(tmpdir(), 'vekscope-test-compile-cache');
const childFile = fileURLToPath(new URL('write-child.ts', import.meta.url));

/** Runs a write in another process. `signal` is what ended it, `out` what it printed. */
export function runChild(
  job: ChildJob,
  uid?: number,
): Promise<{ signal: string | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', childFile, JSON.stringify(job)],
      {
        env: {
          ...process.env,
          SQLITE_USE_URI: '1',
          NODE_COMPILE_CACHE: compileCache,
          VEKSCOPE_DATA: job.dataDir,
        },
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
