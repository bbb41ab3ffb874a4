import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { NodeRecord } from '../../src/contract/vek.ts';
import { peerPython, projectRoot } from './peers.ts';
import { placeOf, type Bench } from './writes.ts';

/** What the real tool is told to do in one repository; see merge_vek.py. */
export type ToolJob = {
  readonly root: string;
  readonly micros?: number;
  readonly steps: readonly ToolStep[];
};
export type ToolStep =
  | { readonly do: 'merge'; readonly into: string; readonly from: string }
  | {
      readonly do: 'store';
      readonly branch?: string;
      readonly tool: string;
      readonly input: unknown;
      readonly output: unknown;
    }
  | { readonly do: 'edit'; readonly branch: string; readonly key: string; readonly value: unknown }
  | { readonly do: 'fork'; readonly at: string; readonly name: string }
  | { readonly do: 'switch'; readonly name: string }
  | { readonly do: 'gc' }
  | { readonly do: 'ask'; readonly show?: readonly string[] };

/** What it says of a repository. Values of calls are JSON text, so that no digit is lost. */
export type ToolSaid = {
  readonly fsck: readonly unknown[];
  readonly status: { branch: string; tip: string | null; nodes: number; objects: number; refs: number };
  readonly branches: readonly (readonly [string, string])[];
  readonly logs: Readonly<Record<string, readonly string[]>>;
  readonly head: string;
  readonly gc: { readonly unreachable_nodes: readonly string[]; readonly orphan_objects: readonly string[] };
  readonly graph: number;
  readonly show?: Readonly<Record<string, NodeRecord & { readonly input: string; readonly output: string }>>;
  readonly replay?: Readonly<Record<string, readonly string[]>>;
};

/** Has the real tool do its jobs in one process; for each job the answers of its steps. */
export function realTool(jobs: readonly ToolJob[]): unknown[][] {
  const ran = spawnSync(peerPython()!, [join(projectRoot, 'test', 'support', 'merge_vek.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as unknown[][];
}

/** What the real tool says of a repository. */
export function realToolSays(root: string, show: readonly string[] = []): ToolSaid {
  return realTool([{ root, steps: [{ do: 'ask', show }] }])[0]![0] as ToolSaid;
}

/** The real tool sees the refs, HEAD and calls that we see, and finds nothing wrong. */
export function agrees(said: ToolSaid, bench: Bench, title: string): void {
  const place = placeOf(bench);
  const refs = Object.entries(place.refs);
  expect(said.fsck, title).toEqual([]);
  expect(Object.fromEntries(said.branches), title).toEqual(
    Object.fromEntries(refs.filter(([name]) => !/^(tag|checkpoint)\//.test(name))),
  );
  const branch = place.head.replace(/^ref: /, '').trimEnd();
  expect(said.head, title).toBe(place.head);
  expect(said.status, title).toEqual({
    branch,
    tip: place.refs[branch] ?? null,
    nodes: place.nodes,
    objects: place.objects,
    refs: refs.length,
  });
}
