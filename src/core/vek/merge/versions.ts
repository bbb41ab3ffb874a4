import { automatic } from '../../merge/choices.ts';
import { mergeJson } from '../../merge/merge.ts';
import type { Merge } from '../../merge/merged.ts';
import { sameValue } from '../../merge/merge-same.ts';
import { resolve } from '../../merge/resolve.ts';
import { virtualBase } from '../../merge/virtual.ts';
import type { JsonNode } from '../../json/tree.ts';
import type { Value } from '../../merge/unit.ts';
import type { Content, Version } from './analysis.ts';
import { runDeep, type Deep } from './deep.ts';
import type { Event, Head } from './events.ts';
import { short, type Notes } from './notes.ts';
import type { Outcome } from './outcome.ts';
import type { Reader } from './reader.ts';
import type { SettledDocument } from './resolved-list.ts';
import type { Candidate } from './tool-analysis.ts';

/** What base and sides have of one document, each worked out once. */
export type Versions = {
  /** with its content; null where there never was one */
  whole(head: Head): Version | null;
  /** whether there is nothing but what a call returned */
  isCall(head: Head): boolean;
  /** the version of such an event, its content left unread */
  brief(head: Head): Version | null;
};

/** For one document. Merges that left it open are told to the notes. */
export function createVersions(
  candidate: Candidate,
  outcome: Outcome,
  reader: Reader,
  notes: Notes,
): Versions {
  const known = new Map<Event, Version | null>();

  function* versionOf(head: Head): Deep<Version | null> {
    if (head === null) return null;
    let version = known.get(head);
    if (version === undefined) {
      version = leaf(head) ?? ((yield work(head)) as Version | null);
      known.set(head, version);
    }
    return version;
  }

  /** What a call returned, or the end of what is known; null where the version follows from others. */
  function leaf(event: Event): Version | null {
    if (event.kind === 'hole' || event.kind === 'unknown') {
      const why = lostWords(event, reader);
      return { call: null, merge: null, outputHash: null, content: { kind: 'unknown', why }, doubt: why };
    }
    if (event.kind !== 'touch' || candidate.settled.has(event.place)) return null;
    const { hash, output_hash: output } = reader.call(event.place);
    return { call: hash, merge: null, outputHash: output, content: reader.output(output), doubt: null };
  }

  function work(event: Event): Deep<Version | null> {
    const settled = candidate.settled.get(event.place);
    return event.kind === 'touch' && settled !== undefined ? settledVersion(event, settled) : joined(event);
  }

  function* settledVersion(event: Event, { how, output }: SettledDocument): Deep<Version | null> {
    const merge = reader.call(event.place).hash;
    const made = (content: Content): Version => ({
      call: null,
      merge,
      outputHash: null,
      content,
      doubt: null,
    });
    if (how === 'merged' || how === 'edited') return made(contentFrom(output));
    const [a = null, b = null] = event.preds;
    const side =
      how === 'current'
        ? a
        : how === 'target'
          ? b
          : a !== null && b !== null
            ? outcome.baseOf(a, b).base
            : null;
    const version = (yield versionOf(side)) as Version | null;
    if (output === undefined) return version ?? made({ kind: 'absent' });
    const content = version?.content;
    return content?.kind === 'tree' && sameValue(content.tree, output) ? version : made(contentFrom(output));
  }

  function* joined(event: Event): Deep<Version | null> {
    const [a, b] = event.preds as [Event, Event];
    const { base, hole, unsure } = outcome.baseOf(a, b);
    const ours = (yield versionOf(a)) as Version | null;
    const theirs = (yield versionOf(b)) as Version | null;
    if (isSame(ours, theirs)) return ours;
    const doubtful = hole === null ? (unsure ? unlooked : null) : lostWords(hole, reader);
    const from = doubtful === null ? ((yield versionOf(base)) as Version | null) : null;
    const doubt = doubtful ?? from?.doubt ?? ours?.doubt ?? theirs?.doubt ?? null;
    if (doubt === null) {
      if (isSame(from, ours)) return theirs;
      if (isSame(from, theirs)) return ours;
    }
    const merge = doubt === null ? mergeOf(from, ours, theirs) : null;
    return event.kind === 'virtual'
      ? virtualVersion(merge, doubt)
      : earlierMerge(event, merge, ours, theirs, doubt);
  }

  /** What a merge without a word about the document has: what can be merged is, and the rest is its first parent's. */
  function earlierMerge(
    event: Event,
    merge: Merge | null,
    ours: Version | null,
    theirs: Version | null,
    doubt: string | null,
  ): Version | null {
    const { hash } = reader.call(event.place);
    if (merge === null) {
      const guess = ours === null || ours.content?.kind === 'unknown' ? theirs : ours;
      if (doubt !== null) return guess === null ? null : { ...guess, doubt };
      notes.add('left open', `${candidate.title} in ${short(hash)}`, leftOpen);
      return ours;
    }
    if (merge.units.some((unit) => unit.taken === null)) {
      notes.add('left open', `${candidate.title} in ${short(hash)}`, leftOpen);
    }
    const { value } = resolve(merge, (unit) => automatic(unit) ?? { take: 'ours' });
    for (const side of [ours, theirs]) if (sameValue(value, treeIn(side))) return side;
    return { call: null, merge: hash, outputHash: null, content: contentFrom(value), doubt: null };
  }

  return {
    whole: (head) => runDeep(versionOf(head)),
    isCall: (head) => head === null || (head.kind === 'touch' && !candidate.settled.has(head.place)),
    brief(head) {
      if (head === null) return null;
      const { hash, output_hash: output } = reader.call(head.place);
      return { call: hash, merge: null, outputHash: output, content: null, doubt: null };
    },
  };
}

