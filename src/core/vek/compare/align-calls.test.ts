import { array, assert, boolean, nat, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasA, hasB, isDifference, mirrorKind, ROW, type RowKind } from '../../graph/aligned-shape.ts';
import type { JsonNode } from '../../json/tree.ts';
import { alignCalls, type Alignment, type CallList } from './align-calls.ts';
import type { Describe } from './pair-gap.ts';

type Call = { readonly tool: number; readonly input: number; readonly output: number; readonly doc: number };

const call = record({
  tool: nat(3),
  input: nat(5),
  output: nat(2),
  doc: nat(2),
});
const runs = tuple(array(call, { maxLength: 24 }), array(call, { maxLength: 24 }));

/** Two runs, the calls of which were made in turn by `turns`. */
function lists(a: readonly Call[], b: readonly Call[], turns: readonly boolean[]): [CallList, CallList] {
  const ranks: [number[], number[]] = [[], []];
  for (let rank = 0; rank < a.length + b.length; rank += 1) {
    const first = ranks[1].length === b.length || (ranks[0].length < a.length && turns[rank] === true);
    ranks[first ? 0 : 1].push(rank);
  }
  const list = (calls: readonly Call[], own: readonly number[]): CallList => ({
    length: calls.length,
    tools: calls.map((one) => one.tool),
    inputs: calls.map((one) => one.input),
    outputs: calls.map((one) => one.output),
    ranks: own,
  });
  return [list(a, ranks[0]), list(b, ranks[1])];
}

const input = (one: Call): JsonNode => ({
  kind: 'object',
  entries: [{ key: 'n', value: { kind: 'string', value: 'x'.repeat(one.input % 7) } }],
});

const describing = (a: readonly Call[], b: readonly Call[]): Describe => {
  const of = (side: 'a' | 'b', at: number): Call => (side === 'a' ? a : b)[at]!;
  return {
    document: (side, at) => (of(side, at).doc === 0 ? null : `doc ${of(side, at).doc}`),
    input: (side, at) => input(of(side, at)),
    room: () => true,
  };
};

function aligned(a: readonly Call[], b: readonly Call[], turns: readonly boolean[] = []): Alignment {
  const [one, two] = lists(a, b, turns);
  return alignCalls(one, two, describing(a, b));
}

const turns = array(boolean(), { minLength: 48, maxLength: 48 });
const one = (tool: number, inp: number, output: number, doc = 0): Call => ({ tool, input: inp, output, doc });
const keyOf = (c: Call): string => `${c.tool},${c.input},${c.output}`;
const kinds = ({ kinds: all }: Alignment): readonly number[] => [...all];

