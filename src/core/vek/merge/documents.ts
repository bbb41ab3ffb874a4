import { compareCodePoints } from '../../json/tree.ts';
import { tellAcknowledged } from './acknowledged.ts';
import type { AnalysedDocument, Version } from './analysis.ts';
import { documentId } from './identity.ts';
import type { Notes } from './notes.ts';
import type { Reader } from './reader.ts';
import type { Found } from './tool-analysis.ts';
import { createVersions, isComparable, isSame, mergeOf } from './versions.ts';
import type { Head } from './events.ts';

/** The three versions of a document and what merging them comes to; null where nothing changed after all. */
export function documentFrom(found: Found, reader: Reader, notes: Notes): AnalysedDocument | null {
  const document = settledFrom(found, reader, notes);
  if (document?.state !== 'conflicts' && document?.state !== 'merged') tellAcknowledged(found, reader, notes);
  return document;
}

function settledFrom({ candidate, outcome }: Found, reader: Reader, notes: Notes): AnalysedDocument | null {
  const { tool, identity, title } = candidate;
  const versions = createVersions(candidate, outcome, reader, notes);
  const about = {
    id: documentId(tool, identity.text),
    tool,
    identity: identity.value,
    identityText: identity.text,
    title,
  };
  if (outcome.changed === 'ours' || outcome.changed === 'theirs') {
    // what a call returned is compared by its hash, unread
    const short = [outcome[outcome.changed], outcome.base].every((head) => versions.isCall(head));
    const version = short ? versions.brief : versions.whole;
    const changed = version(outcome[outcome.changed]);
    const base = baseVersion(outcome.base, outcome.baseSure, version);
    if (isSame(base, changed)) return null;
    const [ours, theirs] = outcome.changed === 'ours' ? [changed, base] : [base, changed];
    return { ...about, state: outcome.changed, base, ours, theirs, merge: null, opaque: null };
  }
  const ours = versions.whole(outcome.ours);
  const theirs = versions.whole(outcome.theirs);
  const hidden = outcome.hole === null ? null : versions.whole(outcome.hole);
  const base = hidden ?? baseVersion(outcome.base, outcome.baseSure, versions.whole);
  const sides = { ...about, base, ours, theirs, merge: null, opaque: null };
  const doubt = base?.doubt ?? ours?.doubt ?? theirs?.doubt ?? null;
  if (isSame(ours, theirs) && (ours?.doubt ?? theirs?.doubt ?? null) === null) {
    return isSame(base, ours) ? null : { ...sides, state: 'same' };
  }
  if (doubt !== null) return { ...sides, state: 'conflicts', opaque: doubt };
  if (isSame(base, ours)) return { ...sides, state: 'theirs' };
  if (isSame(base, theirs)) return { ...sides, state: 'ours' };
  const merge = mergeOf(base, ours, theirs);
  if (merge === null) return { ...sides, state: 'conflicts', opaque: opaqueWords(base, ours, theirs) };
  const open = merge.units.some((unit) => unit.taken === null);
  return { ...sides, state: open ? 'conflicts' : 'merged', merge };
}

const notLooked = 'It was not looked for: too many earlier calls would have to be read';

/** A base that was not looked for is unknown, and not the same as one that is not there. */
function baseVersion(head: Head, sure: boolean, version: (head: Head) => Version | null): Version | null {
  if (sure) return version(head);
  return {
    call: null,
    merge: null,
    outputHash: null,
    content: { kind: 'unknown', why: notLooked },
    doubt: notLooked,
  };
}

function opaqueWords(base: Version | null, ours: Version | null, theirs: Version | null): string {
  const named = [
    ['The common version', base],
    ['The version of the branch that is merged into', ours],
    ['The version of the branch that is merged', theirs],
  ] as const;
  const [name, version] = named.find(([, each]) => !isComparable(each))!;
  const content = version?.content;
  return `${name} ${content?.kind === 'opaque' ? content.why : 'is not known'}. Only the whole of one side can be taken.`;
}

const order = { conflicts: 0, merged: 1, ours: 2, theirs: 2, same: 3 } as const;

/** Conflicts first, then merged, then what one side changed, then what both changed equally; by tool and identity. */
export function inOrder(documents: readonly AnalysedDocument[]): AnalysedDocument[] {
  return documents.toSorted(
    (a, b) =>
      order[a.state] - order[b.state] ||
      compareCodePoints(a.tool, b.tool) ||
      compareCodePoints(a.identityText, b.identityText),
  );
}
