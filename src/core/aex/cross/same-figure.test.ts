import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { rechain } from '../../../../test/support/aex/tamper-tools.ts';

const call = `(SELECT execution_id FROM event_log WHERE seq = 53)`;
const entry = `UPDATE event_log SET payload_json = replace(payload_json, '"cost_micro":2725', '"cost_micro":25') WHERE seq = 53;`;
const reservation = `UPDATE reservations SET actual_micro = 25 WHERE execution_id = ${call};`;
const stream = `UPDATE events SET cost_micro = 25 WHERE cost_micro = 2725;`;
const counter = `UPDATE agents SET spent_micro = spent_micro - 2700 WHERE name = 'coder';`;

describe('one wrong figure in several records of a call', () => {
  it.each([
    ['entry and reservation, hashed anew', entry + reservation, true, 'amount-differs'],
    [
      'entry, row of the older stream and counter, hashed anew',
      entry + stream + counter,
      true,
      'amount-differs',
    ],
    ['entry, reservation and counter, hashed anew', entry + reservation + counter, true, 'amount-differs'],
    ['every record, the chain left', entry + reservation + stream + counter, false, 'entry-altered'],
  ])('is one finding, of the entry: %s', async (_, sql, hashed, kind) => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        db.exec(sql);
        if (hashed) rechain(db);
        return { what: sql, kinds: [] };
      },
      1,
    );
    expect(told!.findings.map((one) => [one.kind, one.seq])).toEqual([[kind, 53]]);
    if (sql.includes('reservations'))
      expect(told!.findings[0]!.message).toContain('The same stands in the reservation');
  });
});
