import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../src/contract/operations.ts';
import { recover } from '../../src/core/operations/recover.ts';
import {
  crash,
  crashPlan,
  killCounts,
  killLog,
  leftovers,
  twoAtATime,
  type Crash,
} from '../support/crash.ts';
import { peerPython } from '../support/peers.ts';
import {
  act,
  chainOf,
  closeBench,
  currentOf,
  openBench,
  placeOf,
  undo,
  type Bench,
  type Place,
} from '../support/writes.ts';

const python = peerPython();

/** What the real tool says of a repository; `stored` is what it says after it recorded a call there. */
type Said = {
  readonly root: string;
  readonly fsck: unknown[];
  readonly branches: [string, string][];
  readonly tags: [string, string][];
  readonly status: { branch: string; tip: string | null; nodes: number; objects: number; refs: number };
  readonly head: string;
  readonly stored: {
    hash: string;
    tip: string;
    branch: string;
    parent: string | null;
    fsck: unknown[];
  } | null;
};

const script = `
import json, os, sys
import vek
jobs = json.load(sys.stdin)
out = []
for job in jobs:
    os.chdir(job["root"])
    if job.get("gc"):
        vek.gc()
    said = {"root": job["root"], "fsck": vek.fsck(), "branches": vek.branch(), "tags": vek.tag(), "status": vek.status(),
            "head": open(".vek/HEAD").read(), "stored": None}
    if job.get("store"):
        h = vek.store("after", {"q": 1}, {"a": 2})
        after = vek.status()
        said["stored"] = {"hash": h, "tip": after["tip"], "branch": after["branch"],
                          "parent": vek.show(h)["parent_hash"], "fsck": vek.fsck()}
    out.append(said)
json.dump(out, sys.stdout)
`;

