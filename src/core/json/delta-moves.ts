import type { JsonEdit } from './delta-list.ts';
import { listEdits } from './delta-list.ts';
import { diffJson, type JsonDelta, type JsonKeep, type JsonStep } from './delta.ts';
import { createInterner, type Interner } from './intern.ts';
import type { JsonArray, JsonNode } from './tree.ts';

/** An element that stands elsewhere in the same array: pointers (RFC 6901) into the old and into the new value. */
export type JsonMove = {
  readonly op: 'move';
  readonly from: string;
  readonly to: string;
  readonly value: JsonNode;
};

/** One change, or an element that moved. */
export type JsonEditOrMove = JsonEdit | JsonMove;

/**
 * The changes from `a` to `b` in the order of the document, as `listEdits` has them, with elements of one array that went
 * at one place and came at another as moves. Two elements that only seem to change into each other are moves too. With
 * each move as what goes at `from` and comes at `to`, the edits are exact. `delta` is that of `diffJson`.
 */
export function listEditsWithMoves(
  a: JsonNode,
  b: JsonNode,
  delta: JsonDelta | null = diffJson(a, b),
): readonly JsonEditOrMove[] {
  const edits: JsonEditOrMove[] = [];
  if (delta !== null) list({ intern: createInterner(), edits }, { a, b, old: '', now: '' }, delta);
  return edits;
}

type Work = { readonly intern: Interner; readonly edits: JsonEditOrMove[] };

/** Two versions of a value and the pointers to them. */
type Both = { readonly a: JsonNode; readonly b: JsonNode; readonly old: string; readonly now: string };

function list(work: Work, both: Both, delta: JsonDelta): void {
  const { a, b, old, now } = both;
  if (delta.kind === 'array' && a.kind === 'array' && b.kind === 'array')
    listArray(work, both, a, b, delta.steps);
  else if (delta.kind === 'object' && a.kind === 'object' && b.kind === 'object') {
    const olds = new Map(a.entries.map((entry) => [entry.key, entry.value]));
    const news = new Map(b.entries.map((entry) => [entry.key, entry.value]));
    for (const { key, step } of delta.fields) {
      const part = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const inner = { a: olds.get(key) ?? a, b: news.get(key) ?? b, old: old + part, now: now + part };
      if (step.op === 'change') list(work, inner, step.delta);
      else put(work, inner, step);
    }
  } else for (const edit of listEdits(delta)) work.edits.push(moved(edit, old, now));
}

/** An edit of a part, seen from the root. */
function moved(edit: JsonEdit, old: string, now: string): JsonEdit {
  if (edit.op === 'add') return { ...edit, pointer: now + edit.pointer };
  if (edit.op === 'remove') return { ...edit, pointer: old + edit.pointer };
  return { ...edit, pointer: now + edit.pointer, oldPointer: old + edit.oldPointer };
}

function put(work: Work, { old, now }: Both, step: Exclude<JsonStep, { op: 'change' }>): void {
  if (step.op === 'add') work.edits.push({ op: 'add', pointer: now, new: step.value });
  else work.edits.push({ op: 'remove', pointer: old, old: step.value });
}

/** A step with the indices of its element; −1 where it has none. */
type Placed = { readonly step: JsonStep; readonly from: number; readonly to: number };

function listArray(
  work: Work,
  { old, now }: Both,
  a: JsonArray,
  b: JsonArray,
  steps: readonly (JsonStep | JsonKeep)[],
): void {
  const placed = placesOf(steps);
  const { comesFrom, goesTo, split } = pairMoves(placed, a, b, work.intern);
  for (const place of placed) {
    const { step, from, to } = place;
    const value = a.items[from] ?? b.items[to]!;
    const inner = { a: value, b: b.items[to] ?? value, old: `${old}/${from}`, now: `${now}/${to}` };
    if (step.op === 'change' && !split.has(place)) list(work, inner, step.delta);
    else {
      if (from >= 0 && !goesTo.has(from)) put(work, inner, { op: 'remove', value: a.items[from]! });
      const source = comesFrom.get(to);
      if (to < 0) continue;
      if (source === undefined) put(work, inner, { op: 'add', value: b.items[to]! });
      else work.edits.push({ op: 'move', from: `${old}/${source}`, to: `${now}/${to}`, value: b.items[to]! });
    }
  }
}

function placesOf(steps: readonly (JsonStep | JsonKeep)[]): readonly Placed[] {
  const placed: Placed[] = [];
  let from = 0;
  let to = 0;
  for (const step of steps) {
    const count = step.op === 'keep' ? step.count : 1;
    if (step.op !== 'keep') {
      placed.push({ step, from: step.op === 'add' ? -1 : from, to: step.op === 'remove' ? -1 : to });
    }
    if (step.op !== 'add') from += count;
    if (step.op !== 'remove') to += count;
  }
  return placed;
}

type Moves = {
  /** new index → old index, and the old indices that are in it */
  readonly comesFrom: ReadonlyMap<number, number>;
  readonly goesTo: ReadonlySet<number>;
  /** changes that are the end of one move and the beginning of another */
  readonly split: ReadonlySet<Placed>;
};

/** Rounds in which changes are looked at; one that gives up can make others give up. */
const MAX_ROUNDS = 20;

function pairMoves(placed: readonly Placed[], a: JsonArray, b: JsonArray, intern: Interner): Moves {
  const plain = placed.filter(({ step }) => step.op !== 'change');
  let changes = placed.filter(({ step }) => step.op === 'change');
  const oldOf = ({ from }: Placed): number => intern(a.items[from]!);
  const newOf = ({ to }: Placed): number => intern(b.items[to]!);
  for (let round = 0; changes.length > 0; round += 1) {
    const going = counted([...plain, ...changes].filter(({ from }) => from >= 0).map(oldOf));
    const coming = counted([...plain, ...changes].filter(({ to }) => to >= 0).map(newOf));
    const kept = changes.filter((change) => take(coming, oldOf(change)) && take(going, newOf(change)));
    if (kept.length === changes.length) break;
    changes = round < MAX_ROUNDS ? kept : [];
  }
  const waiting = new Map<number, { readonly from: number[]; at: number }>();
  for (const place of [...changes, ...plain]) {
    if (place.from < 0) continue;
    const value = oldOf(place);
    const others = waiting.get(value);
    if (others === undefined) waiting.set(value, { from: [place.from], at: 0 });
    else others.from.push(place.from);
  }
  const comesFrom = new Map<number, number>();
  for (const place of [...changes, ...plain]) {
    const others = place.to < 0 ? undefined : waiting.get(newOf(place));
    const from = others?.from[others.at];
    if (others === undefined || from === undefined) continue;
    others.at += 1;
    comesFrom.set(place.to, from);
  }
  return { comesFrom, goesTo: new Set(comesFrom.values()), split: new Set(changes) };
}

function counted(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Takes one of so many; false where none is left. */
function take(counts: Map<number, number>, value: number): boolean {
  const left = counts.get(value) ?? 0;
  counts.set(value, left - 1);
  return left > 0;
}
