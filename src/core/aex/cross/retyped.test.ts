import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { rechain } from '../../../../test/support/aex/tamper-tools.ts';

describe('an entry whose type was changed, with everything behind it hashed anew', () => {
  it.each([
    ['usage.commit', 'reservation.release'],
    ['usage.commit', 'usage.commit '],
    ['budget.reserve', 'budget.deny'],
    ['budget.deny', 'usage.commit'],
    ['execution.dispatched', 'nonsense'],
    ['tool.exec', 'tool.exec.denied'],
    ['agent.state.transition', 'policy.violation'],
  ])('is one finding, and no other record is accused: %s → “%s”', async (from, to) => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        const sql = `SELECT seq FROM event_log WHERE event_type = ? ORDER BY seq LIMIT 1`;
        const seq = db.prepare<[string], number>(sql).pluck().get(from);
        if (seq === undefined) return null;
        db.prepare('UPDATE event_log SET event_type = ? WHERE seq = ?').run(to, seq);
        rechain(db);
        return { what: to, kinds: ['entry-altered'], seq };
      },
      1,
    );
    if (told === null) return;
    expect(told.findings).toHaveLength(1);
    expect(told.findings[0]).toMatchObject({
      kind: 'entry-altered',
      severity: 'error',
      seq: told.done.seq,
      expected: `type ${from}`,
    });
  });
});
