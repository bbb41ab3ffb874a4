import { align, gapsBetween, type Gap } from './align.ts';
import { pairUp } from './delta-pairs.ts';
import { compareValues, createInterner, type Interner } from './intern.ts';
import { diffText, mirrorText, type TextHunk } from './text-diff.ts';
import {
  compareCodePoints,
  distinctEntries,
  type JsonArray,
  type JsonNode,
  type JsonObject,
} from './tree.ts';

/** How one value became another. */
export type JsonDelta =
  | { readonly kind: 'replace'; readonly old: JsonNode; readonly new: JsonNode }
  | { readonly kind: 'text'; readonly old: string; readonly new: string; readonly hunks: readonly TextHunk[] }
  /** by key, in code point order; keys that are not here are equal */
  | { readonly kind: 'object'; readonly fields: readonly { readonly key: string; readonly step: JsonStep }[] }
  | { readonly kind: 'array'; readonly steps: readonly (JsonStep | JsonKeep)[] };

export type JsonStep =
  | { readonly op: 'add'; readonly value: JsonNode }
  | { readonly op: 'remove'; readonly value: JsonNode }
  | { readonly op: 'change'; readonly delta: JsonDelta };

/** So many elements of an array that are equal. */
export type JsonKeep = { readonly op: 'keep'; readonly count: number };

/** Levels of nesting that are compared part by part, so that no document overflows the stack. */
const MAX_DEPTH = 200;

/**
 * How `a` becomes `b`; null where they are equal, which their canonical forms decide. Objects are compared by key,
 * arrays by element (a longest common part, then elements alike: the same `id`, `key`, `name` or `path`, or much the
 * same content), texts by line and word; an object with a repeated key, and what is nested deeper than `MAX_DEPTH`, is
 * replaced whole. The delta from `b` to `a` is
 * the mirror of this one.
 */
export function diffJson(a: JsonNode, b: JsonNode): JsonDelta | null {
  const intern = createInterner();
  if (intern(a) === intern(b)) return null;
  // Ties are broken by the direction, so one direction is worked out and the other mirrored.
  return compareValues(a, b, intern) < 0 ? between(a, b, intern, 0) : mirrorDelta(between(b, a, intern, 0));
}

/** The delta of the other direction. */
export function mirrorDelta(delta: JsonDelta): JsonDelta {
  switch (delta.kind) {
    case 'replace':
      return { kind: 'replace', old: delta.new, new: delta.old };
    case 'text':
      return { kind: 'text', old: delta.new, new: delta.old, hunks: mirrorText(delta.hunks) };
    case 'object':
      return {
        kind: 'object',
        fields: delta.fields.map(({ key, step }) => ({ key, step: mirrorStep(step) })),
      };
    case 'array':
      return {
        kind: 'array',
        steps: removedFirst(delta.steps.map((step) => (step.op === 'keep' ? step : mirrorStep(step)))),
      };
  }
}

function mirrorStep(step: JsonStep): JsonStep {
  switch (step.op) {
    case 'add':
      return { op: 'remove', value: step.value };
    case 'remove':
      return { op: 'add', value: step.value };
    case 'change':
      return { op: 'change', delta: mirrorDelta(step.delta) };
  }
}

/** What goes stands before what comes, wherever nothing is kept between them. */
function removedFirst(steps: readonly (JsonStep | JsonKeep)[]): readonly (JsonStep | JsonKeep)[] {
  const sorted: (JsonStep | JsonKeep)[] = [];
  let added: JsonStep[] = [];
  for (const step of steps) {
    if (step.op === 'add') added.push(step);
    else if (step.op === 'remove') sorted.push(step);
    else {
      sorted.push(...added, step);
      added = [];
    }
  }
  return [...sorted, ...added];
}

function between(a: JsonNode, b: JsonNode, intern: Interner, depth: number): JsonDelta {
  if (a.kind === 'string' && b.kind === 'string') {
    return { kind: 'text', old: a.value, new: b.value, hunks: diffText(a.value, b.value) };
  }
  if (depth >= MAX_DEPTH) return { kind: 'replace', old: a, new: b };
  if (a.kind === 'array' && b.kind === 'array') {
    return { kind: 'array', steps: arraySteps(a, b, intern, depth + 1) };
  }
  if (a.kind === 'object' && b.kind === 'object' && isPlain(a) && isPlain(b)) {
    return { kind: 'object', fields: objectFields(a, b, intern, depth + 1) };
  }
  return { kind: 'replace', old: a, new: b };
}

function isPlain(object: JsonObject): boolean {
  return distinctEntries(object.entries) === object.entries;
}

