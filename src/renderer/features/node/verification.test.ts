import { describe, expect, test } from 'vitest';
import type { HashCheck, NodeDetail } from '../../../contract/vek.ts';
import { verificationOf } from './verification.ts';

const match: HashCheck = { state: 'match', hash: 'a'.repeat(64) };
const detail = (checks: Partial<NodeDetail['checks']>): NodeDetail =>
  ({
    checks: { atMicros: 1_795_185_668_000_000, node: match, input: match, output: match, ...checks },
  }) as NodeDetail;

describe('the verification of a call', () => {
  test('says when three hashes were recomputed', () => {
    expect(verificationOf(detail({}), false, 'utc')).toEqual({
      tone: 'ok',
      text: '3 hashes recomputed, 14:41:08',
      findings: [],
    });
  });

  test('is never ok once the store has changed', () => {
    expect(verificationOf(detail({}), true, 'utc').tone).toBe('neutral');
  });

  test('names what was altered, with the recomputed hash', () => {
    const input: HashCheck = { state: 'mismatch', hash: 'a', computed: '1234567890' };
    const result = verificationOf(detail({ input }), true, 'utc');
    expect(result.tone).toBe('bad');
    expect(result.text).toBe('input altered, 14:41:08');
    expect(result.findings).toEqual(['The input was altered: its recomputed hash is 12345678.']);
  });

  test('counts several findings', () => {
    const result = verificationOf(
      detail({
        input: { state: 'missing', hash: 'a' },
        output: { state: 'unreadable', hash: 'b', reason: 'stored as REAL' },
      }),
      false,
      'utc',
    );
    expect(result.text).toBe('2 of 3 do not hold, 14:41:08');
    expect(result.findings).toHaveLength(2);
  });
});
