import { components } from '../graph/cycles.ts';
import { limits } from '../storage/limits.ts';
import { namedUsers, problemOf, type Findings } from './check-findings.ts';
import { SECTION, type Shared } from './check-types.ts';
import type { VekLook } from './store.ts';

/**
 * Finds calls that are their own ancestors (only damage makes them: a hash can't contain itself), one problem for
 * each group. Calls outside any cycle are peeled off first, which is all of them in a whole store.
 */
export function checkCycles(look: VekLook, shared: Shared, findings: Findings): void {
  const count = Math.min(Atomics.load(shared.nodes.used, 0), shared.parents.length);
  const parents = shared.parents.subarray(0, count);
  const mergeParents = shared.mergeParents.subarray(0, count);
  const left = unpeeled(parents, mergeParents);
  if (left === null) return;
  const { ids } = components(parents, mergeParents, (node) => left[node] !== 0);
  const groups = new Map<number, number[]>();
  for (let node = 0; node < count; node++) {
    const id = ids[node] as number;
    if (id === -1) continue;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [node]);
    else group.push(node);
  }
  const nameAt = look.db.prepare<[number], string>('SELECT hash FROM nodes WHERE rowid = ?').pluck();
  for (const group of groups.values()) {
    const [only] = group;
    if (only === undefined) continue;
    if (group.length === 1 && parents[only] !== only && mergeParents[only] !== only) continue;
    const rows = group.map((node) => shared.nodeRows[node] as number).sort((a, b) => a - b);
    const names = rows.slice(0, limits.cycleNodes).map((row) => nameAt.get(row) ?? '');
    const more = rows.length - names.length;
    const message =
      (rows.length === 1
        ? 'A call is its own parent: '
        : `${rows.length} calls are each other's ancestors, in a circle: `) +
      `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}. The Python tool's log, replay and verify never end here.`;
    findings.add(
      SECTION.others,
      rows[0] as number,
      problemOf('cycle', 'error', names[0] ?? null, message, {
        uses: rows.length,
        calls: names.slice(0, namedUsers),
      }),
    );
  }
}

/** One byte per node, 1 where it may be on a cycle: all others have no children left when leaves are taken off. */
function unpeeled(parents: Int32Array, mergeParents: Int32Array): Uint8Array | null {
  const count = parents.length;
  const children = new Int32Array(count);
  for (const links of [parents, mergeParents]) {
    for (let node = 0; node < count; node++) {
      const parent = links[node] as number;
      if (parent >= 0) children[parent] = (children[parent] as number) + 1;
    }
  }
  const queue = new Int32Array(count);
  let end = 0;
  for (let node = 0; node < count; node++) if (children[node] === 0) queue[end++] = node;
  for (let at = 0; at < end; at++) {
    const node = queue[at] as number;
    for (const parent of [parents[node] as number, mergeParents[node] as number]) {
      if (parent < 0) continue;
      children[parent] = (children[parent] as number) - 1;
      if (children[parent] === 0) queue[end++] = parent;
    }
  }
  if (end === count) return null;
  const left = new Uint8Array(count).fill(1);
  for (let at = 0; at < end; at++) left[queue[at] as number] = 0;
  return left;
}