describe('two runs side by side', () => {
  it('hold every call once and in order', () => {
    assert(
      property(runs, turns, ([a, b], turn) => {
        const rows = aligned(a, b, turn);
        expect([...rows.a].filter((i) => i >= 0)).toEqual(a.map((_, i) => i));
        expect([...rows.b].filter((i) => i >= 0)).toEqual(b.map((_, i) => i));
        rows.kinds.forEach((kind, row) => {
          expect(hasA(kind)).toBe(rows.a[row]! >= 0);
          expect(hasB(kind)).toBe(rows.b[row]! >= 0);
        });
      }),
    );
  });

  it('pair only calls of one tool, and say what differs', () => {
    assert(
      property(runs, turns, ([a, b], turn) => {
        const rows = aligned(a, b, turn);
        rows.kinds.forEach((kind, row) => {
          const [left, right] = [a[rows.a[row]!], b[rows.b[row]!]];
          if (left === undefined || right === undefined) return;
          expect(left.tool).toBe(right.tool);
          const [inputs, outputs] = [left.input !== right.input, left.output !== right.output];
          const word = inputs ? (outputs ? ROW.both : ROW.input) : outputs ? ROW.output : ROW.same;
          expect(kind).toBe(word);
        });
      }),
    );
  });

  it('are all the same where a run is compared with itself', () => {
    assert(
      property(array(call, { maxLength: 40 }), turns, (a, turn) => {
        expect(kinds(aligned(a, a, turn)).every((kind) => kind === ROW.same)).toBe(true);
      }),
    );
  });

  it('mirror when they are swapped', () => {
    assert(
      property(runs, turns, ([a, b], turn) => {
        const rows = aligned(a, b, turn);
        const [left, right] = lists(a, b, turn);
        const other = alignCalls(right, left, describing(b, a));
        expect(other.a).toEqual(rows.b);
        expect(other.b).toEqual(rows.a);
        expect(kinds(other)).toEqual(kinds(rows).map((kind) => mirrorKind(kind as RowKind)));
      }),
    );
  });

  it('differ first where a common beginning ends', () => {
    assert(
      property(array(call, { maxLength: 12 }), runs, turns, (start, [a, b], turn) => {
        const rows = aligned([...start, ...a], [...start, ...b], turn);
        const first = kinds(rows).findIndex(isDifference);
        expect(first === -1 || first >= start.length).toBe(true);
        if (first === -1) expect(a.length).toBe(b.length);
      }),
    );
  });

  it('keep as many equal calls as there can be', () => {
    assert(
      property(runs, ([a, b]) => {
        const table = Array.from({ length: a.length + 1 }, () => Array.from(b, () => 0).concat(0));
        for (let i = a.length - 1; i >= 0; i -= 1)
          for (let j = b.length - 1; j >= 0; j -= 1)
            table[i]![j] =
              keyOf(a[i]!) === keyOf(b[j]!)
                ? table[i + 1]![j + 1]! + 1
                : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
        expect(kinds(aligned(a, b)).filter((kind) => kind === ROW.same)).toHaveLength(table[0]![0]!);
      }),
    );
  });
});

/** A run of which every seventh call is its own. */
const long = (seed: number): readonly Call[] =>
  Array.from({ length: 100_000 }, (_, i) => one(i % 5, i % 7 === seed ? i * 31 + seed : i, i % 11));

describe('in a gap', () => {
  it('the same input with another output pairs before anything else', () => {
    const rows = aligned([one(1, 1, 1), one(1, 2, 1)], [one(1, 2, 2)]);
    expect(kinds(rows)).toEqual([ROW.onlyA, ROW.output]);
  });

  it('calls on the same document pair before others of the tool', () => {
    const rows = aligned([one(1, 1, 1, 1), one(1, 2, 1, 2)], [one(1, 5, 2, 2), one(2, 1, 1)]);
    expect([...rows.a]).toEqual([0, 1, -1]);
    expect(kinds(rows)).toEqual([ROW.onlyA, ROW.both, ROW.onlyB]);
  });

  it('calls on different documents stand apart', () => {
    expect(kinds(aligned([one(1, 0, 0, 1)], [one(1, 5, 1, 2)]))).toEqual([ROW.onlyB, ROW.onlyA]);
  });

  it('calls of one tool that have nothing in common pair in order', () => {
    expect(kinds(aligned([one(1, 0, 0)], [one(1, 5, 1)]))).toEqual([ROW.both]);
    expect(kinds(aligned([one(1, 0, 0)], [one(1, 5, 1), one(1, 6, 1)]))).toEqual([ROW.both, ROW.onlyB]);
    expect(kinds(aligned([one(1, 0, 0)], [one(2, 5, 1)]))).not.toContain(ROW.both);
  });

  it('what stands alone comes in the order in which it was made', () => {
    const a = [one(1, 1, 1), one(1, 2, 1)];
    const b = [one(2, 1, 1), one(2, 2, 1)];
    expect(kinds(aligned(a, b, [true, false, true, false]))).toEqual([
      ROW.onlyA,
      ROW.onlyB,
      ROW.onlyA,
      ROW.onlyB,
    ]);
  });

  it('a hundred thousand calls on each side are put side by side', () => {
    const rows = aligned(long(1), long(2));
    expect([...rows.a].filter((i) => i >= 0)).toHaveLength(100_000);
    expect(kinds(rows).filter((kind) => kind === ROW.same).length).toBeGreaterThan(60_000);
  });
});
