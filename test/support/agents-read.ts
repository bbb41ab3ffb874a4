import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { peerPython, projectRoot } from './peers.ts';

/** What the real package is asked; see agents_read.py. */
export type ReadJob =
  | { readonly do: 'prompt' | 'caps'; readonly root: string; readonly agent: string }
  | { readonly do: 'quality'; readonly root: string; readonly agent: string; readonly today: string }
  | { readonly do: 'note'; readonly path: string }
  | {
      readonly do: 'yaml' | 'header' | 'model' | 'roster' | 'judges' | 'tools' | 'escalation';
      readonly text: string;
    };

/** Its answer, or the error that it raised. */
export type ReadAnswer = { readonly ok?: unknown; readonly error?: string };

/** Asks the real package all in one process. */
export function realReads(jobs: readonly ReadJob[]): readonly ReadAnswer[] {
  const ran = spawnSync(peerPython()!, [join(projectRoot, 'test/support/agents_read.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as ReadAnswer[];
}
