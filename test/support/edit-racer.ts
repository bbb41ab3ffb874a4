import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdit } from '../../src/core/agents/write/apply.ts';
import { sha256Of } from '../../src/core/agents/write/objects.ts';
import { recoverEdits } from '../../src/core/agents/write/recover.ts';
import { contextOf, planOf } from './agent-edits.ts';

/** Adds lines to files of an agent through our own writes for a while; the job is JSON in the first argument. */
export type RaceJob = {
  readonly root: string;
  readonly dataDir: string;
  /** begins every line that this process adds */
  readonly name: string;
  readonly paths: readonly string[];
  readonly seconds: number;
};

/** What became of each attempt: its file, its line, and `ok` or the kind of the failure. */
export type RaceAnswer = readonly (readonly [path: string, marker: string, became: string])[];

const job = JSON.parse(process.argv[2]!) as RaceJob;
const attempts: [string, string, string][] = [];
const until = performance.now() + job.seconds * 1000;
while (performance.now() < until) {
  const ctx = contextOf(job.root, job.dataDir);
  const path = job.paths[Math.floor(Math.random() * job.paths.length)]!;
  const marker = `${job.name}-${attempts.length}`;
  const bytes = readFileSync(join(job.root, path));
  const edit = { path, base: sha256Of(bytes), text: `${bytes.toString('utf8')}${marker}\n` };
  const applied = applyEdit(ctx, planOf(ctx, [edit], 'save', marker));
  attempts.push([path, marker, applied.ok ? 'ok' : applied.error.kind]);
}
const left = recoverEdits(contextOf(job.root, job.dataDir));
if (!left.ok) throw new Error(left.error.message);
process.stdout.write(JSON.stringify(attempts));
