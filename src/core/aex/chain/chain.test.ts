import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chainDatabase,
  chained,
  type LogContent,
  type LogRow,
} from '../../../../test/support/aex/chain-database.ts';
import { hashOf } from '../../../../test/support/aex/ledger-maker.ts';
import { brokenEntries, noteBroken } from '../check/breaks.ts';
import { spanReader } from '../check/read-span.ts';
import { makeShared } from '../check/shared.ts';
import { rowsAtMost, spanOf, takeSpan } from '../check/spans.ts';
import { emptySpan } from '../cross/entry-span.ts';
import { wordList } from '../cross/word-list.ts';
import { lookAtLedger, type LedgerLook } from '../store.ts';
import { chainVerdict } from './detail.ts';
import { LINK_COLUMNS, type LinkRow } from './links.ts';
import type { ChainVerdict } from './verdict.ts';
import { createWalk } from './walk.ts';

function inLook<T>(rows: readonly LogRow[], read: (look: LedgerLook) => T): T {
  const made = chainDatabase(rows);
  try {
    const looked = lookAtLedger(made.paths, read);
    if (!looked.ok) throw new Error(looked.error.message);
    return looked.value;
  } finally {
    made.drop();
  }
}

function walked(look: LedgerLook): ChainVerdict {
  const partitioned = look.has('event_log', 'chain_partition');
  const columns = partitioned ? [...LINK_COLUMNS, 'chain_partition'] : LINK_COLUMNS;
  const walk = createWalk(look);
  const rows = look.db.prepare<[], readonly unknown[]>(`${look.select('event_log', columns)} ORDER BY seq`);
  for (const row of rows.raw().iterate()) {
    walk.row(row as unknown as LinkRow, partitioned ? String(row[6]) : null);
  }
  return walk.verdict();
}

/** As several threads do it, one span after the other. */
function spanned(look: LedgerLook, ends: readonly [number, number]): ChainVerdict {
  const shared = makeShared();
  shared.ends.set(ends);
  const read = spanReader(look, wordList());
  let rows = 0;
  for (let index = takeSpan(shared); index !== null; index = takeSpan(shared)) {
    const numbers = spanOf(shared, index);
    if (numbers === null) continue;
    const span = emptySpan(rowsAtMost(look, shared));
    read(span, numbers, (seq) => noteBroken(shared, seq));
    rows += span.count;
  }
  const breaks = brokenEntries(look, shared);
  if (breaks === null) throw new Error('A broken entry was found sound.');
  const last = look.lastEntry();
  return chainVerdict(rows, breaks, 0, last === null ? null : { seq: last.seq, hash: last.hash });
}

/** The original's walk, word for word (formats/aex.md §4). */
function reference(rows: readonly LogRow[]): Pick<ChainVerdict, 'ok' | 'detail' | 'seq'> {
  let prev = 'GENESIS';
  for (const row of rows) {
    const content = [row.event_type, row.execution_id ?? '', row.payload_json].map(String);
    if (row.prev_hash !== prev)
      return { ok: false, detail: `prev_hash mismatch at seq=${row.seq}`, seq: row.seq };
    if (row.event_hash !== hashOf(prev, ...content)) {
      return { ok: false, detail: `event_hash mismatch at seq=${row.seq}`, seq: row.seq };
    }
    prev = String(row.event_hash);
  }
  return { ok: true, detail: `hash chain verified for ${rows.length} events`, seq: null };
}

const text = fc.oneof(
  fc.constantFrom('usage.commit', '{"state":"DISPATCHED"}', '', 'a\nb', '\u0000', '\ufffd', 'é😀'),
  // SQLite holds no lone surrogates.
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const contents = fc
  .array(
    fc.record({
      step: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 5_000 })),
      event_type: text,
      execution_id: fc.option(text),
      payload_json: text,
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows): LogContent[] => {
    let seq = 0;
    return rows.map(({ step, ...row }) => ({ ...row, agent: 'a', seq: (seq += step) }));
  });

const HASHED = ['event_type', 'execution_id', 'payload_json', 'prev_hash', 'event_hash'] as const;
type Change = {
  readonly row: number;
  readonly column: (typeof HASHED)[number];
  readonly place: number;
  readonly by: string;
};
const change: fc.Arbitrary<Change> = fc.record({
  row: fc.nat(),
  column: fc.constantFrom(...HASHED),
  place: fc.nat(),
  by: fc.constantFrom('x', '0', '\n', ' ', '\ufffd', ''),
});

