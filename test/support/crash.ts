import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Action } from '../../src/contract/operations.ts';
import type { KillPoint } from '../../src/core/operations/context.ts';
import {
  act,
  chainOf,
  closeBench,
  collectGarbage,
  currentOf,
  openBench,
  placeOf,
  runChild,
  undo,
  type Bench,
  type Place,
} from './writes.ts';

/** A repository made ready, and the write that will be cut off. */
type Scenario = {
  readonly name: string;
  readonly prepare: (bench: Bench) => Action;
  /** HEAD moves before the commit, because the branch it stands on goes */
  readonly headFirst?: boolean;
};

const root = (bench: Bench): string => chainOf(bench, currentOf(bench)).at(-1)!;

/** A branch with calls that only it reaches, not the current one. */
function ownBranch(bench: Bench): string {
  const names = Object.keys(placeOf(bench).refs).filter((name) => !name.includes('/'));
  return names.find((name) => name !== currentOf(bench))!;
}

const scenarios = {
  fork: {
    name: 'fork with HEAD',
    prepare: (bench) => ({ kind: 'fork', at: root(bench), name: 'crash', head: true }),
  },
  create: {
    name: 'create a branch with HEAD',
    prepare: () => ({ kind: 'create-branch', name: 'crash', at: null, head: true }),
  },
  tag: { name: 'tag', prepare: () => ({ kind: 'tag', name: 'crash', at: null }) },
  switch: { name: 'switch', prepare: (bench) => ({ kind: 'switch', name: ownBranch(bench) }) },
  rename: {
    name: 'rename the current branch',
    headFirst: true,
    prepare: (bench) => ({ kind: 'rename-branch', from: currentOf(bench), to: 'crash' }),
  },
  remove: {
    name: 'delete a branch with calls of its own',
    prepare: (bench) => ({ kind: 'delete-branch', name: ownBranch(bench) }),
  },
  undoFork: {
    name: 'undo a fork with HEAD',
    headFirst: true,
    prepare: (bench) => ({
      kind: 'undo',
      operation: act(bench, { kind: 'fork', at: root(bench), name: 'crash', head: true }).id,
    }),
  },
  redoRemove: {
    name: 'delete a branch again',
    prepare: (bench) => {
      const removed = act(bench, { kind: 'delete-branch', name: ownBranch(bench) });
      return { kind: 'undo', operation: undo(bench, removed).id };
    },
  },
  restore: {
    name: 'bring back a branch whose calls were collected',
    prepare: (bench) => {
      const removed = act(bench, { kind: 'delete-branch', name: ownBranch(bench) });
      collectGarbage(bench);
      return { kind: 'undo', operation: removed.id };
    },
  },
  merge: {
    name: 'merge',
    prepare: (bench) => ({ kind: 'merge', into: currentOf(bench), from: 'reexec-plan', resolved: 0 }),
  },
  mergeSettled: {
    name: 'merge into another branch, with settled documents',
    prepare: () => ({ kind: 'merge', into: 'docs/changelog', from: 'tag/green', resolved: 6 }),
  },
  undoMerge: {
    name: 'undo a merge',
    prepare: (bench) => ({ kind: 'undo', operation: act(bench, mergeOf(bench)).id }),
  },
  redoMerge: {
    name: 'do a merge again whose call was collected',
    prepare: (bench) => {
      const undone = undo(bench, act(bench, mergeOf(bench)));
      collectGarbage(bench);
      return { kind: 'undo', operation: undone.id };
    },
  },
} satisfies Record<string, Scenario>;

function mergeOf(bench: Bench): Action {
  return { kind: 'merge', into: currentOf(bench), from: 'reexec-plan', resolved: 3 };
}

type Name = keyof typeof scenarios;
const everything: readonly Name[] = [
  'fork',
  'create',
  'tag',
  'switch',
  'rename',
  'remove',
  'undoFork',
  'redoRemove',
  'restore',
  'merge',
  'mergeSettled',
  'undoMerge',
  'redoMerge',
];
/** The writes of merges. */
export const mergeNames: readonly Name[] = ['merge', 'mergeSettled', 'undoMerge', 'redoMerge'];
const movingHead: readonly Name[] = ['fork', 'create', 'switch', 'rename', 'undoFork'];

/** Which writes reach a step. */
const applyPoints: Partial<Record<KillPoint, readonly Name[]>> = {
  'apply-locked': everything,
  'trash-begun': ['remove', 'redoRemove', 'undoMerge'],
  'trash-complete': ['remove', 'redoRemove', 'undoMerge'],
  'transaction-open': everything,
  'begin-recorded': everything,
  'head-lock-taken': movingHead,
  'nodes-restored': ['restore', 'redoMerge'],
  'objects-written': ['merge', 'mergeSettled'],
  'node-written': ['merge', 'mergeSettled'],
  'refs-written': everything,
  'head-prepared': movingHead,
  'head-replaced': movingHead,
  committed: everything,
  'head-lock-returned': movingHead,
  'done-recorded': everything,
};

/** Where the write died before a recovery that is cut off itself. */
const recoveryPoints: Partial<Record<KillPoint, readonly { name: Name; first: KillPoint }[]>> = {
  'recover-locked': [
    { name: 'tag', first: 'begin-recorded' },
    { name: 'fork', first: 'committed' },
    { name: 'remove', first: 'refs-written' },
    { name: 'merge', first: 'committed' },
    { name: 'mergeSettled', first: 'node-written' },
  ],
  'recover-head': [
    { name: 'fork', first: 'committed' },
    { name: 'create', first: 'head-prepared' },
    { name: 'rename', first: 'head-replaced' },
    { name: 'undoFork', first: 'head-replaced' },
  ],
  'recover-head-lock': [
    { name: 'switch', first: 'head-lock-taken' },
    { name: 'fork', first: 'head-replaced' },
    { name: 'rename', first: 'committed' },
  ],
  'recover-recorded': [
    { name: 'restore', first: 'committed' },
    { name: 'create', first: 'refs-written' },
    { name: 'redoRemove', first: 'begin-recorded' },
    { name: 'mergeSettled', first: 'committed' },
    { name: 'undoMerge', first: 'committed' },
    { name: 'redoMerge', first: 'refs-written' },
    { name: 'merge', first: 'refs-written' },
  ],
};

