import type { MergeUnit, UnitValue } from '../../../../contract/merge.ts';
import { parseJson, parsePrefix } from '../../../../core/json/parse.ts';
import { prettyJson } from '../../../../core/json/pretty.ts';
import { diffText } from '../../../../core/json/text-diff.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';

/** Characters up to which a value stands on one line of a card. */
const LINE_CHARS = 56;
/** Characters of a value that are written out on a card. Beyond: its beginning; the four panes show all. */
const MOST_CHARS = 100_000;
/** Characters of both texts together whose words are compared. */
const MARK_CHARS = 60_000;

/** A value as it stands on a card. `json` is coloured; `text` is a text without its quotes. */
export type Shown = {
  readonly form: 'json' | 'text';
  readonly text: string;
  /** a single number, true, false or null, or a short text: it changed as a whole */
  readonly scalar: boolean;
  /** only its beginning stands here */
  readonly cut: boolean;
};

/** A part of a shown text that differs. `from` equals `to` where something is gone. */
export type Mark = { readonly from: number; readonly to: number };

export type ShownSides = {
  readonly base: Shown | null;
  readonly ours: Shown | null;
  readonly theirs: Shown | null;
  readonly marks: { readonly ours: readonly Mark[]; readonly theirs: readonly Mark[] };
};

const known = new WeakMap<MergeUnit, ShownSides>();

/** The three values of a unit as they stand on its card, with what differs from base (else from each other) marked. */
export function shownSides(unit: MergeUnit): ShownSides {
  const found = known.get(unit);
  if (found !== undefined) return found;
  const nodes = [unit.base, unit.ours, unit.theirs].map((value) => nodeOf(value, unit.what));
  const lined = nodes.some((node) => node !== null && isLong(node.node));
  const [base, ours, theirs] = nodes.map((node) =>
    node === null ? null : shownNode(node, unit.what, lined),
  );
  const sides = {
    base: base ?? null,
    ours: ours ?? null,
    theirs: theirs ?? null,
    marks: {
      ours: marksOf(base ?? theirs ?? null, ours ?? null),
      theirs: marksOf(base ?? ours ?? null, theirs ?? null),
    },
  };
  known.set(unit, sides);
  return sides;
}

/** One JSON text or text of lines by itself, such as an edit. */
export function shownText(value: UnitValue, what: MergeUnit['what']): Shown {
  const node = nodeOf(value, what)!;
  return shownNode(node, what, isLong(node.node));
}

type Read = { readonly node: JsonNode; readonly cut: boolean };

function nodeOf(value: UnitValue | null, what: MergeUnit['what']): Read | null {
  if (value === null) return null;
  if (what === 'lines') return { node: { kind: 'string', value: value.text }, cut: value.cut };
  if (!value.cut) {
    const parsed = parseJson(value.text);
    if (parsed.ok) return { node: parsed.node, cut: false };
  }
  const { node } = parsePrefix(value.text);
  return { node: node ?? { kind: 'string', value: value.text }, cut: true };
}

function shownNode({ node, cut }: Read, what: MergeUnit['what'], lined: boolean): Shown {
  if (what === 'lines' && node.kind === 'string') {
    const { text, over } = beginning(node.value.replace(/\r?\n$/, ''));
    return { form: 'text', text, scalar: false, cut: cut || over };
  }
  if (node.kind === 'string' && node.value.includes('\n')) {
    const { text, over } = beginning(node.value);
    return { form: 'text', text, scalar: false, cut: cut || over };
  }
  const written =
    what === 'items' && node.kind === 'array' ? itemsText(node.items, lined) : valueText(node, lined);
  const scalar = node.kind !== 'object' && node.kind !== 'array' && node.kind !== 'string';
  return { form: 'json', text: written.text, scalar, cut: cut || written.cut };
}

function beginning(text: string): { readonly text: string; readonly over: boolean } {
  const over = text.length > MOST_CHARS;
  return { text: over ? text.slice(0, MOST_CHARS).toWellFormed() : text, over };
}

function valueText(node: JsonNode, lined: boolean): { readonly text: string; readonly cut: boolean } {
  const { text, cut } = prettyJson(node, { maxChars: MOST_CHARS });
  return { text: lined || cut ? text : onOneLine(text), cut };
}

/** The elements of a list, without its brackets. */
function itemsText(
  items: readonly JsonNode[],
  lined: boolean,
): { readonly text: string; readonly cut: boolean } {
  const parts: string[] = [];
  let left = MOST_CHARS;
  for (const item of items) {
    if (left <= 0) return { text: parts.join(lined ? ',\n' : ', '), cut: true };
    const { text } = prettyJson(item, { maxChars: left });
    parts.push(lined ? text : onOneLine(text));
    left -= text.length;
  }
  return { text: parts.join(lined ? ',\n' : ', '), cut: false };
}

// a line break in pretty JSON is never part of a text
const onOneLine = (pretty: string): string => pretty.replaceAll(/\n\s*/g, ' ');

function isLong(node: JsonNode): boolean {
  if (node.kind !== 'array' && node.kind !== 'object') return false;
  return onOneLine(prettyJson(node, { maxChars: 4 * LINE_CHARS }).text).length > LINE_CHARS;
}

function marksOf(from: Shown | null, to: Shown | null): readonly Mark[] {
  if (from === null || to === null || from.text === to.text) return [];
  const whole = [{ from: 0, to: to.text.length }];
  if (from.form !== to.form || to.scalar || from.scalar) return whole;
  if (from.text.length + to.text.length > MARK_CHARS) return [];
  return diffText(from.text, to.text).flatMap(({ words }) =>
    words.map(({ newFrom, newTo }) => ({ from: newFrom, to: newTo })),
  );
}
