import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Plan } from '../../contract/operations.ts';
import { probe, type WriteContext } from '../operations/context.ts';
import { trashFile, type RecordFolder } from '../operations/folder.ts';
import { fail, ok, type Failure, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import type { Database } from '../storage/look.ts';
import { syncFolder } from '../storage/replace.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek, type VekLook } from './store.ts';
import { arrivingWith } from './trash-arriving.ts';
import { indexSource, walkUnreachable, type IndexSource } from './trash-find.ts';
import { nodeLine, objectLine, refLine } from './export-lines.ts';
import { absentLine } from './trash-lines.ts';

/** What the trash holds before the refs go. `others` are the refs that were taken to keep the rest. */
export type Kept = { readonly part: string | null; readonly others: ReadonlyMap<string, string> };

/**
 * Writes what nothing would reach after a plan to a `.part` file and waits until it is on disk. The form is
 * vek's JSONL export (formats/vek.md §7). No file where everything stays reachable.
 */
export function keepTrash(
  paths: RepositoryPaths,
  folder: RecordFolder,
  plan: Pick<Plan, 'id' | 'action' | 'refs' | 'makes'>,
  ctx: WriteContext,
): Result<Kept> {
  if (!plan.refs.some((change) => change.before !== null)) return ok({ part: null, others: new Map() });
  const part = `${trashFile(folder, plan.id)}.part`;
  try {
    const looked = lookAtVek(paths, (s) => keepIn(s, folder, part, plan, indexSource(paths, ctx), ctx));
    if (!looked.ok || !looked.value.ok) dropPart(part);
    return looked.ok ? looked.value : looked;
  } catch (error) {
    dropPart(part);
    return systemFailure(error, part);
  }
}

/** Gives a kept part its final name. */
export function sealTrash(folder: RecordFolder, operation: string, kept: Kept): void {
  if (kept.part === null) return;
  renameSync(kept.part, trashFile(folder, operation));
  syncFolder(folder.trash);
}

/** Removes a part that is not needed after all. */
export function dropPart(part: string | null): void {
  if (part !== null) rmSync(part, { force: true });
}

function keepIn(
  s: VekLook,
  folder: RecordFolder,
  part: string,
  plan: Pick<Plan, 'action' | 'refs' | 'makes'>,
  index: IndexSource,
  ctx: WriteContext,
): Result<Kept> {
  const changes = plan.refs;
  const changed = new Set(changes.map((change) => change.name));
  const others = new Map(
    s.refs().flatMap((ref) => (changed.has(ref.name) ? [] : [[ref.name, ref.hash] as const])),
  );
  let out: Writer | null = null;
  let failure: Failure | null = null;
  const open = (): Writer => {
    mkdirSync(folder.trash, { recursive: true });
    const made = makeWriter(part);
    for (const { name, before } of changes) if (before !== null) made.write(refLine({ name, hash: before }));
    probe(ctx, 'trash-begun');
    return made;
  };
  const isThere = s.db.prepare<[string], unknown>('SELECT 1 FROM nodes WHERE hash = ?').pluck();
  const onNode = (hash: string): void => {
    const node = s.node(hash)!;
    out ??= open();
    out.write(nodeLine(node));
    for (const parent of [node.parent_hash, node.merge_parent]) {
      if (parent !== null && isThere.get(parent) === undefined) out.write(absentLine(parent));
    }
  };
  const onObject = (hash: string, present: boolean): void => {
    if (failure !== null) return;
    const size = present ? s.objectHead(hash, 1)!.size : 0;
    if (size > limits.trashObjectBytes) failure = tooLarge(hash, size);
    else out!.write(present ? objectLine(hash, s.object(hash)!.bytes) : absentLine(hash));
  };
  try {
    walkUnreachable(s, changes, arrivingWith(s, plan), index, onNode, onObject);
    if (failure !== null) return { ok: false, error: failure };
    if (out === null) return ok({ part: null, others });
    (out as Writer).finish();
    syncFolder(folder.trash);
    probe(ctx, 'trash-complete');
    return ok({ part, others });
  } finally {
    (out as Writer | null)?.close();
  }
}

function tooLarge(hash: string, size: number): Failure {
  return fail(
    'too-large',
    `The object ${hash} has ${size} bytes; the trash keeps objects up to ${limits.trashObjectBytes}. Nothing was changed.`,
    'Put a tag on the branch’s last call, so that nothing becomes unreachable.',
  ).error;
}

type Writer = { write(text: string): void; finish(): void; close(): void };

function makeWriter(path: string): Writer {
  const file = openSync(path, 'w', 0o666);
  let waiting: string[] = [];
  let size = 0;
  let open = true;
  const flush = (): void => {
    const bytes = Buffer.from(waiting.join(''));
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    waiting = [];
    size = 0;
  };
  return {
    write(text) {
      waiting.push(text);
      size += text.length;
      if (size > 1024 * 1024) flush();
    },
    finish() {
      flush();
      fsyncSync(file);
    },
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}

/** How far a ref may have moved on since the trash was filled, in calls, and still be seen to keep its past. */
const STEPS = 10_000;

/** Whether every other ref still keeps what it kept when the trash was filled: unmoved, or moved on from there. */
export function othersStillKeep(db: Database, kept: Kept): boolean {
  const refs = new Map(db.prepare<[], readonly [string, string]>('SELECT name, hash FROM refs').raw().all());
  const parent = db.prepare<[string], string | null>('SELECT parent_hash FROM nodes WHERE hash = ?').pluck();
  for (const [name, hash] of kept.others) {
    let at: string | null | undefined = refs.get(name);
    for (let step = 0; at !== hash; step++) {
      if (at === undefined || at === null || step === STEPS) return false;
      at = parent.get(at);
    }
  }
  return true;
}
