import { ROW, mirrorKind, type RowKind } from '../../graph/aligned-shape.ts';
import { align, gapsBetween, type Run } from '../../json/align.ts';
import { pairByInput, type Describe } from './pair-gap.ts';
import { gapRuns, gapsIn } from './gaps.ts';

/**
 * The calls of one run after the fork point, oldest first, as numbers that stand for equal things in both runs.
 * `ranks` grow, and no call of either run has that of another one: the order where nothing else gives one.
 */
export type CallList = {
  readonly length: number;
  readonly tools: ArrayLike<number>;
  readonly inputs: ArrayLike<number>;
  readonly outputs: ArrayLike<number>;
  readonly ranks: ArrayLike<number>;
};

/** Rows of two runs side by side; -1 where a run has no call in a row. */
export type Alignment = {
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly a: Int32Array<ArrayBuffer>;
  readonly b: Int32Array<ArrayBuffer>;
};

/**
 * Puts the calls of two runs side by side: equal ones (tool, input and output) by a longest common part, in the gaps
 * between them those of one tool with the same input, in what is left those that `pairByInput` finds; the rest stand alone,
 * in the order in which they were made. Every call stands in exactly one row, and each run keeps its order. The
 * alignment of the swapped runs is the mirror of this one.
 */
export function alignCalls(a: CallList, b: CallList, describe: Describe): Alignment {
  if (inOrder(a, b)) return alignOrdered(a, b, describe);
  return mirrored(alignOrdered(b, a, swapped(describe)));
}

/** Ties are broken by the direction, so one direction is worked out and the other mirrored. */
function inOrder(a: CallList, b: CallList): boolean {
  if (a.length !== b.length) return a.length < b.length;
  for (let i = 0; i < a.length; i += 1) {
    if (a.tools[i] !== b.tools[i] || a.inputs[i] !== b.inputs[i] || a.outputs[i] !== b.outputs[i]) {
      return a.ranks[i]! < b.ranks[i]!;
    }
  }
  return true;
}

const otherSide = (side: 'a' | 'b'): 'a' | 'b' => (side === 'a' ? 'b' : 'a');

const swapped = ({ document, input, room }: Describe): Describe => ({
  document: (side, call) => document(otherSide(side), call),
  input: (side, call) => input(otherSide(side), call),
  room,
});

function mirrored({ kinds, a, b }: Alignment): Alignment {
  return { kinds: kinds.map((kind) => mirrorKind(kind as RowKind)), a: b, b: a };
}

function alignOrdered(a: CallList, b: CallList, describe: Describe): Alignment {
  const tools = { a: a.tools, b: b.tools };
  const partner = new Int32Array(a.length).fill(-1);
  const take = (runs: readonly Run[]): void => {
    for (const run of runs) for (let i = 0; i < run.length; i += 1) partner[run.a + i] = run.b + i;
  };
  const equal = numbersOf(a, b, true);
  const runs = align(equal.a, equal.b);
  take(runs);
  const asked = numbersOf(a, b, false);
  for (const gap of gapsBetween(runs, a.length, b.length)) {
    const again = gapRuns(asked.a, asked.b, gap);
    take(again);
    for (const rest of gapsIn(again, gap)) {
      if (rest.a === rest.aEnd || rest.b === rest.bEnd) continue;
      take(pairByInput(tools, rest, describe).map((pair) => ({ a: pair.a, b: pair.b, length: 1 })));
    }
  }
  return rowsOf(a, b, partner);
}

/** One number for each call: equal where tool and input (and the output) are. */
function numbersOf(
  a: CallList,
  b: CallList,
  withOutput: boolean,
): { readonly a: Int32Array; readonly b: Int32Array } {
  const numbers = new Map<string, number>();
  const numbered = (list: CallList): Int32Array => {
    const found = new Int32Array(list.length);
    for (let i = 0; i < list.length; i += 1) {
      const key = `${list.tools[i]},${list.inputs[i]}${withOutput ? `,${list.outputs[i]}` : ''}`;
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      found[i] = number;
    }
    return found;
  };
  return { a: numbered(a), b: numbered(b) };
}

function rowsOf(a: CallList, b: CallList, partner: Int32Array): Alignment {
  const kinds: number[] = [];
  const inA: number[] = [];
  const inB: number[] = [];
  const put = (kind: RowKind, i: number, j: number): void => {
    kinds.push(kind);
    inA.push(i);
    inB.push(j);
  };
  let j = 0;
  for (let i = 0; i <= a.length;) {
    let pair = i;
    while (pair < a.length && partner[pair] === -1) pair += 1;
    const other = pair < a.length ? partner[pair]! : b.length;
    while (i < pair || j < other) {
      if (j >= other || (i < pair && a.ranks[i]! < b.ranks[j]!)) put(ROW.onlyA, i++, -1);
      else put(ROW.onlyB, -1, j++);
    }
    if (pair < a.length) put(kindOf(a, i, b, j), i, j);
    i += 1;
    j += 1;
  }
  return { kinds: Uint8Array.from(kinds), a: Int32Array.from(inA), b: Int32Array.from(inB) };
}

function kindOf(a: CallList, i: number, b: CallList, j: number): RowKind {
  const input = a.inputs[i] !== b.inputs[j];
  const output = a.outputs[i] !== b.outputs[j];
  if (input) return output ? ROW.both : ROW.input;
  return output ? ROW.output : ROW.same;
}
