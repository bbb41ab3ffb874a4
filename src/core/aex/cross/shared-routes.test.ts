import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { rechain, type Db } from '../../../../test/support/aex/tamper-tools.ts';

const done = (change: (db: Db) => void) =>
  tamperedGolden(
    'week',
    (db) => {
      change(db);
      return { what: '', kinds: [] };
    },
    1,
  );
const CALL = '(SELECT execution_id FROM event_log WHERE seq = 53)';

describe('a route hash that calls of another endpoint or model have', () => {
  it('tells of an endpoint that was changed, with the stored answer', async () => {
    const told = await done((db) =>
      db.exec(`UPDATE executions SET endpoint = '/v1/embeddings' WHERE execution_id = ${CALL}`),
    );
    expect(told?.findings).toHaveLength(1);
    const [one] = told!.findings;
    expect(one).toMatchObject({
      kind: 'execution-differs',
      severity: 'error',
      seq: 53,
      agent: 'coder',
      expected: 'endpoint /v1/chat/completions',
      found: 'endpoint /v1/embeddings',
    });
    expect(one!.because.map(({ where, says }) => [where, says])).toEqual([
      ['the route hash of its execution', 'that of 7 other calls of big to /v1/chat/completions'],
      ['its stored answer', 'is a chat.completion'],
    ]);
  });

  it('is a witness of the model that an entry should name', async () => {
    const told = await done((db) => {
      db.exec(`UPDATE event_log SET payload_json = replace(payload_json, '"big"', '"mini"') WHERE seq = 53`);
      rechain(db);
    });
    expect(told?.findings).toHaveLength(1);
    expect(told!.findings[0]!.kind).toBe('amount-differs');
    expect(told!.findings[0]!.because).toContainEqual(
      expect.objectContaining({
        where: 'the route hash of its execution',
        says: 'that of 7 other calls of big to /v1/chat/completions',
        agrees: true,
      }),
    );
  });

  it('is told where everything else was made to match', async () => {
    const told = await done((db) => {
      db.exec(`UPDATE event_log SET payload_json = replace(payload_json, '"mini"', '"alt"') WHERE seq = 3`);
      db.exec(`UPDATE events SET metadata = 'alt' WHERE action = 'usage.commit' AND id = 1`);
      rechain(db);
    });
    expect(told?.findings).toHaveLength(1);
    const [one] = told!.findings;
    expect(one).toMatchObject({ kind: 'amount-differs', seq: 3, expected: 'model mini', found: 'model alt' });
    expect(one!.because[0]!.where).toBe('the route hash of its execution');
  });
});
