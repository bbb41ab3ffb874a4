import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerPython, projectRoot } from './peers.ts';

export type MadeItem = {
  readonly id: string;
  readonly tool: 'mail__send' | 'disk__wipe';
  readonly arguments: unknown;
  readonly reason: string;
};

/** What the real package is asked; see agents_answers.py. */
export type AnswerJob =
  | {
      readonly do: 'make';
      readonly root: string;
      readonly agent: string;
      readonly items: readonly MadeItem[];
    }
  | { readonly do: 'poll'; readonly text: string }
  | { readonly do: 'act'; readonly root: string; readonly agent: string }
  | { readonly do: 'tuning'; readonly path: string }
  | { readonly do: 'apply'; readonly root: string; readonly agent: string; readonly report: string };

/** A resolution as the package's poll took it. */
export type Taken = {
  readonly decision: string;
  readonly enforcement: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly amendment: {
    readonly judge_note: string;
    readonly tool_name: string | null;
    readonly tool_arguments: unknown;
    readonly target_audience: string | null;
    readonly reversibility: string | null;
  } | null;
};
export type Polled = { readonly events: readonly Taken[]; readonly warnings: readonly string[] };
export type Acted = {
  readonly first: readonly Taken[];
  readonly again: readonly Taken[];
  readonly calls: readonly (readonly [string, unknown])[];
  readonly triggers: readonly (readonly [string | null, string | null])[];
};

/** Has the real package do its jobs in one process. */
export function realAnswers(jobs: readonly AnswerJob[]): unknown[] {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !key.startsWith('ATOMIC_AGENTS_')),
  );
  const ran = spawnSync(peerPython()!, [join(projectRoot, 'test/support/agents_answers.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...env, HOME: mkdtempSync(join(tmpdir(), 'vekscope-home-')) },
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as unknown[];
}
