import type { Head } from '../../contract/vek.ts';
import { limits } from '../storage/limits.ts';
import { logBytes, type Structure } from './check-structure.ts';
import { find, keyOf } from './check-table.ts';
import type { Shared, WholeFacts } from './check-types.ts';
import { unreachedParts } from './cut-off.ts';
import { readHead } from './head.ts';
import type { RepositoryPaths } from './paths.ts';
import type { VekLook } from './store.ts';

/** What is so of the store as a whole. All calls must be in the shared memory. */
export function wholeFacts(
  paths: RepositoryPaths,
  look: VekLook,
  shared: Shared,
  structure: Structure | null,
): WholeFacts {
  const head: Head = readHead(paths);
  const headBranch = head.state === 'branch' && look.ref(head.branch) !== null ? head.branch : null;
  return {
    structure,
    salvage: look.salvage,
    schema: { version: look.schema.version, indexes: shared.survey.indexes.filter(isVeks).length },
    headBranch,
    logBytes: logBytes(look),
    ...countParents(shared),
    unreached: unreached(look, shared),
  };
}

/** The three indexes that vek makes when it upgrades an older file (formats/vek.md §2). */
const isVeks = ({ index }: { readonly index: string }): boolean => index.startsWith('idx_nodes_');

function countParents(shared: Shared): Pick<WholeFacts, 'newerParents' | 'parents'> {
  const { times } = shared;
  let newerParents = 0;
  let parents = 0;
  for (const links of [shared.parents, shared.mergeParents]) {
    for (let node = 0; node < links.length; node++) {
      const parent = links[node] as number;
      if (parent < 0) continue;
      parents++;
      if ((times[parent] as number) > (times[node] as number)) newerParents++;
    }
  }
  return { newerParents, parents };
}

function unreached(look: VekLook, shared: Shared): WholeFacts['unreached'] {
  const count = Math.min(Atomics.load(shared.nodes.used, 0), shared.parents.length);
  const { nodeRows } = shared;
  const tips: number[] = [];
  const key = new Uint32Array(8);
  for (const { hash } of look.refs()) {
    keyOf(hash, key);
    tips.push(find(shared.nodes, key));
  }
  // A row that repeats another one has a number and no place.
  for (let node = 0; node < count; node++) if (Number.isNaN(nodeRows[node])) tips.push(node);
  const parts = unreachedParts(
    {
      parents: shared.parents.subarray(0, count),
      mergeParents: shared.mergeParents.subarray(0, count),
      rowOf: (node) => nodeRows[node] as number,
    },
    tips,
  );
  return {
    calls: parts.reduce((sum, part) => sum + part.calls, 0),
    parts: parts.length,
    listed: parts.slice(0, limits.cutOffParts).map((part) => {
      const record = look.nodeAt(part.row);
      return {
        node: part.node,
        row: part.row,
        calls: part.calls,
        hash: record?.hash ?? '',
        tool: record?.tool ?? '',
        timestamp: record?.timestamp ?? '',
      };
    }),
  };
}
