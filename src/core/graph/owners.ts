import type { RefKind } from '../../contract/vek.ts';
import type { GraphIndex } from './index.ts';

/** A ref for the layout: `node` is the node it points to, -1 when that is not in the store. */
export type GraphRef = {
  readonly name: string;
  readonly kind: RefKind;
  readonly node: number;
  /** HEAD names this branch */
  readonly head: boolean;
};

/** Colours of branches other than HEAD's: 2 to 8. */
const OTHER_COLOURS = 7;

const byName = (a: GraphRef, b: GraphRef): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** The refs in the order in which they claim calls: HEAD's branch, other branches by name, then tags and checkpoints. */
export function claimOrder(refs: readonly GraphRef[]): GraphRef[] {
  const branches = refs.filter((ref) => ref.kind === 'branch' && !ref.head).sort(byName);
  const marks = refs.filter((ref) => ref.kind !== 'branch').sort(byName);
  return [...refs.filter((ref) => ref.head && ref.kind === 'branch'), ...branches, ...marks];
}

/**
 * Which ref each node belongs to, as a position in `claims`: the first one whose first-parent chain runs through
 * it; -1 for nodes on no such chain.
 */
export function ownersOf(index: GraphIndex, claims: readonly GraphRef[]): Int32Array {
  const owners = new Int32Array(index.count).fill(-1);
  for (let claim = 0; claim < claims.length; claim++) {
    let node = claims[claim]!.node;
    while (node >= 0 && owners[node] === -1) {
      owners[node] = claim;
      node = index.parents[node]!;
    }
  }
  return owners;
}

function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/**
 * The lane colour of every branch: 1 for HEAD's, else 2 to 8 by a hash of the name, moved on where the names
 * before it (seven at a time, in name order) have that colour already.
 */
export function branchColours(refs: readonly GraphRef[]): Map<string, number> {
  const colours = new Map<string, number>();
  let used = new Set<number>();
  for (const ref of claimOrder(refs)) {
    if (ref.kind !== 'branch') continue;
    if (ref.head) {
      colours.set(ref.name, 1);
      continue;
    }
    if (used.size === OTHER_COLOURS) used = new Set();
    let colour = hashOf(ref.name) % OTHER_COLOURS;
    while (used.has(colour)) colour = (colour + 1) % OTHER_COLOURS;
    used.add(colour);
    colours.set(ref.name, colour + 2);
  }
  return colours;
}

/** The colour of a call that no branch claims: that of the column it stands in. */
export function laneColour(lane: number): number {
  return 2 + (lane % OTHER_COLOURS);
}
