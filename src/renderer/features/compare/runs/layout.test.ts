import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeShape, encodeShape, isDifference } from '../../../../core/graph/aligned-shape.ts';
import {
  differencesUpTo,
  foldOf,
  layOut,
  LINE,
  lineOf,
  nextDifference,
  rowMapper,
  type Layout,
} from './layout.ts';

const closed = (): boolean => false;
const open = (): boolean => true;

const kindsOf = (shape: string): Uint8Array => {
  const rows = [...shape.matchAll(/[=~oib<>](\d*)/g)].reduce((sum, [, count]) => sum + Number(count || 1), 0);
  return decodeShape(shape, rows);
};

/** The lines as text: rows by number, folds with what they hold, common calls by place. */
const words = (layout: Layout): string =>
  Array.from(layout.kind, (kind, line) => {
    const at = layout.at[line]!;
    return kind === LINE.common
      ? `c${at}`
      : kind === LINE.fold
        ? `[${at}+${layout.folded.get(at)}]`
        : String(at);
  }).join(' ');

describe('lines', () => {
  it('fold long equal stretches, but for what is beside a difference', () => {
    expect(words(layOut(kindsOf('<=20o'), 0, closed))).toBe('0 1 2 [3+16] 19 20 21');
    expect(words(layOut(kindsOf('=20o'), 0, closed))).toBe('[0+18] 18 19 20');
    expect(words(layOut(kindsOf('o=20'), 0, closed))).toBe('0 1 2 [3+18]');
    expect(words(layOut(kindsOf('=20'), 0, closed))).toBe('[0+20]');
  });

  it('keep short ones', () => {
    expect(words(layOut(kindsOf('<=6o'), 0, closed))).toBe('0 1 2 3 4 5 6 7');
    expect(words(layOut(kindsOf('<>~2'), 0, closed))).toBe('0 1 2 3');
  });

  it('open what is asked for', () => {
    const kinds = kindsOf('<=20o=20>');
    expect(layOut(kinds, 0, open).length).toBe(kinds.length);
    expect(words(layOut(kinds, 0, (row) => row === 3))).toContain('[24+16]');
  });

  it('begin with the calls in common, where they are open', () => {
    expect(words(layOut(kindsOf('<>'), 3, closed))).toBe('c0 c1 c2 0 1');
    expect(lineOf(layOut(kindsOf('<>'), 3, closed), 1)).toBe(4);
  });

  const shapes = array(constantFrom('=', '=', '=', '=9', '~', 'o', '<', '>'), { maxLength: 30 }).map(
    (signs) => signs.join(''),
  );

  it('hold every row once: by itself or in a fold', () => {
    assert(
      property(shapes, nat(5), (shape, common) => {
        const kinds = kindsOf(shape);
        const layout = layOut(kinds, common, closed);
        const rows: number[] = [];
        layout.kind.forEach((kind, line) => {
          if (kind === LINE.common) return;
          const count = kind === LINE.fold ? layout.folded.get(layout.at[line]!)! : 1;
          for (let i = 0; i < count; i += 1) rows.push(layout.at[line]! + i);
        });
        expect(rows).toEqual(Array.from(kinds, (_, row) => row));
        for (const row of rows) {
          const line = lineOf(layout, row);
          expect(line).toBeGreaterThanOrEqual(common);
          if (layout.kind[line] === LINE.fold) expect(foldOf(kinds, row)).toBe(layout.at[line]);
          else expect(layout.at[line]).toBe(row);
        }
      }),
    );
  });

  it('of a shape come back from its text', () => {
    assert(
      property(shapes, (shape) => {
        const kinds = kindsOf(shape);
        expect(decodeShape(encodeShape(kinds), kinds.length)).toEqual(kinds);
      }),
    );
  });

  it('lead from difference to difference', () => {
    const kinds = kindsOf('=2<=3o');
    expect(nextDifference(kinds, -1, 1)).toBe(2);
    expect(nextDifference(kinds, 2, 1)).toBe(6);
    expect(nextDifference(kinds, 6, 1)).toBeNull();
    expect(nextDifference(kinds, 6, -1)).toBe(2);
    expect(nextDifference(kinds, 2, -1)).toBeNull();
    expect(differencesUpTo(kinds, 6)).toBe(2);
  });
});

describe('a row of before', () => {
  it('is found after the runs grew', () => {
    const before = kindsOf('=2<>o');
    const after = kindsOf('=2<>o>2<');
    const map = rowMapper(before, after);
    expect([0, 1, 2, 3, 4].map(map)).toEqual([0, 1, 2, 3, 4]);
  });

  it('is found where others became equal', () => {
    const map = rowMapper(kindsOf('<2>2='), kindsOf('~2='));
    expect([0, 1, 2, 3, 4].map(map)).toEqual([0, 1, 0, 1, 2]);
  });

  it('is none where nothing is left', () => {
    expect(rowMapper(kindsOf('<'), kindsOf(''))(0)).toBe(-1);
  });

  it('stays itself where nothing changed', () => {
    assert(
      property(array(constantFrom('=', 'o', '<', '>'), { maxLength: 40 }), (signs) => {
        const kinds = kindsOf(signs.join(''));
        const map = rowMapper(kinds, kinds);
        kinds.forEach((kind, row) => {
          expect(map(row)).toBe(row);
          expect(isDifference(kind)).toBe(kind > 1);
        });
      }),
    );
  });
});
