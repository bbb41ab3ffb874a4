import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECORD_SORTS } from '../../../contract/records.ts';
import { anyLine } from '../../../../test/support/record-lines.ts';
import { recordScene, type RecordScene } from '../../../../test/support/record-scene.ts';
import { slowMatch, slowRecords, slowSort } from '../../../../test/support/slow-records.ts';
import { IS, NAME_KEYS, parseQuery, term } from '../../records/query.ts';
import { facets } from './facets.ts';
import { matchRecords } from './match.ts';
import type { RecordStore } from './open.ts';
import { locateRecord, recordWindow } from './window.ts';

const logs = ['log/2026-05/2026-05-31.jsonl', 'log/2026-06/2026-06-01.jsonl', 'log/2026-06/notes.jsonl'];

const values = [
  '',
  'cron',
  'helper',
  'delegate',
  'gpt-5-mini',
  'Ünknown',
  'n/a',
  'openai',
  'other',
  'actor',
  'judge',
  'ok',
  'error',
  'alpha',
  'run-2',
  'RUN-Ä',
  'r"5',
  'm 2',
  'c1',
  'wf',
  'mail__send',
  'none such',
];
const queryTerm = fc.oneof(
  fc.tuple(fc.constantFrom(...NAME_KEYS), fc.constantFrom(...values)).map(([key, value]) => term(key, value)),
  fc.array(fc.constantFrom(...IS), { minLength: 1, maxLength: 3 }).map((any) => `is:${any.join(',')}`),
  fc.constantFrom(
    'day:2026-06-01',
    'day:..2026-06-05',
    'day:2026-06-02..2026-06-07,2026-06-09',
    'file:2026-06-01',
    'file:2026-05-31..',
    'month:2026-06',
    'month:2026-05,2026-07',
    'hour:7',
    'hour:>=12',
    'hour:0..3',
    'at:2026-06-02T00:00:00Z..2026-06-05T12:00:00Z',
    'cost:>0.5',
    'cost:0',
    'cost:""',
    'cost:..1,"" ',
    'tokens:>1000',
    'tokens:0..10',
    'latency:<500',
    'latency:""',
  ),
  fc
    .constantFrom(
      'INVOICE',
      'änderung',
      'run-2',
      'σ',
      'i',
      '"te"',
      'mail',
      'e',
      '"quoted” "',
      'notes',
      '__',
      'ä',
    )
    .map((text) => (text.includes('"') ? `"${text.replaceAll('"', '\\"')}"` : text)),
);
const anyQuery = fc
  .array(fc.tuple(queryTerm, fc.boolean()), { maxLength: 3 })
  .map((terms) => terms.map(([text, negated]) => (negated ? `-${text}` : text)).join(' '));

const seed = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
let written = 0;

describe(`records of a query (logs of seed ${seed})`, () => {
  const scenes: RecordScene[] = [];
  const stores: RecordStore[] = [];
  beforeAll(async () => {
    for (let i = 0; i < 6; i++) {
      const scene = recordScene();
      for (const agent of ['alpha', 'beta'])
        for (const log of logs)
          scene.write(
            agent,
            log,
            Buffer.concat(
              fc
                .sample(anyLine, { numRuns: 40, seed: seed + written++ })
                .flatMap((line) => [line, Buffer.from('\n')]),
            ),
          );
      scenes.push(scene);
      stores.push(await scene.open());
    }
  });
  afterAll(() => scenes.forEach((scene) => scene.remove()));
  const anyStore = fc.nat().map((n) => n % 6);

  it('are those of a slow filter over parsed lines, with their sum', () => {
    fc.assert(
      fc.property(anyStore, anyQuery, (at, query) => {
        const slow = slowMatch(slowRecords(scenes[at]!.root), parseQuery(query).filter);
        const { sum, total } = matchRecords(stores[at]!.tables(), query);
        expect(total).toBe(slow.records.length);
        expect(sum).toEqual(slow.sum);
      }),
      { numRuns: 400 },
    );
  });

  it('come in windows of an order', () => {
    fc.assert(
      fc.property(
        anyStore,
        anyQuery,
        fc.constantFrom(...RECORD_SORTS),
        fc.nat({ max: 60 }),
        (at, query, sort, start) => {
          const slow = slowMatch(slowRecords(scenes[at]!.root), parseQuery(query).filter);
          const ids = slowSort(slow.records, sort).map(({ id }) => id);
          const window = recordWindow(stores[at]!, query, sort, start, 20);
          expect(window.rows.map(({ id }) => id)).toEqual(ids.slice(start, start + 20));
          for (const [i, { id }] of window.rows.entries())
            expect(locateRecord(stores[at]!, query, sort, id)).toBe(start + i);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('are spread over the values of a key, each with its own query', () => {
    const keys = [
      'agent',
      'model',
      'provider',
      'trigger',
      'primitive',
      'status',
      'source',
      'day',
      'month',
      'hour',
      'tool',
    ] as const;
    fc.assert(
      fc.property(anyStore, anyQuery, fc.constantFrom(...keys), (at, query, key) => {
        const tables = stores[at]!.tables();
        for (const facet of facets(tables, query, key)) {
          const { lines, inputTokens, outputTokens, costMicros } = facet;
          expect(matchRecords(tables, facet.query).sum).toEqual({
            lines,
            inputTokens,
            outputTokens,
            costMicros,
          });
        }
      }),
      { numRuns: 120 },
    );
  });
});
