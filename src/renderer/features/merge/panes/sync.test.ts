import { array, assert, double, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchorsBetween, lineCount, mapLine, unitAt, type Span } from './sync.ts';

const spans = (all: Readonly<Record<string, readonly [number, number]>>): ReadonlyMap<string, Span> =>
  new Map(Object.entries(all).map(([unit, [from, to]]) => [unit, { from, to }]));

describe('lines beside each other', () => {
  test('a unit begins and ends beside itself, what lies between is spread', () => {
    const anchors = anchorsBetween(spans({ u: [4, 6], v: [10, 10] }), spans({ u: [4, 12], v: [16, 20] }), {
      a: 14,
      b: 24,
    });
    expect([0, 2, 4, 5, 6, 8, 10, 12, 14].map((line) => mapLine(anchors, line))).toEqual([
      0, 2, 4, 8, 12, 14, 20, 22, 24,
    ]);
  });

  test('a unit that stands elsewhere in the other text does not turn scrolling around', () => {
    const anchors = anchorsBetween(spans({ u: [2, 3], v: [8, 9] }), spans({ u: [8, 9], v: [2, 3] }), {
      a: 10,
      b: 10,
    });
    expect(mapLine(anchors, 2)).toBe(8);
    expect(mapLine(anchors, 9)).toBeGreaterThan(8);
  });

  test('scrolling on never goes back, from the first line to the last', () => {
    const some = array(record({ at: integer({ min: 0, max: 50 }), size: integer({ min: 0, max: 8 }) }), {
      maxLength: 12,
    }).map((list) => new Map(list.map(({ at, size }, i) => [`u${i}`, { from: at, to: at + size }])));
    assert(
      property(
        some,
        some,
        double({ min: 0, max: 60, noNaN: true }),
        double({ min: 0, max: 60, noNaN: true }),
        (a, b, x, y) => {
          const anchors = anchorsBetween(a, b, { a: 60, b: 60 });
          const [low, high] = x < y ? [x, y] : [y, x];
          expect(mapLine(anchors, low)).toBeLessThanOrEqual(mapLine(anchors, high) + 1e-9);
          expect(mapLine(anchors, 0)).toBeGreaterThanOrEqual(0);
          expect(mapLine(anchors, 60)).toBe(60);
        },
      ),
    );
  });
});

test('the unit of a line is the smallest one, or where a person is already', () => {
  const places = [
    { unit: 'all', from: 0, to: 20 },
    { unit: 'u', from: 4, to: 6 },
    { unit: 'nothing', from: 5, to: 5 },
  ];
  expect(unitAt(places, 5, null)).toBe('u');
  expect(unitAt(places, 5, 'all')).toBe('all');
  expect(unitAt(places, 6, null)).toBe('all');
  expect(unitAt(places.slice(2), 5, null)).toBe('nothing');
  expect(unitAt(places.slice(1), 9, null)).toBeNull();
});

test('lines are counted as an editor does', () => {
  expect([lineCount(''), lineCount('a'), lineCount('a\n'), lineCount('a\nb\n')]).toEqual([1, 1, 2, 3]);
});