const unlooked = 'Too many earlier calls would have to be read to tell what both sides started from';

function lostWords(event: Event, reader: Reader): string {
  if (event.kind === 'unknown') return unlooked;
  return `History is cut off at the call ${short(reader.call(event.place).hash)}, whose parent is missing`;
}

function virtualVersion(merge: Merge | null, doubt: string | null): Version {
  const none = { call: null, merge: null, outputHash: null };
  if (merge === null) {
    const why = doubt ?? 'The common versions differ and can’t be compared by parts';
    return { ...none, content: { kind: 'unknown', why }, doubt: why };
  }
  const { value, disputed } = virtualBase(merge);
  if (value === undefined) return { ...none, content: { kind: 'absent' }, doubt: null };
  return { ...none, content: { kind: 'tree', tree: value, disputed }, doubt: null };
}

function leftOpen(names: string, count: number): string {
  return `Earlier merges left ${count === 1 ? 'a document' : `documents open in ${count.toLocaleString('en')} cases`}${count === 1 ? ' open' : ''} (${names}): what a merge did not settle counts as its first parent had it.`;
}

function contentFrom(value: Value): Content {
  return value === undefined ? { kind: 'absent' } : { kind: 'tree', tree: value, disputed: null };
}

/** The value of a version; undefined where there is none, or none that can be compared. */
export function treeIn(version: Version | null): JsonNode | undefined {
  return version?.content?.kind === 'tree' ? version.content.tree : undefined;
}

/** Whether a version is a value, or nothing: something that can be merged by parts. */
export function isComparable(version: Version | null): boolean {
  return version === null || version.content?.kind === 'tree' || version.content?.kind === 'absent';
}

/** Whether two versions hold the same, surely: equal values, or the very same stored bytes. */
export function isSame(a: Version | null, b: Version | null): boolean {
  if (a === b) return true;
  if (a !== null && b !== null && a.outputHash !== null && a.outputHash === b.outputHash) return true;
  if (!isComparable(a) || !isComparable(b)) return false;
  if (hasDispute(a) || hasDispute(b)) return false;
  return sameValue(treeIn(a), treeIn(b));
}

function hasDispute(version: Version | null): boolean {
  return version?.content?.kind === 'tree' && (version.content.disputed?.size ?? 0) > 0;
}

/** The three-way merge of versions; null where one can't be compared by parts. */
export function mergeOf(base: Version | null, ours: Version | null, theirs: Version | null): Merge | null {
  if (![base, ours, theirs].every(isComparable)) return null;
  const disputed = new Set<JsonNode>();
  for (const version of [base, ours, theirs]) {
    if (version?.content?.kind !== 'tree') continue;
    for (const node of version.content.disputed ?? []) disputed.add(node);
  }
  return mergeJson(treeIn(base), treeIn(ours), treeIn(theirs), { disputed });
}
