import type { Interner } from '../json/intern.ts';
import type { JsonArray, JsonNode, JsonObject } from '../json/tree.ts';
import type { Edit } from './file-splice.ts';
import { layOut, type Source } from './file-layout.ts';
import { sequenceEdits, type Member } from './file-sequence.ts';
import { mergedString } from './file-string.ts';
import { indentationAt, type FileStyle } from './file-style.ts';
import { growing, matchItems } from './file-match.ts';
import { childrenOf } from './file-places.ts';
import { MAX_DEPTH } from './merge-context.ts';
import { hasDuplicates, sameValue } from './merge-same.ts';

/** What all edits of one file share. */
export type Rewriting = { readonly style: FileStyle; readonly intern: Interner };

/** A value and where it stands. */
type Place = {
  readonly host: Source;
  readonly donor: Source | null;
  readonly how: Rewriting;
  /** it may be laid out on several lines */
  readonly breaks: boolean;
  /** levels below the root */
  readonly depth: number;
};

/**
 * The edits that make the text of a value out of the text of another one, in the order of the text and apart from
 * each other; none where the two are equal. What is new comes from `donor`, the value at the same place in another
 * file, where that has it.
 */
export function editsTo(
  result: JsonNode,
  host: Source,
  donor: Source | null,
  how: Rewriting,
): readonly Edit[] {
  const edits: Edit[] = [];
  edit(result, { host, donor, how, breaks: how.style.lineBreak !== null, depth: 0 }, edits);
  return edits;
}

function edit(result: JsonNode, place: Place, edits: Edit[]): void {
  const { host, breaks } = place;
  const { node } = host;
  if (result === node) return;
  if (place.depth < MAX_DEPTH) {
    if (result.kind === 'object' && node.kind === 'object' && !repeats(result) && !repeats(node)) {
      editObject(result, node, place, edits);
      return;
    }
    if (result.kind === 'array' && node.kind === 'array') {
      editArray(result, node, place, edits);
      return;
    }
  }
  if (sameValue(result, node)) return;
  const { text, places } = host.file;
  const [from, to] = [places.start[host.at]!, places.end[host.at]!];
  edits.push({ from, to, text: written(result, place, breaks ? indentationAt(text, from) : null) });
}

function repeats({ entries }: JsonObject): boolean {
  return hasDuplicates(entries);
}

/** A value in place of the host's. */
function written(result: JsonNode, { host, donor, how }: Place, indent: string | null): string {
  if (result.kind === 'string' && host.node.kind === 'string' && donor?.node !== result) {
    const sources = [host, donor].flatMap((source) =>
      source?.node.kind === 'string' ? [rawOf(source)] : [],
    );
    return mergedString(result.value, sources, how.style);
  }
  return layOut(result, donor, how.style, indent);
}

function rawOf({ file: { text, places }, at }: Source): string {
  return text.slice(places.start[at], places.end[at]);
}

/** Keys keep their order; a new one comes behind the key that it follows in the result and what the host has there. */
function editObject(result: JsonObject, node: JsonObject, place: Place, edits: Edit[]): void {
  const { host, donor, how, breaks } = place;
  const wanted = new Map(result.entries.map(({ key, value }) => [key, value]));
  const children = childrenOf(host.file.places, host.at);
  const hosts = new Set(node.entries.map(({ key }) => key));
  const donors = fieldsOf(donor);
  const added = new Map<string | null, Member[]>();
  let after: string | null = null;
  for (const { key, value } of result.entries) {
    if (hosts.has(key)) after = key;
    else {
      const member: Member = { kind: 'new', key, value, source: donors.get(key) ?? null };
      const list = added.get(after);
      if (list === undefined) added.set(after, [member]);
      else list.push(member);
    }
  }
  const members: Member[] = [...(added.get(null) ?? [])];
  node.entries.forEach(({ key, value }, i) => {
    const now = wanted.get(key);
    const source: Source = { file: host.file, node: value, at: children[i]! };
    if (now !== undefined) {
      members.push({
        kind: 'kept',
        place: i,
        edits: (lines, into) => edit(now, within(place, source, donors.get(key) ?? null, lines), into),
      });
    }
    members.push(...(added.get(key) ?? []));
  });
  sequenceEdits({ host, children, donor, result, style: how.style, breaks }, members, edits);
}

function editArray(result: JsonArray, node: JsonArray, place: Place, edits: Edit[]): void {
  const { host, donor, how, breaks } = place;
  const children = childrenOf(host.file.places, host.at);
  const matches = matchItems(result.items, node.items, how.intern);
  const stays = growing(matches);
  const donated = donor?.node.kind === 'array' ? donatedTo(result, donor, donor.node, how) : () => null;
  const members = result.items.map((value, i): Member => {
    const match = matches[i]!;
    const source = donated(i);
    if (match < 0) return { kind: 'new', key: null, value, source };
    const from: Source = { file: host.file, node: node.items[match]!, at: children[match]! };
    const changes = (lines: boolean, into: Edit[]): void =>
      edit(value, within(place, from, source, lines), into);
    return { kind: stays[i] ? 'kept' : 'moved', place: match, edits: changes };
  });
  sequenceEdits({ host, children, donor, result, style: how.style, breaks }, members, edits);
}

/** Where the donor has each element of a list; worked out when it is first asked for. */
function donatedTo(
  result: JsonArray,
  donor: Source,
  node: JsonArray,
  how: Rewriting,
): (i: number) => Source | null {
  let found: { readonly matches: readonly number[]; readonly children: readonly number[] } | null = null;
  return (i) => {
    found ??= {
      matches: matchItems(result.items, node.items, how.intern),
      children: childrenOf(donor.file.places, donor.at),
    };
    const place = found.matches[i]!;
    return place < 0 ? null : { file: donor.file, node: node.items[place]!, at: found.children[place]! };
  };
}

function fieldsOf(source: Source | null): ReadonlyMap<string, Source> {
  if (source?.node.kind !== 'object') return new Map();
  const children = childrenOf(source.file.places, source.at);
  return new Map(
    source.node.entries.map(({ key, value }, i) => [
      key,
      { file: source.file, node: value, at: children[i]! },
    ]),
  );
}

function within(outer: Place, host: Source, donor: Source | null, breaks: boolean): Place {
  return { host, donor, how: outer.how, breaks, depth: outer.depth + 1 };
}
