import type { EditPlan } from '../../src/contract/edits.ts';
import { applyEdit } from '../../src/core/agents/write/apply.ts';
import { recoverEdits } from '../../src/core/agents/write/recover.ts';
import { contextOf, replaceOutside } from './agent-edits.ts';

/** What the other process is to do; it comes as JSON in the first argument. */
export type EditJob = {
  readonly root: string;
  readonly dataDir: string;
  /** none: recover */
  readonly plan?: EditPlan;
  /** ends itself by SIGKILL when this step is reached for the `killNth` time */
  readonly killAt?: string;
  readonly killNth?: number;
  /** a program that knows nothing of us replaces a file at a step, before that */
  readonly foreign?: readonly { readonly at: string; readonly path: string; readonly text: string }[];
};

/** Does what another program does at a step. */
function writeForeign(root: string, foreign: EditJob['foreign'], point: string): void {
  for (const { at, path, text } of foreign ?? []) {
    if (at === point) replaceOutside({ root }, path, text);
  }
}

/** Does the job; the probe hears each step. */
export function doJob(job: EditJob, probe: (point: string) => void): unknown {
  const ctx = contextOf(job.root, job.dataDir, (point) => {
    writeForeign(job.root, job.foreign, point);
    probe(point);
  });
  return job.plan === undefined ? recoverEdits(ctx) : applyEdit(ctx, job.plan);
}

if (process.argv[1]?.endsWith('edit-child.ts') === true) {
  const job = JSON.parse(process.argv[2]!) as EditJob;
  let left = job.killNth ?? 1;
  const answer = doJob(job, (point) => {
    if (point === job.killAt && --left === 0) process.kill(process.pid, 'SIGKILL');
  });
  process.stdout.write(JSON.stringify(answer));
}
