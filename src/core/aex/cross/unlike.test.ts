import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { rechain } from '../../../../test/support/aex/tamper-tools.ts';

describe('a payload that AEX never writes', () => {
  it.each([
    ['blanks', 'entry-respelled', `replace(payload_json, ':', ': ')`],
    ['another state', 'value-unreadable', `'{"state":"RESERVED"}'`],
  ])('is one error although its hash fits: %s', async (_, kind, text) => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        db.exec(`UPDATE event_log SET payload_json = ${text} WHERE seq = 52`);
        rechain(db);
        return { what: text, kinds: [] };
      },
      1,
    );
    expect(told!.findings).toHaveLength(1);
    expect(told!.findings[0]).toMatchObject({ kind, severity: 'error', seq: 52, since: 52 });
  });
});

describe('a tool run', () => {
  it('whose cost was changed in one entry accuses no sound row', async () => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        const seq = db
          .prepare<[], number>(`SELECT min(seq) FROM event_log WHERE event_type = 'tool.exec'`)
          .pluck();
        const first = seq.get()!;
        db.exec(
          `UPDATE event_log SET payload_json = replace(payload_json, '"cost_micro":', '"cost_micro":1') WHERE seq = ${first}`,
        );
        rechain(db);
        return { what: 'cost', kinds: ['amount-differs'], seq: first };
      },
      1,
    );
    expect(told!.findings.map(({ kind, seq }) => [kind, seq])).toEqual([['amount-differs', told!.done.seq]]);
  });
});
