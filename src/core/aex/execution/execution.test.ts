import { afterAll, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import { readModels } from '../config/models.ts';
import type { LedgerPaths } from '../paths.ts';
import { formMasker } from '../secrets.ts';
import { lookAtLedger } from '../store.ts';
import { readCall } from './call.ts';
import { tellExecution, type ToldExecution } from './detail.ts';

const drops: (() => void)[] = [];
afterAll(() => {
  for (const drop of drops) drop();
});

function take(name: string): LedgerPaths {
  const { paths, drop } = copyGoldenLedger(name);
  drops.push(drop);
  return paths;
}

function all(paths: LedgerPaths, nowMicros = Date.now() * 1000): readonly ToldExecution[] {
  const parts = { models: readModels(paths), masker: formMasker, nowMicros };
  return value(
    lookAtLedger(paths, (look) =>
      look.db
        .prepare<[], string>('SELECT execution_id FROM executions ORDER BY rowid')
        .pluck()
        .all()
        .map((id) => tellExecution(look, readCall(look, id)!, parts)),
    ),
  );
}

const states = ({ steps }: ToldExecution): string => steps.map(({ state }) => state).join(' ');

describe('executions of the goldens', () => {
  it('end in the state that their row has, by their entries', () => {
    for (const name of ['small', 'week', 'protocol', 'crashed-after']) {
      for (const told of all(take(name))) {
        const ends = told.steps.findLast(({ state }) => state !== 'TOOL' && state !== 'EXPIRED')!;
        expect(ends.state).toBe(told.row!.state);
        expect(ends.text).not.toContain('no entry of the log');
      }
    }
  });

  it('tell how a call went, what it cost, and what a repeat gets', () => {
    const [settled, overrun, failed, denied, stream] = all(take('small'));
    expect(states(settled!)).toBe('RESERVING RESERVED DISPATCHED COMMITTED');
    expect(states(failed!)).toBe('RESERVING RESERVED DISPATCHED RELEASED');
    expect(states(denied!)).toBe('RESERVING DENIED');
    expect(settled!.arithmetic.map(({ label, micro }) => [label, micro])).toEqual([
      ['Reserved', 170],
      ['Input', 20],
      ['Output', 40],
      ['By today’s price list', 60],
      ['Charged', 60],
      ['Given back', 110],
    ]);
    expect(overrun!.arithmetic.at(-1)).toMatchObject({ label: 'More than reserved', micro: 1514 });
    expect(denied!.arithmetic.at(-1)).toMatchObject({ label: 'Short by', micro: 102_475 - 8_280 });
    expect(settled!.repeats).toContain('with HTTP 200');
    expect(denied!.repeats).toContain('with HTTP 402, for ever');
    expect(settled!.identity).toContain('hash of the request itself');
    expect(settled!.policy).toBe('Allowed, and no policy plugin had a say.');
    expect(settled!.route).toEqual({
      model: 'mini',
      provider: 'local',
      providerModel: 'vendor-mini-001',
      baseUrl: 'http://127.0.0.1:9922/v1',
    });
    expect(denied!.route?.model).toBe('big');
    expect(stream!.response?.text).toBe(
      '{"stream": true, "usage": {"prompt_tokens": 4, "completion_tokens": 3}}',
    );
  });

  it('tell tools, keys and chosen ids apart', () => {
    const told = all(take('protocol'));
    const tools = told.filter(({ tool }) => tool !== null);
    expect(tools.length).toBeGreaterThan(3);
    for (const { tool, route, policy, steps } of tools) {
      expect([tool, route]).toEqual(['adder', null]);
      expect(policy).toContain('fixed hash of runs of this tool');
      expect(steps.some(({ state }) => state === 'TOOL')).toBe(true);
    }
    const keyed = told.filter(
      ({ row, executionId, tool }) => tool === null && row!.requestHash !== executionId,
    );
    expect(keyed.length).toBeGreaterThan(0);
    for (const { identity } of keyed) expect(identity).toContain('Idempotency-Key');
    const routed = told.filter(({ tool }) => tool === null);
    expect(routed.every(({ route }) => route !== null)).toBe(true);
  });

  it('of a daemon that was killed are open, and past their expiry wait for a start', () => {
    const paths = take('crashed-before');
    const then = Date.parse('2026-04-10T10:00:00Z');
    const waiting = all(paths).filter(({ reservation }) => reservation?.state === 'RESERVED');
    expect(waiting.length).toBeGreaterThan(0);
    for (const told of waiting) expect(told.steps.at(-1)!.state).toBe('EXPIRED');
    const open = all(paths, (then - 86_400_000) * 1000).filter(
      ({ reservation }) => reservation?.state === 'RESERVED',
    );
    for (const told of open) expect(told.steps.at(-1)!.state).toBe('OPEN');
    for (const told of open) expect(told.repeats).toContain('409');
  });
});
