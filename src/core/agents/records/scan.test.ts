import { isUtf8 } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLine, recordLine } from '../../../../test/support/record-lines.ts';
import { daysFromText } from '../../records/time.ts';
import { NAMED, SPARSE, emptyDraft, newPools, type Draft, type Pools } from './columns.ts';
import { draftOf } from './record-draft.ts';
import { scanRecord } from './scan.ts';

const fileDay = daysFromText('2026-06-01');

/** A draft with texts instead of their numbers. */
function told(draft: Draft, pools: Pools): Record<string, unknown> {
  const out: Record<string, unknown> = { ...draft };
  for (const name of NAMED) out[name] = pools[name].names[draft[name]];
  for (const name of SPARSE)
    out[name] = (name === 'parent' || name === 'delegate' ? pools.runs : pools.texts).text(draft[name]);
  out['run'] = pools.runs.text(draft.run);
  return out;
}

function quick(line: Buffer): Record<string, unknown> | null {
  const pools = newPools();
  const draft = emptyDraft();
  const bytes = Buffer.concat([Buffer.from('xx'), line, Buffer.from('\n{"never":"read"')]);
  const end = scanRecord(bytes, 2, bytes.length, fileDay, pools, draft);
  if (end === -1) return null;
  expect(end).toBe(2 + line.length + 1);
  return told(draft, pools);
}

function slow(line: Buffer): Record<string, unknown> | null {
  const pools = newPools();
  const draft = emptyDraft();
  if (!isUtf8(line)) return null;
  let value: unknown;
  try {
    value = JSON.parse(line.toString('utf8'));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  draftOf(value as Record<string, unknown>, fileDay, pools, draft);
  return told(draft, pools);
}

describe('the quick way of reading a line', () => {
  it('gives what JSON.parse gives, or leaves the line to it', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const found = quick(line);
        if (found !== null) expect(found).toEqual(slow(line));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes nearly all lines that are records', () => {
    const lines = fc.sample(recordLine, 500);
    const taken = lines.filter((line) => quick(Buffer.from(line)) !== null);
    expect(taken.length).toBe(lines.length);
  });

  it('reads numbers of any length as JSON.parse does', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
          fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,12})?([eE][+-]?\d{1,3})?$/),
        ),
        (text) => {
          const line = Buffer.from(`{"cost_usd": ${text}, "input_tokens": ${text}, "latency_ms": ${text}}`);
          expect(quick(line)).toEqual(slow(line));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['{"ts":"a","ts":"b"}', '{"\\u0074s":"2026-06-01"}', '[1]', '{"a":1}x', '{"a":tru}'])(
    'leaves %s alone',
    (line) => {
      expect(quick(Buffer.from(line))).toBeNull();
    },
  );
});
