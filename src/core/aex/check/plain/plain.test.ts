import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFacts, KIND, TYPES, writeValues } from '../../cross/facts.ts';
import { fingerprint, fingerprintIn, textMark } from '../../cross/id-table.ts';
import { secondsOf } from '../../cross/times.ts';
import { kindOf, readPayloadInto } from '../../entry.ts';
import { emptyFields } from '../../payload-scan.ts';
import { secondsIn, textMarkIn } from './bytes.ts';
import { emptyPlain, readPlain } from './payload.ts';

const ascii = fc.string({
  unit: fc.integer({ min: 0, max: 0x7f }).map((c) => String.fromCharCode(c)),
  maxLength: 90,
});
/** Behind something else, so that places count. */
const bytesOf = (text: string): Buffer => Buffer.from(`xyz${text}\n`, 'latin1');

describe('what is read from bytes', () => {
  it('has the marks of the same text', () => {
    fc.assert(
      fc.property(ascii, (text) => {
        const bytes = bytesOf(text);
        const [one, other] = [new Int32Array(4), new Int32Array(4)];
        fingerprint(text, one, 0);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        fingerprintIn(view, 3, text.length, other, 0);
        expect(other).toEqual(one);
        expect(textMarkIn(bytes, 3, 3 + text.length)).toBe(textMark(text));
      }),
    );
  });

  it('tells ids apart that differ in one sign', () => {
    const seen = new Set<string>();
    for (let at = 0; at < 64; at++) {
      for (const sign of 'f012') {
        const marks = new Int32Array(4);
        fingerprint(`${'f'.repeat(at)}${sign}${'f'.repeat(63 - at)}`, marks, 0);
        seen.add(marks.join());
      }
    }
    expect(seen.size).toBe(64 * 3 + 1);
  });

  it.each([
    '2026-03-02 09:00:05',
    '2026-02-31T23:59:60',
    '2026-12-31T09:03:00+00:00',
    '2026-03-02T09:00:05+02:00',
    '2026-03-02 24:00:05',
    '2026-13-02 09:00:05',
    '20 6-03-02 09:00:05',
    '2026-03-02x09:00:05',
    '2026/03/02 09:00:05',
    'never',
  ])('is the same time where it is one: %s', (text) => {
    const bytes = bytesOf(text);
    const found = secondsIn(bytes, 3, 3 + text.length);
    if (found !== null || !text.includes('+02')) expect(found).toBe(secondsOf(text));
  });

  const number = fc.oneof(
    fc.integer({ min: -5, max: 3_000_000 }).map(String),
    fc.constantFrom('', '007', '-0', '1.0', '1234567890123456', 'null', '"1"'),
  );
  const text = fc.oneof(
    fc.constantFrom(
      'mini',
      '',
      'a b',
      'Insufficient budget',
      'x\\n',
      'caf\\u00e9',
      '2026-03-02T09:03:00+00:00',
      'a"b',
    ),
    ascii,
  );
  const payload = fc.oneof(
    fc.tuple(number, text).map(([n, t]) => `{"estimated_micro":${n},"expiry_at":"${t}"}`),
    fc.tuple(number, text).map(([n, t]) => `{"estimated_micro":${n},"reason":"${t}"}`),
    fc.tuple(number, text).map(([n, t]) => `{"cost_micro":${n},"tool_name":"${t}"}`),
    fc
      .tuple(text, number, number)
      .map(([t, n, m]) => `{"detail":"${t}","estimated_micro":${n},"remaining_micro":${m}}`),
    fc
      .tuple(
        number,
        number,
        number,
        fc.oneof(
          text.map((t) => `"${t}"`),
          fc.constant('null'),
        ),
        number,
      )
      .map(
        ([a, b, c, m, d]) =>
          `{"completion_tokens":${a},"cost_micro":${b},"estimated_micro":${c},"model":${m},"prompt_tokens":${d}}`,
      ),
    fc.constantFrom('{"state":"DISPATCHED"}', '{}', '{"state":"DISPATCHED"}x', ''),
  );

  it('says what the reader of payloads says, or nothing', () => {
    const kinds = ['reserve', 'dispatch', 'commit', 'release', 'deny', 'tool', 'lifecycle'] as const;
    fc.assert(
      fc.property(payload, fc.constantFrom(...kinds), (said, kind) => {
        const bytes = bytesOf(said);
        const plain = emptyPlain();
        if (!readPlain(bytes, 3, KIND[kind], plain) || plain.end !== 3 + said.length) return;
        const fields = emptyFields();
        expect(readPayloadInto(kindOf(TYPES[KIND[kind]]!), said, fields)).toBe(0);
        const facts = emptyFacts(1, 1);
        writeValues(facts, 0, KIND[kind], '', fields, 0);
        expect([plain.estimated, plain.amount]).toEqual([facts.estimated[0], facts.amount[0]]);
        const its = said.slice(plain.textFrom - 3, plain.textTo - 3);
        if (kind === 'commit') {
          expect([plain.prompt, plain.completion]).toEqual([facts.prompt[0], facts.completion[0]]);
          expect(its).toBe(fields.model ?? '');
        } else if (kind === 'reserve') expect(its).toBe(fields.expiry);
        else expect(its === '' ? 0 : textMark(its)).toBe(facts.side[0]);
      }),
      { numRuns: 2_000 },
    );
  });
});
