import { assert, boolean, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { GOLDEN_WAYS } from '../../../../test/support/aex/tamper-goldens.ts';
import { OTHER_WAYS } from '../../../../test/support/aex/tamper-others.ts';
import type { Tampered } from '../../../../test/support/aex/tamper-tools.ts';
import { tamper } from '../../../../test/support/aex/tamper.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { createWalk } from '../chain/walk.ts';
import { readAll } from '../check/read-all.ts';
import { readModels } from '../config/models.ts';
import { lookAtLedger } from '../store.ts';
import { createCrossCheck } from './cross-check.ts';

const nowMicros = Date.UTC(2026, 5, 1) * 1_000;

/** Findings of a golden ledger after something was done to it; null: it has nothing of the kind. */
function checked(
  base: string,
  wayName: string,
  seed: number,
  withPrices: boolean,
): { readonly done: Tampered; readonly findings: readonly LedgerFinding[] } | null {
  const way = ALL_WAYS[wayName]!;
  const { paths, drop } = copyGoldenLedger(base);
  try {
    let state = seed;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * below);
    };
    random(7);
    const done = tamper(paths.db, way, random);
    if (done === null) return null;
    const prices = withPrices ? (readModels(paths)?.models ?? null) : null;
    const looked = lookAtLedger(paths, (look) => {
      const walk = createWalk(look);
      const cross = createCrossCheck(look, { prices, nowMicros });
      const replay = readAll(look, {
        cross,
        link: (row, partition) => walk.row(row, partition),
        tick: () => undefined,
      });
      return cross.finish(walk.verdict(), replay);
    });
    if (!looked.ok) throw new Error(looked.error.message);
    return { done, findings: looked.value.findings };
  } finally {
    drop();
  }
}

const ALL_WAYS = { ...GOLDEN_WAYS, ...OTHER_WAYS };
const BASES = ['small', 'week', 'week-large', 'protocol', 'crashed-after'];

describe('whatever is done to a healthy ledger', () => {
  it('is noticed, placed, and told as one story', () => {
    assert(
      property(
        constantFrom(...BASES),
        constantFrom(...Object.keys(ALL_WAYS)),
        integer({ min: 1, max: 0x7ffffff }),
        boolean(),
        (base, way, seed, withPrices) => {
          const result = checked(base, way, seed, withPrices);
          if (result === null) return;
          const { done, findings } = result;
          const errors = findings.filter(({ severity }) => severity === 'error');
          expect(errors.length, `${way}: ${done.what}`).toBeGreaterThan(0);
          expect(errors.length, errors.map(({ message }) => message).join('\n')).toBeLessThanOrEqual(3);
          const placed = errors.some(
            (one) =>
              (done.seq === undefined || one.seq === done.seq) &&
              (done.execution === undefined || one.executionId === done.execution) &&
              (done.agent === undefined || one.agent === done.agent),
          );
          expect(placed, `${JSON.stringify(done)} told as ${JSON.stringify(errors.slice(0, 3))}`).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
