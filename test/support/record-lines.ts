import * as fc from 'fast-check';

/** Lines as logs of agents have them, and as they should not. */

const few = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

export const runIds = ['run-20260601-070003-946606', 'run-2', 'RUN-Ä', 'run-4', 'r"5', ''] as const;
const anyRun = few<unknown>(...runIds, null, 7);

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  few<unknown>(true, false, null, '', 'text', -1, 1.5, 1e300),
);

const timestamps = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 1, max: 14 }),
      fc.integer({ min: 0, max: 25 }),
      fc.integer({ min: 0, max: 61 }),
      few('', '.5', '.123', '.123456', '.1234567', ',25'),
      few('', 'Z', '+00:00', '-05:00', '+05:30', '+0530', '+25:00', '-00:30'),
      few('T', ' ', 't'),
    )
    .map(
      ([day, hour, minute, fraction, zone, t]) =>
        `2026-06-${String(day).padStart(2, '0')}${t}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:07${fraction}${zone}`,
    ),
  few('2026-06-01', '20260601T101112', '2026-W23-1', 'not a date', '2026-02-30T10:00:00Z', ''),
);

const cost = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 2_000_000 }).map((micros) => micros / 1e6) },
  { weight: 1, arbitrary: odd },
);
const tokens = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 9000 }) },
  { weight: 1, arbitrary: odd },
);
const summary = fc.oneof(
  few(
    'Late invoice',
    'draft the ÄNDERUNG',
    'x',
    'İstanbul',
    'Σ ΑΣ',
    'a\u0000b',
    'tab\there',
    '“quoted” "text"',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed()),
);

/** A record with usual and unusual values; keys may be missing. */
export const anyRecord: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    ts: fc.oneof({ weight: 8, arbitrary: timestamps }, { weight: 1, arbitrary: odd }),
    run_id: anyRun,
    parent_run_id: anyRun,
    delegate_run_id: anyRun,
    delegated_agent: few<unknown>('beta', 'alpha', 'nobody', 3),
    primitive: few<unknown>('other', 'tool', 'capture', 'helper', 4),
    trigger: few<unknown>(
      'cron',
      'helper',
      'helper_batch_release',
      'delegate',
      'tool_call',
      'judgment',
      'embed_cost',
      'capture_write_error',
      5,
    ),
    status: few<unknown>('ok', 'error', 'skipped', 'deduped', 'lock_busy', null),
    summary,
    error: fc.oneof(summary, odd),
    model: few<unknown>(
      'claude-opus-4-7',
      'gpt-5-mini',
      'text-embedding-3-small',
      'qwen-local',
      'n/a',
      'Ünknown',
      5,
    ),
    input_tokens: tokens,
    output_tokens: tokens,
    cache_hit_tokens: tokens,
    cache_miss_tokens: tokens,
    latency_ms: tokens,
    cost_usd: cost,
    cost_source: few<unknown>('actor', 'judge', 'audit', 5),
    tool_name: few<unknown>('mail__send', 'Notes', 1),
    mandate_id: few<unknown>('m1', 'm 2', ''),
    conversation_id: few<unknown>('c1', 2),
    workflow_id: few<unknown>('wf', '', null),
    fallback: few<unknown>(true, false, 'true', 1),
    critical: few<unknown>(true, false),
    cost_estimated_via_fallback: few<unknown>(true, false),
    embed_batch_blocked: few<unknown>(true, false),
    provenance_preserved: few<unknown>(true, false, null),
    tool_calls: fc.array(fc.record({ tool_name: fc.string(), error: few(null, 'x') }), { maxLength: 2 }),
    other: odd,
  },
  { requiredKeys: [] },
);

const spaced = (value: unknown): string => JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ');
const asciiOnly = (text: string): string =>
  text.replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The line of a record in one of the forms that writers have: compact, with blanks, ASCII only. */
export const recordLine: fc.Arbitrary<string> = fc
  .tuple(anyRecord, few('compact', 'blanks', 'ascii'))
  .map(([value, form]) => {
    const text = form === 'blanks' ? spaced(value) : JSON.stringify(value);
    return form === 'ascii' ? asciiOnly(text) : text;
  });

/** A line that is broken somewhere, or never was a record. */
export const brokenLine: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .tuple(recordLine, fc.nat(), fc.nat({ max: 255 }), few('cut', 'set', 'insert', 'drop'))
    .map(([line, place, byte, how]) => {
      const bytes = Buffer.from(line);
      const at = bytes.length === 0 ? 0 : place % bytes.length;
      if (how === 'cut') return bytes.subarray(0, at);
      if (how === 'drop') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      const rest = bytes.subarray(how === 'set' ? at + 1 : at);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), rest]);
    }),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  few(
    '["an array"]',
    '12',
    'null',
    '{}',
    ' {"a":1} ',
    '{"a":1}\r',
    '{"cost_usd":NaN}',
    '{"cost_usd":1e999}',
    '{"ts":"2026-06-01","ts":"2026-06-02"}',
    '{"cost_usd":0.1,"cost_usd":"x"}',
    '\ufeff{}',
    '{"\\u0074s":"2026-06-03"}',
    '{"a":01}',
    '{"a":1,}',
    '{"summary":"\\ud800"}',
    '   ',
    '\r',
    '',
  ).map((text) => Buffer.from(text)),
);

/** The bytes of a line without a line break in it. */
export const anyLine: fc.Arbitrary<Buffer> = fc
  .oneof(
    { weight: 5, arbitrary: recordLine.map((line) => Buffer.from(line)) },
    { weight: 2, arbitrary: brokenLine },
  )
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a)));