function objectFields(a: JsonObject, b: JsonObject, intern: Interner, depth: number) {
  const olds = new Map(a.entries.map((entry) => [entry.key, entry.value]));
  const news = new Map(b.entries.map((entry) => [entry.key, entry.value]));
  const keys = [...new Set([...olds.keys(), ...news.keys()])].toSorted(compareCodePoints);
  return keys.flatMap((key) => {
    const step = stepOf(olds.get(key), news.get(key), intern, depth);
    return step === null ? [] : [{ key, step }];
  });
}

function stepOf(
  old: JsonNode | undefined,
  now: JsonNode | undefined,
  intern: Interner,
  depth: number,
): JsonStep | null {
  if (old === undefined) return now === undefined ? null : { op: 'add', value: now };
  if (now === undefined) return { op: 'remove', value: old };
  return intern(old) === intern(now) ? null : { op: 'change', delta: between(old, now, intern, depth) };
}

function arraySteps(
  a: JsonArray,
  b: JsonArray,
  intern: Interner,
  depth: number,
): readonly (JsonStep | JsonKeep)[] {
  const runs = align(a.items.map(intern), b.items.map(intern));
  const gaps = gapsBetween(runs, a.items.length, b.items.length);
  const steps: (JsonStep | JsonKeep)[] = [];
  let at = 0;
  for (const gap of gaps) {
    if (gap.a > at) steps.push({ op: 'keep', count: gap.a - at });
    steps.push(...gapSteps(a, b, gap, intern, depth));
    at = gap.aEnd;
  }
  if (at < a.items.length) steps.push({ op: 'keep', count: a.items.length - at });
  return steps;
}

/** Elements of a gap that are alike change; the others go and come. */
function gapSteps(
  a: JsonArray,
  b: JsonArray,
  gap: Gap,
  intern: Interner,
  depth: number,
): readonly (JsonStep | JsonKeep)[] {
  const olds = a.items.slice(gap.a, gap.aEnd);
  const news = b.items.slice(gap.b, gap.bEnd);
  const steps: (JsonStep | JsonKeep)[] = [];
  let old = 0;
  let now = 0;
  for (const pair of [...pairUp(olds, news, intern), { a: olds.length, b: news.length }]) {
    for (; old < pair.a; old += 1) steps.push({ op: 'remove', value: olds[old]! });
    for (; now < pair.b; now += 1) steps.push({ op: 'add', value: news[now]! });
    if (old < olds.length && now < news.length) {
      steps.push({ op: 'change', delta: between(olds[old]!, news[now]!, intern, depth) });
    }
    old += 1;
    now += 1;
  }
  return steps;
}

/** The value that a delta makes of the one it was made from. Throws where it does not fit that value. */
export function applyDelta(node: JsonNode, delta: JsonDelta): JsonNode {
  switch (delta.kind) {
    case 'replace':
      return delta.new;
    case 'text':
      return { kind: 'string', value: delta.new };
    case 'object':
      if (node.kind !== 'object') throw new Error(`A delta of an object does not fit ${node.kind}`);
      return applyFields(node, delta.fields);
    case 'array':
      if (node.kind !== 'array') throw new Error(`A delta of an array does not fit ${node.kind}`);
      return applySteps(node, delta.steps);
  }
}

function applyFields(
  node: JsonObject,
  fields: readonly { readonly key: string; readonly step: JsonStep }[],
): JsonNode {
  const values = new Map(node.entries.map((entry) => [entry.key, entry.value]));
  for (const { key, step } of fields) {
    const before = values.get(key);
    if ((before === undefined) !== (step.op === 'add'))
      throw new Error(`A delta does not fit the key ${key}`);
    if (step.op === 'remove') values.delete(key);
    else values.set(key, step.op === 'add' ? step.value : applyDelta(before!, step.delta));
  }
  return { kind: 'object', entries: [...values].map(([key, value]) => ({ key, value })) };
}

function applySteps(node: JsonArray, steps: readonly (JsonStep | JsonKeep)[]): JsonNode {
  const items: JsonNode[] = [];
  let at = 0;
  for (const step of steps) {
    if (step.op === 'add') {
      items.push(step.value);
      continue;
    }
    const count = step.op === 'keep' ? step.count : 1;
    if (at + count > node.items.length) throw new Error('A delta does not fit a shorter array');
    if (step.op === 'keep') for (let i = 0; i < count; i += 1) items.push(node.items[at + i]!);
    if (step.op === 'change') items.push(applyDelta(node.items[at]!, step.delta));
    at += count;
  }
  if (at !== node.items.length) throw new Error('A delta does not fit a longer array');
  return { kind: 'array', items };
}
