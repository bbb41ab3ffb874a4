import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../../storage/limits.ts';
import { readEdits, readSeen } from './journal.ts';
import { basesOfSets } from './sets.ts';
import type { EditStore } from './store.ts';

type Text = { readonly sha256: string; readonly micros: number };

/**
 * Removes the oldest texts where more is kept than `editObjectBytes`. The newest of each file, what change sets were made
 * from, and what a write without an end needs always stay. Under the lock of the store.
 */
export function pruneTexts(
  store: EditStore,
  bytes: number = limits.editObjectBytes,
  every: number = limits.editPruneEvery,
): number {
  const edits = readEdits(store);
  const seen = readSeen(store);
  if (!edits.ok || !seen.ok || edits.value.entries.length % every !== 0) return 0;
  const sizes = sizesOf(store.objects);
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (total <= bytes) return 0;
  const stay = new Set(basesOfSets(store));
  const byFile = new Map<string, Text[]>();
  const note = (path: string, sha256: string | null, micros: number): void => {
    if (sha256 === null) return;
    const texts = byFile.get(path);
    if (texts === undefined) byFile.set(path, [{ sha256, micros }]);
    else texts.push({ sha256, micros });
  };
  for (const { begin, done } of edits.value.entries) {
    for (const { path, before, after } of begin.files) {
      note(path, before, begin.atMicros - 1);
      note(path, after, begin.atMicros);
      if (done !== null) continue;
      if (before !== null) stay.add(before);
      if (after !== null) stay.add(after);
    }
  }
  for (const { path, sha256, micros } of seen.value) note(path, sha256, micros);
  const newest = new Map<string, number>();
  for (const texts of byFile.values()) {
    const kept = new Set<string>();
    for (const { sha256, micros } of texts.sort((a, b) => b.micros - a.micros)) {
      newest.set(sha256, Math.max(newest.get(sha256) ?? 0, micros));
      if (kept.size >= limits.editTextsKept) continue;
      kept.add(sha256);
      stay.add(sha256);
    }
  }
  const oldest = [...sizes.keys()]
    .filter((sha256) => !stay.has(sha256))
    .sort((a, b) => (newest.get(a) ?? 0) - (newest.get(b) ?? 0));
  let removed = 0;
  for (const sha256 of oldest) {
    if (total <= bytes) break;
    rmSync(join(store.objects, sha256.slice(0, 2), sha256), { force: true });
    total -= sizes.get(sha256)!;
    removed++;
  }
  return removed;
}

function sizesOf(objects: string): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const folder of readdirSync(objects)) {
    // what others put there, such as the .DS_Store of a file manager, is none of ours
    if (!/^[0-9a-f]{2}$/.test(folder)) continue;
    for (const name of readdirSync(join(objects, folder))) {
      if (!/^[0-9a-f]{64}$/.test(name)) continue;
      const stat = statSync(join(objects, folder, name), { throwIfNoEntry: false });
      if (stat !== undefined) sizes.set(name, stat.size);
    }
  }
  return sizes;
}
