import type { JsonArray, JsonNode, JsonObject } from '../json/tree.ts';
import { edited, type Edit } from './file-splice.ts';
import { keyText, layOut, type Source } from './file-layout.ts';
import { afterKey, breaksLine, indentationAt, type FileStyle } from './file-style.ts';

/**
 * What a container holds in the end, one after the other. `kept` and `moved` ones are the host's, by their place in
 * it; places of `kept` ones grow. `edits` adds what changes within one; `breaks` tells it whether there may be lines.
 */
export type Member =
  | {
      readonly kind: 'kept' | 'moved';
      readonly place: number;
      readonly edits: (breaks: boolean, into: Edit[]) => void;
    }
  | {
      readonly kind: 'new';
      readonly key: string | null;
      readonly value: JsonNode;
      readonly source: Source | null;
    };

/** A container that is rewritten. */
export type Container = {
  readonly host: Source;
  readonly children: readonly number[];
  readonly donor: Source | null;
  readonly result: JsonArray | JsonObject;
  readonly style: FileStyle;
  /** it may be laid out on several lines */
  readonly breaks: boolean;
};

/** Adds the edits that leave exactly these members in a container, each written as those around it. */
export function sequenceEdits(container: Container, members: readonly Member[], edits: Edit[]): void {
  const { host, children, donor, result, style } = container;
  const { text, places } = host.file;
  const [start, end] = [places.start[host.at]!, places.end[host.at]!];
  if (members.length === 0) {
    if (children.length > 0) edits.push({ from: start + 1, to: end - 1, text: '' });
    return;
  }
  if (children.length === 0) {
    const indent = container.breaks ? indentationAt(text, start) : null;
    edits.push({ from: start, to: end, text: layOut(result, donor, style, indent) });
    return;
  }
  const breaks = container.breaks && breaksLine(text, start, end);
  const comma = commaOf(container);
  const from = (i: number): number => places.key[children[i]!]!;
  const to = (i: number): number => places.end[children[i]!]!;
  let last = -1;
  let pending: string[] = [];
  for (const member of members) {
    if (member.kind !== 'kept') {
      pending.push(memberText(container, member, Math.max(0, last), breaks));
      continue;
    }
    const { place } = member;
    if (place > last + 1) {
      if (pending.length === 0) edits.push({ from: from(last + 1), to: from(place), text: '' });
      else edits.push({ from: from(last + 1), to: to(place - 1), text: pending.join(comma) });
    } else if (pending.length > 0) {
      edits.push({ from: from(place), to: from(place), text: pending.join(comma) + comma });
    }
    pending = [];
    member.edits(breaks, edits);
    last = place;
  }
  const gone = last < children.length - 1;
  if (gone && pending.length > 0) {
    edits.push({ from: from(last + 1), to: to(children.length - 1), text: pending.join(comma) });
  } else if (gone) {
    edits.push({ from: to(last), to: to(children.length - 1), text: '' });
  } else if (pending.length > 0) {
    edits.push({ from: to(last), to: to(last), text: comma + pending.join(comma) });
  }
}

/** What stands between two members: most often, or as it would behind the only one. */
function commaOf({ host, children, style }: Container): string {
  const { text, places } = host.file;
  const tally = new Map<string, number>();
  let best = '';
  for (let i = 1; i < children.length && i < 1_000; i += 1) {
    const comma = text.slice(places.end[children[i - 1]!], places.key[children[i]!]);
    const count = (tally.get(comma) ?? 0) + 1;
    tally.set(comma, count);
    if (count > (tally.get(best) ?? 0) || best === '') best = comma;
  }
  if (best !== '') return best;
  const lead = text.slice(places.start[host.at]! + 1, places.key[children[0]!]);
  return /[\n\r]/.test(lead) ? `,${lead}` : style.comma;
}

function memberText(
  { host, children, style }: Container,
  member: Member,
  beside: number,
  breaks: boolean,
): string {
  const { text, places } = host.file;
  if (member.kind !== 'new') {
    const inner: Edit[] = [];
    member.edits(breaks, inner);
    const child = children[member.place]!;
    return edited(text, inner, places.key[child], places.end[child]);
  }
  const sibling = children[beside]!;
  const value = layOut(
    member.value,
    member.source,
    style,
    breaks ? indentationAt(text, places.key[sibling]!) : null,
  );
  if (member.key === null) return value;
  const colon = afterKey(text, places, sibling);
  return keyText(member.key, member.source, style) + (/[\n\r]/.test(colon) ? style.colon : colon) + value;
}
