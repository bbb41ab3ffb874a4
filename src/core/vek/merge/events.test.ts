import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraph, indexOf } from '../../../../test/support/graphs.ts';
import { eventsOf, knownHistory } from './event-graph.ts';
import { withBelow, type Head } from './events.ts';
import { COMMON, historyOf } from './history.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { stretchesOf } from './stretches.ts';

/** Events told apart by what they are about, with everything below. */
function shapeOf(head: Head): string {
  if (head === null) return 'none';
  return `${head.kind}@${head.place}(${head.preds.map(shapeOf).join(',')})`;
}

function nameOf(head: Head): string {
  return head === null ? 'none' : `${head.kind}@${head.place}`;
}

/** The same without what lies below the base of everything: only what decides. */
function headsOf({ changed, ours, theirs, base, hole }: Outcome): unknown[] {
  const decided = changed === 'ours' ? [ours] : changed === 'theirs' ? [theirs] : [ours, theirs];
  return [changed, decided.map(nameOf), nameOf(base), nameOf(hole)];
}

const cases = anyGraph({ cycles: true, size: 40 })
  .filter((nodes) => nodes.length > 1)
  .chain((nodes) =>
    fc.record({
      nodes: fc.constant(nodes),
      ours: fc.nat({ max: nodes.length - 1 }),
      theirs: fc.nat({ max: nodes.length - 1 }),
      touched: fc.array(fc.boolean(), { minLength: nodes.length, maxLength: nodes.length }),
      low: fc.nat({ max: nodes.length }),
    }),
  );

describe('events of a document', () => {
  it('are the same from a part of history as from all of it, wherever the part says it is enough', () => {
    const counts = { enough: 0, partly: 0, both: 0 };
    fc.assert(
      fc.property(cases, ({ nodes, ours, theirs, touched, low }) => {
        const history = historyOf(indexOf(nodes), ours, theirs);
        const stretches = stretchesOf(history);
        const places = [...history.sides.keys()].filter(
          (place) => history.sides[place] !== 0 && touched[place],
        );
        const outcomeAt = (from: number): Outcome => {
          const known = knownHistory(stretches, from);
          const seen = places.filter((place) => history.sides[place] !== COMMON || place >= from);
          const headAt = eventsOf(known, seen);
          return outcomeOf(headAt(stretches.of[history.ours]!), headAt(stretches.of[history.theirs]!));
        };
        const whole = outcomeAt(0);
        expect(whole.sure && whole.baseSure).toBe(true);
        const part = outcomeAt(low);
        if (!part.sure) return;
        if (part.changed === 'none') {
          expect(whole.changed).toBe('none');
          return;
        }
        counts[part.baseSure ? 'enough' : 'partly'] += 1;
        if (part.changed === 'both') counts.both += 1;
        const [a, b] = [headsOf(part), headsOf(whole)];
        expect(part.baseSure ? a : a.slice(0, 2)).toEqual(part.baseSure ? b : b.slice(0, 2));
      }),
      { numRuns: 3000 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(10);
  });

  it('end in a hole where a parent is missing, on that side only', () => {
    const nodes = [
      { parent: -2, merge: -1, second: 0 },
      { parent: -1, merge: -1, second: 1 },
      { parent: 0, merge: -1, second: 2 },
      { parent: 1, merge: -1, second: 3 },
    ];
    const history = historyOf(indexOf(nodes), 2, 3);
    const stretches = stretchesOf(history);
    const headAt = eventsOf(knownHistory(stretches, 0), [2, 3]);
    const outcome = outcomeOf(headAt(stretches.of[2]!), headAt(stretches.of[3]!));
    expect([outcome.changed, shapeOf(outcome.base), shapeOf(outcome.hole)]).toEqual([
      'both',
      'none',
      'hole@0()',
    ]);
    expect([...withBelow(outcome.ours)].map(({ kind }) => kind)).toEqual(['touch', 'hole']);
  });
});
