import '../../src/core/storage/uri.ts';
import { appendFileSync, existsSync } from 'node:fs';
import type { Action } from '../../src/contract/operations.ts';
import type { KillPoint, WriteContext } from '../../src/core/operations/context.ts';
import { recover } from '../../src/core/operations/recover.ts';
import { applyPlan } from '../../src/core/vek/apply.ts';
import { repositoryAt } from '../../src/core/vek/paths.ts';
import { planned } from './planned.ts';

/** What the other process is to do; it comes as JSON in the first argument. */
export type ChildJob = {
  readonly root: string;
  readonly dataDir: string;
  /** none: recover */
  readonly actions?: readonly Action[];
  /** ends itself by SIGKILL at this step, after one line in `log` */
  readonly killAt?: KillPoint;
  readonly log?: string;
  /** waits at this step: makes the file `paused`, goes on when the file `go` is there */
  readonly pauseAt?: KillPoint;
  readonly paused?: string;
  readonly go?: string;
};

const job = JSON.parse(process.argv[2]!) as ChildJob;

function wait(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const ctx: WriteContext = {
  dataDir: job.dataDir,
  probe: (point) => {
    if (point === job.killAt) {
      appendFileSync(job.log!, `${point}\n`);
      process.kill(process.pid, 'SIGKILL');
    }
    if (point === job.pauseAt) {
      appendFileSync(job.paused!, 'paused');
      while (!existsSync(job.go!)) wait(5);
    }
  },
};

const paths = repositoryAt(job.root)!;
if (job.go !== undefined && job.pauseAt === undefined) while (!existsSync(job.go)) wait(1);
const results =
  job.actions === undefined
    ? [recover(paths, ctx)]
    : job.actions.map((action) => {
        const made = planned(paths, action, ctx);
        return made.ok ? applyPlan(paths, made.value.plan, ctx, made.value.contents) : made;
      });
process.stdout.write(JSON.stringify(results));
