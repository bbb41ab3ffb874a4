import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';

describe('what a reservation says was spent', () => {
  it.each(['protocol', 'crashed-after'])('is 0 where nothing was settled: %s', async (golden) => {
    const told = await tamperedGolden(
      golden,
      (db) => {
        const id = db
          .prepare<[], string>(
            `SELECT execution_id FROM reservations WHERE state = 'RELEASED' ORDER BY rowid LIMIT 1`,
          )
          .pluck()
          .get()!;
        db.prepare('UPDATE reservations SET actual_micro = actual_micro + 7 WHERE execution_id = ?').run(id);
        return { what: 'released, and spent', kinds: ['reservation-differs'], execution: id };
      },
      1,
    );
    const errors = told?.findings.filter(({ severity }) => severity === 'error') ?? [];
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      kind: 'reservation-differs',
      expected: 'spent $0.000000',
      found: 'spent $0.000007',
    });
  });
});
