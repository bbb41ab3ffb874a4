import { expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';

it('a budget with a part of a micro-dollar was not written by AEX', async () => {
  const told = await tamperedGolden(
    'week',
    (db) => {
      db.exec(`UPDATE agents SET budget_micro = budget_micro + 0.5 WHERE name = 'reviewer'`);
      return { what: 'half a micro-dollar more', kinds: [] };
    },
    1,
  );
  expect(told?.findings).toMatchObject([{ kind: 'value-unreadable', agent: 'reviewer', sure: 'proved' }]);
  expect(told?.findings[0]?.found).toMatch(/^the number \d+\.5$/);
});
