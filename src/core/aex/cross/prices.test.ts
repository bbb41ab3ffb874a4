import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { rechain } from '../../../../test/support/aex/tamper-tools.ts';

describe('a cost that was lowered in all records', () => {
  it('is a warning, because tokens times price speak against it', async () => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        db.exec(`UPDATE reservations SET actual_micro = 725 WHERE execution_id =
          (SELECT execution_id FROM event_log WHERE seq = 53)`);
        db.exec(
          `UPDATE event_log SET payload_json = replace(payload_json, ':2725,', ':725,') WHERE seq = 53`,
        );
        db.exec(`UPDATE events SET cost_micro = 725 WHERE cost_micro = 2725 AND agent = 'coder'`);
        db.exec(`UPDATE agents SET spent_micro = spent_micro - 2000 WHERE name = 'coder'`);
        rechain(db);
        return { what: 'cost', kinds: [] };
      },
      1,
    );
    expect(told?.findings).toHaveLength(1);
    const [one] = told!.findings;
    expect(one).toMatchObject({
      kind: 'price-differs',
      severity: 'warning',
      sure: 'likely',
      seq: 53,
      agent: 'coder',
      expected: '$0.002725',
      found: '$0.000725',
    });
    expect(one!.message).toMatch(/^Entry 53 charges coder \$0\.000725 for 61 tokens of big/);
    expect(one!.because.filter(({ agrees }) => agrees).map(({ where }) => where)).toEqual([
      'the price list',
      '7 other settlements of big',
      'the amount reserved for it, $0.006575',
    ]);
  });
});