function ask(jobs: readonly { root: string; store?: boolean; gc?: boolean }[]): Said[] {
  const ran = spawnSync(python!, ['-c', script], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as Said[];
}

/** The real tool sees the same refs, HEAD and calls as we do, and finds nothing wrong. */
function agrees(said: Said, place: Place, title: string): void {
  expect(said.fsck, title).toEqual([]);
  const refs = Object.entries(place.refs);
  expect(Object.fromEntries(said.branches), title).toEqual(
    Object.fromEntries(refs.filter(([name]) => !/^(tag|checkpoint)\//.test(name))),
  );
  expect(Object.fromEntries(said.tags), title).toEqual(
    Object.fromEntries(
      refs.flatMap(([name, hash]) => (name.startsWith('tag/') ? [[name.slice(4), hash]] : [])),
    ),
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

describe.skipIf(python === null)('the Python tool after our writes', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench('forked');
  });
  afterEach(() => closeBench(bench));

  const root = (): string => chainOf(bench, currentOf(bench)).at(-1)!;
  const cases: Record<string, () => Action> = {
    fork: () => ({ kind: 'fork', at: root().slice(0, 10), name: null, head: true }),
    'fork without HEAD': () => ({ kind: 'fork', at: root(), name: 'quiet', head: false }),
    'create a branch': () => ({ kind: 'create-branch', name: 'ein Zweig/é', at: null, head: true }),
    switch: () => ({ kind: 'switch', name: 'try-mock' }),
    'rename the current': () => ({ kind: 'rename-branch', from: 'main', to: 'trunk' }),
    'rename another': () => ({ kind: 'rename-branch', from: 'try-mock', to: 'mock' }),
    'delete a branch': () => ({ kind: 'delete-branch', name: 'docs/changelog' }),
    tag: () => ({ kind: 'tag', name: 'v2', at: null }),
    untag: () => ({ kind: 'untag', name: 'v0.1' }),
  };

  it.each(Object.keys(cases))('%s, undone and done again', (name) => {
    const before = placeOf(bench);
    const done = act(bench, cases[name]!());
    const after = placeOf(bench);
    agrees(ask([bench])[0]!, after, name);
    const undone = undo(bench, done);
    expect(placeOf(bench)).toEqual(before);
    agrees(ask([bench])[0]!, before, `${name}, undone`);
    undo(bench, undone);
    const said = ask([{ root: bench.root, store: true }])[0]!;
    agrees(said, after, `${name}, done again`);
    // The next call of an agent lands where HEAD says.
    expect(said.stored).toMatchObject({ tip: said.stored!.hash, parent: said.status.tip, fsck: [] });
    expect(leftovers(bench)).toEqual([]);
  });

  it('collects a deleted branch, and has it back by undo', () => {
    const before = placeOf(bench);
    const done = act(bench, { kind: 'delete-branch', name: 'reexec-plan' });
    const [collected] = ask([{ root: bench.root, gc: true }]);
    expect(collected!.status.nodes).toBeLessThan(before.nodes);
    undo(bench, done);
    const after = placeOf(bench);
    expect(after.refs).toEqual(before.refs);
    agrees(ask([{ root: bench.root, store: true }])[0]!, after, 'restored');
  });

  it('reads the trash as its own export', () => {
    const done = act(bench, { kind: 'delete-branch', name: 'reexec-plan' });
    const fresh = openBench('empty');
    const imported = spawnSync(
      python!,
      [
        '-c',
        'import vek, sys, json; print(json.dumps(vek.import_data(open(sys.argv[1]).read(), format="jsonl"))); print(json.dumps(vek.fsck()))',
        `${bench.paths.dir}/vekscope/trash/${done.id}.jsonl`,
      ],
      { cwd: fresh.root, encoding: 'utf8' },
    );
    expect(imported.stderr).toBe('');
    const [counts, fsck] = imported.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, number>);
    expect(counts).toMatchObject({ nodes_imported: 3, refs_imported: 1 });
    expect(fsck).toEqual([]);
    closeBench(fresh);
  });

  it('honours a session that holds HEAD.lock', () => {
    const held = spawnSync(
      python!,
      ['-c', 'import vek, os, time\nwith vek.session():\n  print(os.path.exists(".vek/HEAD.lock"))'],
      { cwd: bench.root, encoding: 'utf8' },
    );
    expect(held.stdout.trim()).toBe('True');
    act(bench, { kind: 'fork', at: root(), name: 'after-session', head: true });
    const again = spawnSync(
      python!,
      ['-c', 'import vek\nwith vek.session() as s: s.store("t", 1, 2)\nprint(vek.status()["branch"])'],
      {
        cwd: bench.root,
        encoding: 'utf8',
      },
    );
    expect(again.stdout.trim()).toBe('after-session');
  });
});

describe.skipIf(python === null)('the Python tool after a writer was killed', () => {
  const ROUNDS = 3;
  const log = killLog();
  const crashes: Crash[] = [];
  afterAll(() => {
    for (const one of crashes) closeBench(one.bench);
    const counts = [...killCounts(log)].map(([point, count]) => `${point} ${count}`);
    process.stdout.write(`kill points hit before the Python tool looked: ${counts.join(', ')}\n`);
  });

  it('finds every store clean, as expected, and goes on recording', { timeout: 600_000 }, async () => {
    crashes.push(...(await twoAtATime(crashPlan(ROUNDS), (at) => crash('forked', at, log))));
    for (const { release } of crashes) release();
    // Before we recover, the real tool must already be able to read what the crash left.
    for (const said of ask(crashes.map(({ bench }) => ({ root: bench.root })))) expect(said.fsck).toEqual([]);
    for (const { bench } of crashes) recover(bench.paths, bench.ctx);
    const said = ask(crashes.map(({ bench }) => ({ root: bench.root, store: true })));
    for (const [i, one] of crashes.entries()) {
      agrees(said[i]!, one.expected, one.title);
      expect(said[i]!.stored, one.title).toMatchObject({
        tip: said[i]!.stored!.hash,
        parent: said[i]!.status.tip,
        branch: said[i]!.status.branch,
        fsck: [],
      });
    }
  });
});
