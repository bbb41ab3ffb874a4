import { afterEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { checkLedger } from '../check/check.ts';

const dropped: (() => void)[] = [];
afterEach(() => {
  for (const drop of dropped.splice(0)) drop();
});

const nowMicros = Date.UTC(2026, 5, 1) * 1_000;

async function findingsOf(name: string): Promise<readonly LedgerFinding[]> {
  const { paths, drop } = copyGoldenLedger(name);
  dropped.push(drop);
  const checked = await checkLedger(paths, { dataDir: null, nowMicros });
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value.findings;
}

const serious = (findings: readonly LedgerFinding[]): LedgerFinding[] =>
  findings.filter(({ severity }) => severity !== 'notice');

describe('healthy ledgers', () => {
  it.each([
    'small',
    'protocol',
    'week',
    'week-large',
    'crashed-before',
    'crashed-restart-early',
    'crashed-after',
  ])('%s has nothing but notices', async (name) => {
    expect(serious(await findingsOf(name))).toEqual([]);
  });

  it('tells an open reservation, a recovery and a half-made execution apart', async () => {
    const before = (await findingsOf('crashed-before')).map(({ kind, seq }) => [kind, seq]);
    expect(before).toContainEqual(['reservation-expired', 7]);
    expect(before).toContainEqual(['execution-interrupted', null]);
    const after = (await findingsOf('crashed-after')).map(({ kind, seq }) => [kind, seq]);
    expect(after).toEqual([14, 15, 16].map((seq) => ['execution-interrupted', seq]));
  });

  it('explains the deletion of an agent by one warning', async () => {
    const [one, ...others] = serious(await findingsOf('deleted-agent'));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ kind: 'agent-deleted', severity: 'warning', seq: 37, agent: 'poor-p' });
  });
});

describe('one story, one finding', () => {
  it.each([
    ['tampered-agent-column', 'agent-differs', 6],
    ['tampered-balance-reserved', 'reserved-differs', null],
    ['tampered-balance-spent', 'spent-differs', null],
    ['tampered-budget', 'budget-differs', null],
    ['tampered-delete-first', 'entry-missing', 1],
    ['tampered-delete-middle', 'entry-missing', 7],
    ['tampered-delete-tail', 'tail-missing', 10],
    ['tampered-execution', 'execution-differs', 6],
    ['tampered-payload', 'entry-altered', 6],
    ['tampered-payload-one-rehash', 'entry-replaced', 6],
    ['tampered-reorder', 'entries-reordered', 7],
    ['tampered-reservation', 'reservation-differs', 4],
    ['tampered-rewritten', 'amount-differs', 6],
    ['tampered-timestamp', 'time-differs', 6],
    ['tampered-type', 'entry-altered', 6],
    ['tampered-whitespace', 'entry-respelled', 6],
  ])('%s is %s at entry %s', async (name, kind, seq) => {
    const findings = serious(await findingsOf(name));
    expect(findings.map((one) => [one.kind, one.seq])).toEqual([[kind, seq]]);
    expect(findings[0]!.severity).toBe('error');
    expect(findings[0]!.because.length).toBeGreaterThan(0);
    // a counter is heard once
    const counters = findings[0]!.because.flatMap(({ witness, where }) =>
      witness === 'counter' ? [where] : [],
    );
    expect(counters).toEqual([...new Set(counters)]);
  });

  it('the counter that was rewritten with an entry is named, once', async () => {
    const [rewritten] = serious(await findingsOf('tampered-rewritten'));
    const counters = rewritten!.because.filter(({ where }) => where.includes('spent counter'));
    expect(counters.map(({ where }) => where)).toEqual(['the spent counter of solo']);
  });

  it('proves what stood there', async () => {
    const [payload] = serious(await findingsOf('tampered-payload'));
    expect(payload).toMatchObject({ sure: 'proved', expected: 'cost_micro 1660', found: 'cost_micro 830' });
    const [type] = serious(await findingsOf('tampered-type'));
    expect(type).toMatchObject({ sure: 'proved', expected: 'type usage.commit', found: 'type usage.note' });
    const [budget] = serious(await findingsOf('tampered-budget'));
    expect(budget).toMatchObject({ sure: 'proved', expected: '$0.010000', found: '$0.100000' });
  });
});
