import { rmSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeHistory, type HistoryCall } from '../../../../test/support/history.ts';
import { plainModel, plainText, type PlainCall } from '../../../../test/support/merge-reference.ts';
import { analysisOf, openPaths, textOf } from '../../../../test/support/merging.ts';
import type { DocumentRule } from '../../../contract/merge.ts';
import { mergeJson } from '../../merge/merge.ts';
import { blobHash } from '../hash.ts';
import type { Analysis, Version } from './analysis.ts';

const seed = Number(process.env.VEKSCOPE_SEED ?? Date.now() % 1_000_000_000);

const names = ['x', 'y', 'z'];
const fields = ['a', 'b', 'c'];
const outputs = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 })
  .map((values) => `{${fields.map((name, i) => `"${name}":${values[i]}`).join(',')}}`);

/**
 * Histories of a few documents that three branches share. A merge takes another branch as it is or was a little
 * earlier, so that criss-crosses come about, and settles some documents.
 */
const histories = fc
  .array(
    fc.record({
      branch: fc.integer({ min: 0, max: 2 }),
      merges: fc.integer({ min: 0, max: 9 }),
      other: fc.integer({ min: 1, max: 2 }),
      lag: fc.integer({ min: 0, max: 2 }),
      document: fc.constantFrom(...names),
      output: outputs,
      settles: fc.option(fc.tuple(fc.constantFrom('x', 'y'), outputs), { nil: null, freq: 1 }),
      root: fc.integer({ min: 0, max: 40 }),
    }),
    { minLength: 6, maxLength: 26, size: 'max' },
  )
  .map((steps) => {
    const branches: number[][] = [[0], [0], [0]];
    const first = {
      parent: -1,
      merge: -1,
      document: 'x',
      output: '{"a":0}',
      settled: new Map<string, string>(),
    };
    const calls: PlainCall[] = [first];
    for (const { branch, merges, other, lag, document, output, settles, root } of steps) {
      const own = branches[branch]!;
      const theirs = branches[(branch + other) % 3]!;
      const parent = root === 0 ? -1 : own[own.length - 1]!;
      const from = theirs[Math.max(0, theirs.length - 1 - lag)]!;
      const merge = merges < 4 && parent >= 0 && from !== parent ? from : -1;
      own.push(calls.length);
      const settled = new Map(merge >= 0 && settles !== null ? [settles] : []);
      calls.push({ parent, merge, document, output, settled });
    }
    return { calls, tips: branches.map((own) => own[own.length - 1]!) };
  });

/** Puts histories into one store, one after the other; each has its own refs. */
function stored(several: readonly (readonly PlainCall[])[]): HistoryCall[] {
  const all: HistoryCall[] = [];
  for (const calls of several) {
    const start = all.length;
    for (const { parent, merge, document, output, settled } of calls) {
      const place = { second: all.length, after: parent < 0 ? null : start + parent };
      if (merge < 0) {
        all.push({ tool: 'edit', input: `{"doc":"${document}"}`, output, ...place });
        continue;
      }
      const list = Array.from(
        settled,
        ([doc, text]) => `{"how":"edited","identity":{"doc":"${doc}"},"output":${text},"tool":"edit"}`,
      );
      const resolved = list.length === 0 ? '' : `,"resolved":[${list.join(',')}]`;
      const merged = { input: '{"merge":["main","other"]}', output: `{"merged_tips":[]${resolved}}` };
      all.push({ tool: '__merge__', ...merged, ...place, merge: start + merge });
    }
  }
  return all;
}

/** Whether a version is this value: by its content, or by its hash where it was not read. */
function holds(version: Version | null, text: string | null): boolean {
  if (version !== null && version.content !== null) return textOf(version) === text;
  return text !== null && version?.outputHash === blobHash(Buffer.from(text));
}

const rule: DocumentRule = { by: 'fields', pointers: ['/doc'] };
const counts = { compared: 0, conflicts: 0, disputes: 0, several: 0 };

/** Compares the analysis of two tips of a history with what the plain model says. */
function compare(analysis: Analysis, calls: readonly PlainCall[], main: number, other: number): void {
  const model = plainModel(calls);
  expect(analysis.already).toBe(model.reach([main]).has(other));
  const bases = model.bases(main, other);
  expect(analysis.bases).toHaveLength(bases.length);
  if (analysis.already) return;
  if (bases.length > 1) counts.several += 1;
  const [base, ours, theirs] = [model.base(main, other), model.at(main), model.at(other)];
  // the model merges calls in their order, the analysis only those that say something new of a document
  if (model.most() > 2) return;
  for (const name of names) {
    const [b, o, t] = [base.get(name), ours.get(name), theirs.get(name)];
    const found = analysis.documents.find(({ identityText }) => identityText === `{"doc":"${name}"}`);
    if (plainText(o) === plainText(t)) {
      if (found !== undefined) expect(found.state).toBe('same');
      continue;
    }
    counts.compared += 1;
    const merge = mergeJson(b?.value, o?.value, t?.value, { disputed: b?.disputed ?? new Set() });
    const open = merge.units.flatMap(({ taken, path }) => (taken === null ? [path] : []));
    counts.conflicts += open.length;
    const { state, opaque } = found!;
    expect(opaque).toBeNull();
    if (state === 'ours' || state === 'theirs') {
      const lost = state === 'ours' ? 'theirs' : 'ours';
      expect(merge.units.filter(({ taken }) => taken === null || taken === lost)).toEqual([]);
      expect(holds(found![state], plainText(state === 'ours' ? o : t))).toBe(true);
      continue;
    }
    expect(openPaths(found!)).toEqual(open);
    expect(state).toBe(open.length > 0 ? 'conflicts' : 'merged');
    expect([textOf(found!.ours), textOf(found!.theirs)]).toEqual([plainText(o), plainText(t)]);
    if ((b?.disputed.size ?? 0) === 0) expect(textOf(found!.base)).toBe(plainText(b));
    else counts.disputes += 1;
  }
}

describe('documents of two runs', () => {
  it(`agree with all documents at every call, worked out the slow way (seed ${seed})`, () => {
    const one = fc.record({ history: histories, side: fc.integer({ min: 1, max: 2 }) });
    fc.assert(
      fc.property(fc.array(one, { minLength: 20, maxLength: 20 }), (cases) => {
        const refs: Record<string, number> = {};
        let start = 0;
        const tips = cases.map(({ history: { calls, tips: ends }, side }, i) => {
          const [main, other] = [ends[0]!, ends[side]!];
          refs[`main-${i}`] = start + main;
          refs[`other-${i}`] = start + other;
          start += calls.length;
          return [main, other] as const;
        });
        const { folder } = writeHistory(stored(cases.map(({ history }) => history.calls)), refs);
        try {
          tips.forEach(([main, other], i) => {
            const analysis = analysisOf(folder, `main-${i}`, `other-${i}`, { edit: rule });
            compare(analysis, cases[i]!.history.calls, main, other);
          });
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: Number(process.env['VEKSCOPE_RUNS'] ?? 20), seed, endOnFailure: true },
    );
    expect(counts.compared).toBeGreaterThan(50);
    expect(counts.conflicts).toBeGreaterThan(20);
    expect(counts.disputes).toBeGreaterThan(0);
    expect(counts.several).toBeGreaterThan(0);
  });
});
