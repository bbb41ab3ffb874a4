import { expect, it } from 'vitest';
import { LEDGER_FINDING_KINDS } from '../../../../contract/ledger-report.ts';
import { nextStep } from './next.ts';

it('says of every error what can be done, and of a notice only where something can', () => {
  for (const kind of LEDGER_FINDING_KINDS) {
    const said = nextStep({ kind, severity: 'error', agent: 'solo', since: 1200 });
    expect(said, kind).toMatch(/^[A-Z].*\.$/);
  }
  expect(nextStep({ kind: 'spent-differs', severity: 'error', agent: 'solo', since: 1200 })).toMatch(
    /the balance of solo from entry 1,200 on\.$/,
  );
  expect(nextStep({ kind: 'chain-broken', severity: 'error', agent: null, since: null })).toMatch(
    /the balance of any agent\.$/,
  );
  expect(nextStep({ kind: 'more', severity: 'notice', agent: null, since: null })).toBeNull();
  expect(nextStep({ kind: 'reservation-expired', severity: 'notice', agent: 'solo', since: null })).toContain(
    'Restart the daemon',
  );
});
