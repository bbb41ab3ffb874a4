import { rmSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeHistory, type HistoryCall } from '../../../../test/support/history.ts';
import { plainModel, plainText, type PlainCall } from '../../../../test/support/merge-reference.ts';
import { analysisOf, openPaths, textOf } from '../../../../test/support/merging.ts';
import { mergeJson } from '../../merge/merge.ts';
import { blobHash } from '../hash.ts';
import type { Version } from './analysis.ts';

const seed = Number(process.env.VEKSCOPE_SEED ?? Date.now() % 1_000_000_000);

const fields = ['a', 'b', 'c'];
const outputs = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 })
  .map((values) => `{${fields.map((name, i) => `"${name}":${values[i]}`).join(',')}}`);

/** Histories of a few documents that several branches share; merges of any two calls, some of which settle documents. */
const histories = fc
  .array(
    fc.record({
      parent: fc.nat(),
      back: fc.integer({ min: 1, max: 5 }),
      merges: fc.integer({ min: 0, max: 9 }),
      other: fc.nat(),
      document: fc.constantFrom('x', 'y', 'z'),
      output: outputs,
      settles: fc.option(fc.tuple(fc.constantFrom('x', 'y'), outputs), { nil: null, freq: 3 }),
      root: fc.integer({ min: 0, max: 30 }),
    }),
    { minLength: 2, maxLength: 22 },
  )
  .map((raw) =>
    raw.map((item, i): PlainCall => {
      const near = i - 1 - (item.parent % item.back);
      const parent = i === 0 || item.root === 0 ? -1 : Math.max(0, near);
      const merge = i > 1 && parent >= 0 && item.merges < 5 ? item.other % i : -1;
      const settled =
        merge >= 0 && item.settles !== null ? new Map([item.settles]) : new Map<string, string>();
      return { parent, merge, document: item.document, output: item.output, settled };
    }),
  );

function stored(calls: readonly PlainCall[]): HistoryCall[] {
  return calls.map(({ parent, merge, document, output, settled }, second) => {
    const after = parent < 0 ? null : parent;
    if (merge < 0) return { tool: 'edit', input: `{"doc":"${document}"}`, output, second, after };
    const list = Array.from(
      settled,
      ([doc, text]) => `{"how":"edited","identity":{"doc":"${doc}"},"output":${text},"tool":"edit"}`,
    );
    const resolved = list.length === 0 ? '' : `,"resolved":[${list.join(',')}]`;
    return {
      tool: '__merge__',
      input: '{"merge":["main","other"]}',
      output: `{"merged_tips":[]${resolved}}`,
      second,
      after,
      merge,
    };
  });
}

/** Whether a version is this value: by its content, or by its hash where it was not read. */
function holds(version: Version | null, text: string | null): boolean {
  if (version !== null && version.content !== null) return textOf(version) === text;
  return text !== null && version?.outputHash === blobHash(Buffer.from(text));
}

describe('documents of two runs', () => {
  it(`agree with all documents at every call, worked out the slow way (seed ${seed})`, () => {
    let compared = 0;
    let conflicts = 0;
    let disputes = 0;
    fc.assert(
      fc.property(histories, fc.nat(), (calls, pick) => {
        const last = calls.length - 1;
        const tips = { main: last, other: pick % calls.length };
        const { folder } = writeHistory(stored(calls), tips);
        try {
          const analysis = analysisOf(folder, 'main', 'other', {
            edit: { by: 'fields', pointers: ['/doc'] },
          });
          const model = plainModel(calls);
          expect(analysis.already).toBe(model.reach([tips.main]).has(tips.other));
          expect(analysis.bases).toHaveLength(model.bases(tips.main, tips.other).length);
          if (analysis.already) return;
          const [base, ours, theirs] = [
            model.base(tips.main, tips.other),
            model.at(tips.main),
            model.at(tips.other),
          ];
          for (const name of ['x', 'y', 'z']) {
            const [b, o, t] = [base.get(name), ours.get(name), theirs.get(name)];
            const found = analysis.documents.find(({ identityText }) => identityText === `{"doc":"${name}"}`);
            if (plainText(o) === plainText(t)) {
              if (found !== undefined) expect(found.state).toBe('same');
              continue;
            }
            compared += 1;
            const merge = mergeJson(b?.value, o?.value, t?.value, { disputed: b?.disputed ?? new Set() });
            const open = merge.units.flatMap(({ taken, path }) => (taken === null ? [path] : []));
            conflicts += open.length;
            const takes = new Set(merge.units.map(({ taken }) => taken));
            const { state, opaque } = found!;
            expect(opaque).toBeNull();
            if (state === 'ours' || state === 'theirs') {
              const other = state === 'ours' ? 'theirs' : 'ours';
              expect([...takes].filter((taken) => taken === null || taken === other)).toEqual([]);
              expect(holds(found![state], plainText(state === 'ours' ? o : t))).toBe(true);
            } else {
              expect(openPaths(found!)).toEqual(open);
              expect(state).toBe(open.length > 0 ? 'conflicts' : 'merged');
              expect([textOf(found!.ours), textOf(found!.theirs)]).toEqual([plainText(o), plainText(t)]);
              if ((b?.disputed.size ?? 0) === 0) expect(textOf(found!.base)).toBe(plainText(b));
              else disputes += 1;
            }
          }
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: Number(process.env.VEKSCOPE_RUNS ?? 300), seed },
    );
    expect(compared).toBeGreaterThan(50);
    expect(conflicts).toBeGreaterThan(20);
    expect(disputes).toBeGreaterThan(0);
  });
});
