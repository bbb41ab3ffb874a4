import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerPython, projectRoot } from './peers.ts';

/** What the real package is asked of made files; see agents_made.py. */
export type MadeJob =
  | { readonly do: string; readonly path: string; readonly root?: boolean }
  | { readonly do: 'loaded' | 'evals' | 'journal'; readonly root: string; readonly agent: string };

/** Asks the real package all in one process, without any backend that the environment might name. */
export function realMade(
  jobs: readonly MadeJob[],
): readonly { readonly ok?: unknown; readonly error?: string }[] {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !key.startsWith('ATOMIC_AGENTS_')),
  );
  const ran = spawnSync(peerPython()!, [join(projectRoot, 'test/support/agents_made.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
    env: { ...env, HOME: mkdtempSync(join(tmpdir(), 'vekscope-home-')) },
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as { ok?: unknown; error?: string }[];
}
