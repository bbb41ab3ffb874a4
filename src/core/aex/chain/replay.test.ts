import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainDatabase, chained, type AgentRow } from '../../../../test/support/aex/chain-database.ts';
import { kindOf, readPayloadInto } from '../entry.ts';
import { emptyFields } from '../payload-scan.ts';
import { lookAtLedger } from '../store.ts';
import { createReplay } from './replay.ts';
import type { ReplayVerdict } from './verdict.ts';

type Event = { readonly agent: string | null; readonly type: string; readonly payload: string };

function replayed(events: readonly Event[], agents: readonly AgentRow[]): ReplayVerdict {
  const rows = chained(
    events.map(({ agent, type, payload }, i) => ({
      seq: i + 1,
      agent,
      event_type: type,
      execution_id: null,
      payload_json: payload,
    })),
  );
  const made = chainDatabase(rows, agents);
  try {
    const looked = lookAtLedger(made.paths, (look) => {
      const replay = createReplay();
      const fields = emptyFields();
      for (const entry of look.entries(0, 1_000)) {
        replay.entry(entry, fields, readPayloadInto(kindOf(entry.type), entry.payload, fields));
      }
      return replay.verdict(look);
    });
    if (!looked.ok) throw new Error(looked.error.message);
    return looked.value;
  } finally {
    made.drop();
  }
}

const paying = (value: string): Event => ({
  agent: 'a',
  type: 'usage.commit',
  payload: `{"cost_micro":${value},"estimated_micro":0}`,
});

const amount = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: 0n, max: 5_000n }) },
  fc.bigInt({ min: -5_000n, max: 5_000n }),
  fc.bigInt({ min: 2n ** 52n, max: 2n ** 62n }),
);
const event = fc.record({
  agent: fc.constantFrom('ann', 'bob', 'gone', '__proto__'),
  type: fc.constantFrom('budget.reserve', 'usage.commit', 'reservation.release', 'tool.exec', 'other'),
  estimated: amount,
  cost: amount,
});

/** The original's replay with integers of any size, without any of the product's code. */
function reference(events: readonly { agent: string; type: string; estimated: bigint; cost: bigint }[]) {
  const all = new Map<string, { spent: bigint; reserved: bigint }>();
  for (const { agent, type, estimated, cost } of events) {
    const state = all.get(agent) ?? { spent: 0n, reserved: 0n };
    all.set(agent, state);
    const freed = estimated > 0n ? state.reserved - estimated : state.reserved;
    const down = freed > 0n || estimated <= 0n ? freed : 0n;
    if (type === 'budget.reserve') state.reserved += estimated;
    if (type === 'usage.commit') state.spent += cost;
    if (type === 'usage.commit' || type === 'reservation.release') state.reserved = down;
  }
  return all;
}

describe('the replay of balances', () => {
  it('adds up exactly, whatever the size', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const texts = events.map(({ agent, type, estimated, cost }) => ({
          agent,
          type,
          payload: `{"cost_micro":${cost},"estimated_micro":${estimated}}`,
        }));
        const verdict = replayed(texts, [{ name: 'ann', spent: 0, reserved: 0 }]);
        const wanted = reference(events);
        expect([...verdict.agents.keys()].toSorted()).toEqual([...wanted.keys()].toSorted());
        for (const [name, { spent, reserved }] of wanted) {
          const state = verdict.agents.get(name);
          expect(BigInt(state?.spentMicro ?? -1)).toBe(spent);
          expect(BigInt(state?.reservedMicro ?? -1)).toBe(reserved);
        }
        const ann = wanted.get('ann') ?? { spent: 0n, reserved: 0n };
        const parts = [
          ann.spent === 0n ? [] : [`ann: spent replay=${ann.spent} live=0`],
          ann.reserved === 0n ? [] : [`ann: reserved replay=${ann.reserved} live=0`],
        ].flat();
        expect(verdict.ok).toBe(parts.length === 0);
        expect(verdict.detail).toBe(parts.join('; ') || 'ledger replay matches spent counters');
      }),
      { numRuns: 60 },
    );
  });

  it('takes amounts as Python’s int() does', () => {
    const values = ['"12"', '1.9', 'true', '" 1_0 "', '-3'];
    expect(replayed(values.map(paying), []).agents.get('a')?.spentMicro).toBe(12 + 1 + 1 + 10 - 3);
    expect(replayed([{ agent: 'a', type: 'usage.commit', payload: '{}' }], []).ok).toBe(true);
    for (const value of ['null', '"x"', '[]', 'NaN', '1e400']) {
      const verdict = replayed([paying('1'), paying(value)], []);
      expect(verdict).toMatchObject({
        ok: false,
        detail: 'payload is not readable at seq=2',
        unreadable: [2],
      });
    }
    expect(replayed([{ agent: 'a', type: 'other', payload: '{' }], []).ok).toBe(false);
    expect(replayed([{ agent: 'a', type: 'other', payload: '[]' }], []).ok).toBe(true);
    expect(replayed([{ agent: null, type: 'usage.commit', payload: '{' }], []).ok).toBe(true);
  });

  it('names at most ten mismatches, in the order of the agents’ rows', () => {
    const agents = Array.from({ length: 8 }, (_, i) => ({ name: `n${9 - i}`, spent: 1, reserved: 2 }));
    const verdict = replayed([], agents);
    expect(verdict.mismatches).toHaveLength(16);
    const texts = verdict.detail.split('; ');
    expect(texts).toHaveLength(10);
    expect(texts.slice(0, 3)).toEqual([
      'n9: spent replay=0 live=1',
      'n9: reserved replay=0 live=2',
      'n8: spent replay=0 live=1',
    ]);
  });

  it('ignores agents that are gone, and reads counters of any size and kind', () => {
    const paid = { agent: 'gone', type: 'usage.commit', payload: '{"cost_micro":5,"estimated_micro":0}' };
    expect(replayed([paid], []).ok).toBe(true);
    const live = (spent: unknown) => replayed([], [{ name: 'x', spent, reserved: 0 }]).detail;
    expect(live(2n ** 60n)).toBe('x: spent replay=0 live=1152921504606846976');
    expect(live(1.5)).toBe('x: spent replay=0 live=1');
    expect(live('much')).toBe('agent x has a counter that is no integer');
    expect(live(null)).toBe('agent x has a counter that is no integer');
  });
});
