import { stringifyJson } from '../src/core/json/pretty.ts';
import type { JsonNode } from '../src/core/json/tree.ts';
import { makeEditPair } from '../test/support/edit-pairs.ts';
import { randomFrom, type Random } from './generate-random.ts';

/** Two edits of one document, and what their merge must be. */
export type Pair = {
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
  /** paths, without numbers, at which a merge must report a conflict; empty: `merged` is the only right result */
  readonly conflicts: readonly string[];
  readonly merged: unknown;
};

function plain(node: JsonNode): unknown {
  return JSON.parse(stringifyJson(node));
}

/** The pair of a seed in the generator of the tests: deeper documents, without names and with, and odd values. */
export function makeDeepPair(seed: number): Pair {
  const pair = makeEditPair(seed, { values: 120, clash: seed % 2 === 0 });
  return {
    base: plain(pair.base),
    ours: plain(pair.ours),
    theirs: plain(pair.theirs),
    conflicts: [...new Set(pair.conflicts)],
    merged: plain(pair.merged.ours),
  };
}

type Row = { id: number; name: string; state: string; note?: string };
type Document = {
  title: string;
  settings: Record<string, number | string>;
  nested: Record<string, Record<string, number>>;
  rows: Row[];
  list: string[];
  text: string;
};

/** One change at one place. `other` is a different change of the same place; null where there is none to speak of. */
type Slot = {
  readonly path: string;
  readonly change: (document: Document) => void;
  readonly other: ((document: Document) => void) | null;
};

const PLACES = 12;

/**
 * A pair of edits whose truth is known: each side changes places of its own, some places both change equally, and in
 * about half of the pairs one or two places are changed by both differently. Places of lists and texts lie apart, so
 * that what is beside what is no question.
 */
export function makePair(seed: number): Pair {
  const random = randomFrom(seed);
  const base = makeDocument(random);
  const slots = shuffled(slotsOf(random), random);
  const clashes = random.chance(0.5)
    ? slots.filter(({ other }) => other !== null).slice(0, 1 + random.int(2))
    : [];
  for (const clash of clashes) slots.splice(slots.indexOf(clash), 1);
  const shared = slots.splice(0, random.int(3));
  const mine = slots.splice(0, 1 + random.int(5));
  const other = slots.splice(0, 1 + random.int(5));
  const after = (...steps: Slot['change'][]): Document => {
    const document = structuredClone(base);
    for (const step of steps) step(document);
    return settled(document);
  };
  return {
    base: settled(structuredClone(base)),
    ours: after(...changes(shared), ...changes(mine), ...changes(clashes)),
    theirs: after(...changes(shared), ...changes(other), ...clashes.map(({ other: instead }) => instead!)),
    conflicts: [...new Set(clashes.map(({ path }) => path))].toSorted(),
    merged: after(...changes(shared), ...changes(mine), ...changes(other)),
  };
}

function changes(slots: readonly Slot[]): readonly Slot['change'][] {
  return slots.map(({ change }) => change);
}

function makeDocument(random: Random): Document {
  const numbers = Array.from({ length: PLACES }, (_, i) => i);
  const word = (): string => `${random.pick(['oak', 'elm', 'fir', 'ash'])}-${random.int(1e6)}`;
  return {
    title: word(),
    settings: Object.fromEntries(numbers.map((i) => [`s${i}`, random.int(1000)])),
    nested: Object.fromEntries(numbers.map((i) => [`n${i}`, { a: random.int(1000), b: random.int(1000) }])),
    rows: numbers.map((i) => ({ id: i, name: word(), state: 'open' })),
    list: numbers.map((i) => `${i} ${word()}`),
    text: numbers.map((i) => `${i} ${word()}`).join('\n'),
  };
}

/** What a list or a text holds at a place that was deleted, until all changes are made. */
const GONE = '\u0000';

function flat(lines: readonly string[]): string[] {
  return lines.flatMap((line) => (line === GONE ? [] : line.split(GONE)));
}

/** Takes out what was deleted, and splits what was added to a line of its own. */
function settled(document: Document): Document {
  document.list = flat(document.list);
  document.text = flat(document.text.split('\n')).join('\n');
  return document;
}

/** Every place that can be changed, with two different changes for it. */
function slotsOf(random: Random): Slot[] {
  const slots: Slot[] = [];
  const add = (path: string, change: Slot['change'], other: Slot['other']): void => {
    slots.push({ path, change, other });
  };
  for (let i = 0; i < PLACES; i += 1) {
    const value = 1000 + random.int(1000);
    const key = `s${i}`;
    const drop = random.chance(0.3);
    const text = random.chance(0.2);
    add(
      `/settings/${key}`,
      (d) => {
        if (drop) delete d.settings[key];
        else d.settings[key] = value;
      },
      (d) => {
        d.settings[key] = text ? `${value}` : value + 1;
      },
    );
    add(
      `/nested/n${i}/a`,
      (d) => {
        d.nested[`n${i}`]!['a'] = value;
      },
      (d) => {
        d.nested[`n${i}`]!['a'] = value + 1;
      },
    );
    if (i % 3 === 0) rowSlots(add, value, (d) => d.rows.find(({ id }) => id === i)!);
    // not the last one: whether what was added there stands behind it would be a question
    if (i % 3 === 2 && i < PLACES - 1) goneSlots(add, i, value);
    // every third place of a list or text, so that untouched ones lie between
    if (i % 3 === 1) lineSlots(add, i, value, random);
  }
  add(
    '/added',
    (d) => Object.assign(d, { added: 1 }),
    (d) => Object.assign(d, { added: [1] }),
  );
  return slots;
}

type Add = (path: string, change: Slot['change'], other: Slot['other']) => void;

function rowSlots(add: Add, value: number, rowOf: (d: Document) => Row): void {
  add(
    '/rows[]/state',
    (d) => {
      rowOf(d).state = `done ${value}`;
    },
    (d) => {
      rowOf(d).state = 'dropped';
    },
  );
  add(
    '/rows[]/note',
    (d) => {
      rowOf(d).note = `seen ${value}`;
    },
    (d) => {
      rowOf(d).note = 'unseen';
    },
  );
}

function goneSlots(add: Add, i: number, value: number): void {
  add(
    '/rows[]',
    (d) => {
      d.rows = d.rows.filter(({ id }) => id !== i);
    },
    (d) => {
      for (const row of d.rows) if (row.id === i) row.state = `kept ${value}`;
    },
  );
  add('/rows[]', (d) => d.rows.push({ id: 100 + i, name: `new ${value}`, state: 'open' }), null);
}

function lineSlots(add: Add, i: number, value: number, random: Random): void {
  const kind = random.int(3);
  const changed = (old: string, text: string): string =>
    kind === 0 ? text : kind === 1 ? `${old}${GONE}${text}` : GONE;
  add(
    '/list',
    (d) => {
      d.list[i] = changed(d.list[i]!, `list ${value}`);
    },
    (d) => {
      d.list[i] = kind === 1 ? `${d.list[i]}${GONE}other ${value}` : `other ${value}`;
    },
  );
  const inText = (d: Document, edit: (line: string) => string): void => {
    const lines = d.text.split('\n');
    lines[i] = edit(lines[i]!);
    d.text = lines.join('\n');
  };
  add(
    '/text',
    (d) => inText(d, (line) => changed(line, `text ${value}`)),
    (d) => inText(d, (line) => (kind === 1 ? `${line}${GONE}other ${value}` : `other ${value}`)),
  );
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
