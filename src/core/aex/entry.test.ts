import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRow } from '../../../test/support/aex/any-rows.ts';
import { limits } from '../storage/limits.ts';
import { columnText, bitsOf, readPayload, readPayloadInto, storedEntry } from './entry.ts';
import { emptyFields, scanPayload } from './payload-scan.ts';

const amounts = (type: string, text: string) => {
  const { estimated, cost, remaining, prompt, completion, odd, inexact } = readPayload(type, text);
  return { estimated, cost, remaining, prompt, completion, odd, inexact };
};

const isUnlike = (type: string, text: string): boolean => readPayload(type, text).unlike;

describe('a payload', () => {
  it('says what it was made to say, in any spelling', () => {
    fc.assert(
      fc.property(anyRow, ({ type, payload, meaning }) => {
        const read = readPayload(String(type), columnText(payload));
        for (const [name, field] of [
          ['estimated_micro', 'estimated'],
          ['cost_micro', 'cost'],
          ['remaining_micro', 'remaining'],
          ['prompt_tokens', 'prompt'],
          ['completion_tokens', 'completion'],
          ['status_code', 'status'],
        ] as const) {
          expect(read[field]).toBe(meaning.numbers.get(name) ?? null);
        }
        for (const [name, field] of [
          ['model', 'model'],
          ['reason', 'reason'],
          ['detail', 'detail'],
          ['expiry_at', 'expiry'],
          ['tool_name', 'tool'],
          ['error', 'error'],
          ['from', 'from'],
          ['to', 'to'],
          ['state', 'state'],
        ] as const) {
          expect(read[field]).toBe(meaning.texts.get(name) ?? null);
        }
        expect(read.odd !== null).toBe(meaning.odd);
        expect(read.inexact).toBe(meaning.inexact);
      }),
      { numRuns: 1_500 },
    );
  });

  it('is read the same by the fast reader, the exact one, and the one for many', () => {
    fc.assert(
      fc.property(anyRow, ({ type, payload }) => {
        const text = columnText(payload);
        const { unlike: _, ...exact } = readPayload(String(type), ` ${text}`);
        const { unlike, ...read } = readPayload(String(type), text);
        const { odd, inexact, ...fields } = read;
        expect({ ...fields, odd: odd !== null, inexact }).toEqual({ ...exact, odd: exact.odd !== null });
        const into = emptyFields();
        const kind = { 'budget.reserve': 'reserve', 'usage.commit': 'commit' }[String(type)];
        if (kind === undefined) return;
        const bits = readPayloadInto(kind as 'reserve', text, into);
        expect(into).toEqual(fields);
        expect(bits).toBe(bitsOf({ odd, inexact, unlike }));
      }),
      { numRuns: 500 },
    );
  });

  it('in another spelling than that of AEX, or with another state, is none of AEX', () => {
    expect(isUnlike('execution.dispatched', '{"state":"DISPATCHED"}')).toBe(false);
    expect(isUnlike('execution.dispatched', '{"state": "DISPATCHED"}')).toBe(true);
    expect(isUnlike('execution.dispatched', '{"state":"RESERVED"}')).toBe(true);
    expect(isUnlike('tool.exec', '{"cost_micro":1,"tool_name":"\\u00e9"}')).toBe(false);
    expect(isUnlike('tool.exec', '{"cost_micro":1,"tool_name":"\\u00E9"}')).toBe(true);
    expect(isUnlike('tool.exec', '{"cost_micro":1,"tool_name":"é"}')).toBe(true);
    expect(isUnlike('tool.exec', '{"tool_name":"a","cost_micro":1}')).toBe(true);
    const deny = '"estimated_micro":5,"remaining_micro":-3}';
    expect(isUnlike('budget.deny', `{"detail":"Insufficient budget",${deny}`)).toBe(false);
    expect(isUnlike('budget.deny', `{"detail":"No",${deny}`)).toBe(true);
  });

  it('as AEX writes it takes the fast way', () => {
    for (const text of [
      '{"estimated_micro":2050,"expiry_at":"2026-03-02T09:03:00+00:00"}',
      '{"state":"DISPATCHED"}',
      '{"completion_tokens":7,"cost_micro":78,"estimated_micro":2050,"model":null,"prompt_tokens":11}',
      '{"detail":"Insufficient budget","estimated_micro":5,"remaining_micro":-3}',
      '{}',
    ]) {
      expect(scanPayload(text, emptyFields())).toBeGreaterThanOrEqual(0);
    }
  });

  it.each([
    ['no JSON', '{"estimated_micro":5', 'is no JSON'],
    ['a number with a zero before it', '{"estimated_micro":05,"expiry_at":""}', 'is no JSON'],
    ['a list', '[{"estimated_micro":5}]', 'is no JSON object'],
    ['more after its end', '{"estimated_micro":5,"expiry_at":""} {}', 'is no JSON'],
    ['a missing key', '{"estimated_micro":5}', 'has no expiry_at'],
    [
      'a key twice',
      '{"estimated_micro":5,"estimated_micro":6,"expiry_at":""}',
      'has estimated_micro more than once',
    ],
    ['a text for a number', '{"estimated_micro":"5","expiry_at":""}', 'gives no integer as estimated_micro'],
    ['nothing', '', 'is no JSON'],
  ])('that is %s says so', (_what, text, said) => {
    expect(readPayload('budget.reserve', text).odd).toContain(said);
  });

  it('takes the last of a key that is there twice, and numbers as the original adds them', () => {
    expect(amounts('x', '{"cost_micro":1,"cost_micro":2}').cost).toBe(2);
    expect(amounts('x', '{"cost_micro":" 1_0 "}').cost).toBe(10);
    expect(amounts('x', '{"cost_micro":-2.9}').cost).toBe(-2);
    expect(amounts('x', '{"cost_micro":9007199254740992}')).toMatchObject({ cost: null, inexact: true });
    expect(Object.is(amounts('x', '{"cost_micro":-0}').cost, 0)).toBe(true);
  });

  it('of no end or depth is left alone', () => {
    expect(readPayload('x', 'x'.repeat(limits.ledgerPayloadChars + 1)).odd).toContain('more than are read');
    expect(readPayload('x', `{"model":${'['.repeat(100_000)}`).odd).toContain('is no JSON');
  });
});

describe('a stored entry', () => {
  it('says which columns hold no text', () => {
    const entry = storedEntry([4, Buffer.from('e1'), null, 'x', null, '', 5.5, Buffer.from([0xff])]);
    expect(entry).toMatchObject({
      seq: 4,
      executionId: 'e1',
      agent: null,
      payload: '',
      hash: '5.5',
      ts: '\ufffd',
    });
    expect(entry.odd).toBe(
      'execution_id is a BLOB, payload_json is NULL, event_hash is a number, ts is a BLOB',
    );
    expect(storedEntry([4, null, null, 'x', '{}', '', '', '']).odd).toBeNull();
  });
});
