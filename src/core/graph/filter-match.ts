import { reachable } from './ancestors.ts';
import { firstMicros, lastMicros, type Clock } from './filter-time.ts';
import type { Filter } from './filter.ts';
import { findNode } from './find.ts';
import { FLAG, type GraphIndex } from './index.ts';
import type { GraphRef } from './owners.ts';

/** Calls that the index alone lets through, and the names in `branch:` that are no ref. */
export type FilterMatch = {
  /** one byte per node; null when every call matches */
  readonly visible: Uint8Array | null;
  readonly unknownBranches: readonly string[];
};

/**
 * Evaluates all terms but those for texts and failures, which need contents. A call without a readable time is in no
 * span of time. Of hash prefixes longer than 16 digits and shorter than 64 the first 16 are compared.
 */
export function matchFilter(
  index: GraphIndex,
  filter: Filter,
  context: { readonly refs: readonly GraphRef[]; readonly clock: Clock },
): FilterMatch {
  let visible: Uint8Array | null = null;
  const keep = (bits: Uint8Array): void => {
    if (visible === null) visible = bits;
    else for (let i = 0; i < bits.length; i++) visible[i]! &= bits[i]!;
  };
  if (filter.tools.length > 0) keep(ofTools(index, toolTest(filter.tools)));
  if (filter.notTools.length > 0) {
    const excluded = toolTest(filter.notTools);
    keep(ofTools(index, (name) => !excluded(name)));
  }
  const unknownBranches: string[] = [];
  const reachedBy = (names: readonly string[]): Uint8Array => {
    const tips: number[] = [];
    for (const name of names) {
      const ref = context.refs.find((candidate) => candidate.name === name);
      if (ref === undefined) unknownBranches.push(name);
      else tips.push(ref.node);
    }
    return reachable(index, tips);
  };
  if (filter.branches.length > 0) keep(reachedBy(filter.branches));
  if (filter.notBranches.length > 0) keep(reachedBy(filter.notBranches).map((bit) => 1 - bit));
  if (filter.since !== null || filter.until !== null) {
    const first = filter.since === null ? -Infinity : firstMicros(filter.since, context.clock);
    const last = filter.until === null ? Infinity : lastMicros(filter.until, context.clock);
    keep(ofTimes(index, first, last));
  }
  if (filter.hashes.length > 0) keep(ofHashes(index, filter.hashes));
  return { visible, unknownBranches };
}

/** Whether a tool's name fits one of the patterns: beginnings, or after `=` or with `*` the whole name; case does not matter. */
export function toolTest(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map((pattern) => {
    const wanted = pattern.toLowerCase();
    if (wanted.startsWith('=')) return (name: string): boolean => name === wanted.slice(1);
    return wanted.includes('*') ? globTest(wanted) : (name: string): boolean => name.startsWith(wanted);
  });
  return (name) => {
    const lower = name.toLowerCase();
    return tests.some((test) => test(lower));
  };
}

/** Matches `*` by greedy search of the parts between: linear, whatever the pattern. */
function globTest(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*');
  const head = parts[0]!;
  const tail = parts[parts.length - 1]!;
  const inner = parts.slice(1, -1);
  return (name) => {
    if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail))
      return false;
    let at = head.length;
    for (const part of inner) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - tail.length;
  };
}

function ofTools(index: GraphIndex, test: (name: string) => boolean): Uint8Array {
  const wanted = Uint8Array.from(index.toolNames, (name) => (test(name) ? 1 : 0));
  const bits = new Uint8Array(index.count);
  for (let i = 0; i < bits.length; i++) bits[i] = wanted[index.tools[i]!]!;
  return bits;
}

function ofTimes(index: GraphIndex, first: number, last: number): Uint8Array {
  const bits = new Uint8Array(index.count);
  for (let i = 0; i < bits.length; i++) {
    const time = index.timeMicros[i]!;
    if (time >= first && time <= last) bits[i] = 1;
  }
  return bits;
}

function ofHashes(index: GraphIndex, prefixes: readonly string[]): Uint8Array {
  const bits = new Uint8Array(index.count);
  for (const prefix of prefixes) {
    if (prefix.length === 64) {
      const node = findNode(index, prefix);
      if (node >= 0) bits[node] = 1;
      continue;
    }
    const head = prefix.slice(0, 16);
    const low = head.padEnd(16, '0');
    const high = head.padEnd(16, 'f');
    const [fromHigh, fromLow] = [Number.parseInt(low.slice(0, 8), 16), Number.parseInt(low.slice(8), 16)];
    const [toHigh, toLow] = [Number.parseInt(high.slice(0, 8), 16), Number.parseInt(high.slice(8), 16)];
    const odd = new Set(index.odd.values());
    for (let i = 0; i < bits.length; i++) {
      const a = index.keyHigh[i]!;
      const b = index.keyLow[i]!;
      if (a < fromHigh || a > toHigh || b < fromLow || b > toLow) continue;
      if ((index.flags[i]! & FLAG.hash) === 0 && !odd.has(i)) bits[i] = 1;
    }
    for (const [hash, node] of index.odd) if (node < index.count && hash.startsWith(prefix)) bits[node] = 1;
  }
  return bits;
}