/** Whether a write that died at this step took effect once it is recovered. */
function tookEffect(name: Name, point: KillPoint): boolean {
  const scenario: Scenario = scenarios[name];
  if (point === 'head-prepared' || point === 'head-replaced') {
    return scenario.headFirst !== true && (name !== 'switch' || point === 'head-replaced');
  }
  if (point === 'committed' && name === 'switch') return false;
  return point === 'committed' || point === 'head-lock-returned' || point === 'done-recorded';
}

/** One write that was cut off. The caller recovers it, and closes the bench. */
export type Crash = {
  readonly bench: Bench;
  readonly title: string;
  readonly action: Action;
  /** ends the connection of another process that was open all the while, if there was one */
  readonly release: () => void;
  readonly point: KillPoint;
  readonly before: Place;
  /** where it has to be after recovery */
  readonly expected: Place;
  readonly effective: boolean;
  readonly atMicros: number;
};

/** Every step with the writes that are cut off there, `rounds` times each; only these writes, if they are named. */
export function crashPlan(
  rounds: number,
  only: readonly Name[] = everything,
): { point: KillPoint; name: Name; first: KillPoint | null; held: boolean }[] {
  const list: { point: KillPoint; name: Name; first: KillPoint | null; held: boolean }[] = [];
  for (let round = 0; round < rounds; round++) {
    const held = round % 3 === 2;
    for (const [point, all] of Object.entries(applyPoints)) {
      const names = all.filter((name) => only.includes(name));
      const name = names[round % Math.max(1, names.length)];
      if (name !== undefined) list.push({ point: point as KillPoint, name, first: null, held });
    }
    for (const [point, all] of Object.entries(recoveryPoints)) {
      const cases = all.filter(({ name }) => only.includes(name));
      const one = cases[round % Math.max(1, cases.length)];
      if (one !== undefined) list.push({ point: point as KillPoint, ...one, held });
    }
  }
  return list;
}

/** Makes a repository, cuts a write off at the given step in another process, and tells where it should end up. */
export async function crash(
  golden: string,
  at: ReturnType<typeof crashPlan>[number],
  log: string,
): Promise<Crash> {
  const bench = openBench(golden);
  const scenario: Scenario = scenarios[at.name];
  const action = scenario.prepare(bench);
  const before = placeOf(bench);
  const job = { root: bench.root, dataDir: bench.ctx.dataDir, log };
  // An open connection keeps the log beside the database, so that a commit is still in it when the writer dies.
  const holder = at.held ? new SqliteDatabase(bench.paths.db) : null;
  holder?.prepare('SELECT count(*) FROM refs').get();
  const ended = await runChild({ ...job, actions: [action], killAt: at.first ?? at.point });
  if (ended.signal !== 'SIGKILL')
    throw new Error(`${scenario.name} was not cut off at ${at.first ?? at.point}: ${ended.out}${ended.err}`);
  if (at.first !== null) {
    const again = await runChild({ ...job, killAt: at.point });
    if (again.signal !== 'SIGKILL')
      throw new Error(`recovery was not cut off at ${at.point}: ${again.out}${again.err}`);
  }
  const effective = tookEffect(at.name, at.first ?? at.point);
  return {
    bench,
    title: `${scenario.name}, killed at ${at.first === null ? '' : `${at.first} and `}${at.point}`,
    action,
    release: () => holder?.close(),
    point: at.point,
    before,
    expected: effective ? await reference(golden, scenario) : before,
    effective,
    atMicros: Date.now() * 1000,
  };
}

const references = new Map<string, Place>();

/** Where the same write ends when nothing cuts it off. */
async function reference(golden: string, scenario: Scenario): Promise<Place> {
  const key = `${golden} ${scenario.name}`;
  const known = references.get(key);
  if (known !== undefined) return known;
  const bench = openBench(golden);
  act(bench, scenario.prepare(bench));
  const place = placeOf(bench);
  closeBench(bench);
  references.set(key, place);
  return place;
}

/** Files that a write must not leave behind. */
export function leftovers({ paths }: Bench): string[] {
  const own = join(paths.dir, 'vekscope');
  const inRecord = existsSync(own) ? readdirSync(own) : [];
  const trash = join(own, 'trash');
  return [
    ...readdirSync(paths.dir).filter((name) => /-wal$|-shm$|-journal$|\.tmp$|^HEAD\.lock$/.test(name)),
    ...inRecord.filter((name) => name !== 'operations.jsonl' && name !== 'trash'),
    ...(existsSync(trash) ? readdirSync(trash).filter((name) => !name.endsWith('.jsonl')) : []),
  ];
}

/** A file for the lines that processes write as they die. */
export function killLog(): string {
  return join(mkdtempSync(join(tmpdir(), 'vekscope-kills-')), 'kills.log');
}

/** How often each step was really hit. */
export function killCounts(log: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const point of readFileSync(log, 'utf8').split('\n').filter(Boolean))
    counts.set(point, (counts.get(point) ?? 0) + 1);
  return counts;
}

/** Runs jobs two at a time, in order. */
export async function twoAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]!);
    }
  };
  await Promise.all([run(), run()]);
  return results;
}