/** One place of one text replaced; '' takes a character away. */
function changed(rows: readonly LogRow[], { row, column, place, by }: Change): LogRow[] {
  const at = row % rows.length;
  return rows.map((one, i) => {
    if (i !== at) return one;
    const units = [...String(one[column] ?? '')];
    units.splice(place % (units.length + 1), 1, by);
    return { ...one, [column]: units.join('') };
  });
}

describe('the chain', () => {
  it('is what the original says of it, walked and in spans, whatever was changed', () => {
    fc.assert(
      fc.property(contents, fc.array(change, { maxLength: 4 }), (content, changes) => {
        const rows = changes.reduce(changed, chained(content));
        const ends = [rows[0]?.seq ?? 0, rows.at(-1)?.seq ?? 0] as const;
        inLook(rows, (look) => {
          const verdict = walked(look);
          expect(verdict).toMatchObject(reference(rows));
          expect(spanned(look, ends)).toEqual(verdict);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('shows every change of a hashed text at its entry or the one after it', () => {
    fc.assert(
      fc.property(contents, change, (content, one) => {
        const sound = chained(content);
        const rows = changed(sound, one);
        const at = one.row % rows.length;
        const seq = rows[at]?.seq;
        fc.pre(rows[at]?.[one.column] !== (sound[at]?.[one.column] ?? ''));
        inLook(rows, (look) => {
          const verdict = walked(look);
          expect(verdict.ok).toBe(false);
          expect(verdict.seq).toBe(seq);
          const first = verdict.breaks[0];
          expect(first?.linked).toBe(one.column !== 'prev_hash');
          expect(first?.fits).toBe(false);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('misses nothing at the borders of spans, also where entries are gone', () => {
    const content = Array.from({ length: 300 }, (_, i): LogContent => ({
      seq: i + 1,
      agent: 'a',
      event_type: 't',
      execution_id: null,
      payload_json: `{"i":${i}}`,
    }));
    const rows = chained(content);
    for (const gone of [1, 2, 3, 4, 5, 150, 298, 299]) {
      const left = rows.filter(({ seq }) => seq !== gone);
      inLook(left, (look) => {
        const verdict = walked(look);
        expect(verdict.seq).toBe(gone + 1);
        expect(spanned(look, [left[0]?.seq ?? 0, 300])).toEqual(verdict);
      });
    }
  });

  it('takes no text that only reads the same: bytes that are no UTF-8, a BLOB, NULL', () => {
    const [row] = chained([
      { seq: 1, agent: 'a', event_type: 't', execution_id: 'e\ufffd', payload_json: '{}' },
    ]) as [LogRow];
    const spoiled: readonly Partial<LogRow>[] = [
      { payload_json: Buffer.from('{}') },
      { payload_json: null },
      { event_hash: null },
      { prev_hash: Buffer.from('GENESIS') },
    ];
    for (const part of spoiled) {
      inLook([{ ...row, ...part }], (look) => {
        expect(walked(look).seq).toBe(1);
        expect(spanned(look, [1, 1])).toEqual(walked(look));
      });
    }
    expect(inLook([row], walked).ok).toBe(true);
  });

  it('is one for each partition of a later AEX', () => {
    const rows = chained(
      ['x', 'y', 'x', 'y', 'x'].map((partition, i) => ({
        seq: i + 1,
        agent: 'a',
        event_type: 't',
        execution_id: null,
        payload_json: `{"i":${i}}`,
        chain_partition: `tenant:${partition}`,
      })),
    );
    expect(inLook(rows, walked)).toMatchObject({ ok: true, detail: 'hash chain verified for 5 events' });
    const altered = rows.with(3, { ...(rows[3] as LogRow), payload_json: '{}' });
    expect(inLook(altered, walked).detail).toBe('event_hash mismatch at partition=tenant:y seq=4');
    const moved = rows.with(2, { ...(rows[2] as LogRow), chain_partition: 'tenant:y' });
    expect(inLook(moved, walked).detail).toBe('prev_hash mismatch at partition=tenant:y seq=3');
  });
});
