import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import '../../../../test/support/data-folder.ts';
import { copyGolden } from '../../../../test/support/goldens.ts';
import { writeHistory, type HistoryCall } from '../../../../test/support/history.ts';
import { encodeShape } from '../../graph/aligned-shape.ts';
import { topologicalOrder } from '../../graph/order.ts';
import type { IgnoreRules } from '../../json/ignored.ts';
import { readIndexIn, type VekIndex } from '../index-read.ts';
import { repositoryAt } from '../paths.ts';
import { lookAtVek, type VekLook } from '../store.ts';
import { compareRuns, type ComparedRuns } from './compare-runs.ts';
import { findEnd } from './ends.ts';
import { outcomeDiffers, sumsOf } from './sums.ts';
import { notesOn } from './words.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const NOTHING: IgnoreRules = { times: false, ids: false, fields: [] };

function looking<T>(folder: string, work: (s: VekLook, index: VekIndex) => T): T {
  folders.push(folder);
  const looked = lookAtVek(repositoryAt(join(folder, '.vek'))!, (s) => work(s, readIndexIn(s)));
  if (!looked.ok) throw new Error(looked.error.message);
  return looked.value;
}

function endOf(s: VekLook, index: VekIndex, text: string): number {
  const end = findEnd(s, s.refs(), index, text);
  if (!end.ok) throw new Error(end.error.message);
  return end.value.node;
}

function comparing<T>(
  folder: string,
  a: string,
  b: string,
  rules: IgnoreRules,
  work: (found: ComparedRuns, s: VekLook, index: VekIndex) => T,
): T {
  return looking(folder, (s, index) => {
    const ends = { a: endOf(s, index, a), b: endOf(s, index, b) };
    return work(compareRuns(s, index, topologicalOrder(index), ends, rules), s, index);
  });
}

const hashAt = (s: VekLook, index: VekIndex, node: number): string =>
  s.nodeAt(index.rowids[node]!)!.hash.slice(0, 4);

/** The rows of a comparison: the sign of each, and the beginnings of the hashes of its calls. */
function rowsOf(folder: string, a: string, b: string, rules = NOTHING): readonly string[] {
  return comparing(folder, a, b, rules, ({ rows, parted }, s, index) =>
    [...rows.kinds].map((kind, row) => {
      const [left, right] = [parted.a[rows.a[row]!], parted.b[rows.b[row]!]].map((node) =>
        node === undefined ? '-' : hashAt(s, index, node),
      );
      return `${encodeShape(Uint8Array.of(kind))} ${left} ${right}`;
    }),
  );
}

const shapeOf = (folder: string, a: string, b: string, rules = NOTHING): string =>
  comparing(folder, a, b, rules, ({ rows }) => encodeShape(rows.kinds));

describe('the forked golden', () => {
  it('puts a run and the retry of it side by side', () => {
    expect(rowsOf(copyGolden('forked'), 'main', 'try-retry')).toEqual([
      'i a7a2 e466', // edit of the same file, another patch, the same answer
      'o 23d8 ab25', // run_tests with the same input
      '< 5b9d -', // lint
      '> - 5134', // write_file, a branch that was merged in later
      '< b9f1 -', // think
      '> - 1e9a', // edit of another file
      '> - 4d38', // edit
      'b 5e32 5da0', // the merges
    ]);
  });

  it('is the mirror when the runs are swapped', () => {
    expect(rowsOf(copyGolden('forked'), 'try-retry', 'main')).toEqual([
      'i e466 a7a2',
      'o ab25 23d8',
      '> - 5b9d',
      '< 5134 -',
      '> - b9f1',
      '< 1e9a -',
      '< 4d38 -',
      'b 5da0 5e32',
    ]);
  });

  it('counts what both have, and the calls of merged branches', () => {
    comparing(
      copyGolden('forked'),
      'main',
      'try-retry',
      NOTHING,
      ({ parted, counts, firstDifference }, s, index) => {
        expect(parted.bases.map((node) => s.nodeAt(index.rowids[node]!)!.hash.slice(0, 8))).toEqual([
          '2615913b',
        ]);
        expect(parted.shared).toBe(3);
        expect(parted.sharedSinceMicros).toBe(Date.UTC(2025, 2, 5, 14, 30, 11, 500) * 1000);
        expect([parted.a.length, parted.b.length]).toEqual([5, 6]);
        expect(counts).toEqual({ same: 0, changed: 3, onlyA: 2, onlyB: 3, ignored: 0 });
        expect(firstDifference).toBe(0);
      },
    );
  });

  it('takes the newest of two splits, and says so', () => {
    comparing(copyGolden('forked'), 'try-retry', 'docs/changelog', NOTHING, (found, s, index) => {
      const hashes = found.parted.bases.map((node) => s.nodeAt(index.rowids[node]!)!.hash.slice(0, 4));
      expect(hashes).toEqual(['4d38', '1e9a']);
      expect(found.parted.shared).toBe(8);
      expect(encodeShape(found.rows.kinds)).toBe('b>');
      expect(notesOn(found, { a: 'x', b: 'y' })).toEqual([
        'The two runs were merged into each other crosswise and have 2 newest calls in common; the newest of them counts as the split.',
      ]);
    });
  });

  it('aligns a run that was executed again, though it shares no call', () => {
    comparing(copyGolden('forked'), 'main', 'reexec-plan', NOTHING, ({ parted, rows }) => {
      expect(parted.bases).toEqual([]);
      expect(parted.shared).toBe(0);
      expect(encodeShape(rows.kinds)).toBe('o3<5');
    });
  });

  it('finds nothing after a run that the other one holds whole', () => {
    expect(shapeOf(copyGolden('forked'), 'tag/root', 'main')).toBe('>7');
    expect(shapeOf(copyGolden('forked'), 'main', 'v0.1')).toBe('');
  });
});

describe('the conflict golden', () => {
  it('pairs what each side made of the document', () => {
    expect(rowsOf(copyGolden('conflict'), 'ours', 'theirs')).toEqual(['b 4ffe 14e6']);
    expect(rowsOf(copyGolden('conflict'), 'clean-a', 'clean-b')).toEqual(['o a760 fd13']);
    expect(rowsOf(copyGolden('conflict'), 'ours', 'retooled')).toEqual(['< 4ffe -', '> - dace']);
  });

  it('counts the fields in which the outcome differs', () => {
    comparing(copyGolden('conflict'), 'clean-a', 'clean-b', NOTHING, ({ parted }, s, index) => {
      const ends = { a: parted.a.at(-1)!, b: parted.b.at(-1)! };
      expect(outcomeDiffers(s, index, ends, NOTHING)).toBeGreaterThan(0);
      expect(outcomeDiffers(s, index, { a: ends.a, b: ends.a }, NOTHING)).toBe(0);
    });
  });
});

type Step = Omit<HistoryCall, 'second'>;

const run = (calls: readonly Step[], second: number, before: number): HistoryCall[] =>
  calls.map((call, i) => ({ ...call, second: second + i * 10, after: i === 0 ? 0 : before + i }));

/** One call, then two runs of these after it. */
function forked(a: readonly Step[], b: readonly Step[]): string {
  const calls = [{ tool: 'start', second: 0 }, ...run(a, 1, 0), ...run(b, 2, a.length)];
  return writeHistory(calls, { main: a.length, other: a.length + b.length }).folder;
}

describe('what is ignored', () => {
  const a = [
    { tool: 'fetch', input: '{"request_id":"r-1","url":"x"}', output: '{"at":"2026-01-01T10:00:00Z","n":1}' },
    { tool: 'say', input: '{"seed":1,"text":"a"}', output: '"ok"' },
  ];
  const b = [
    { tool: 'fetch', input: '{"request_id":"r-2","url":"x"}', output: '{"at":"2026-01-02T11:00:00Z","n":1}' },
    { tool: 'say', input: '{"seed":2,"text":"a"}', output: '"ok"' },
  ];

  it('makes calls the same, and they are counted', () => {
    expect(shapeOf(forked(a, b), 'main', 'other')).toBe('bi');
    const rules = { times: true, ids: true, fields: ['seed'] };
    comparing(forked(a, b), 'main', 'other', rules, ({ rows, counts, firstDifference }) => {
      expect(encodeShape(rows.kinds)).toBe('~2');
      expect(counts).toMatchObject({ same: 2, ignored: 2, changed: 0 });
      expect(firstDifference).toBeNull();
    });
  });

  it('leaves the rest as it is', () => {
    expect(shapeOf(forked(a, b), 'main', 'other', { times: true, ids: false, fields: [] })).toBe('i2');
    expect(shapeOf(forked(a, b), 'main', 'other', { times: false, ids: true, fields: [] })).toBe('oi');
  });

  it('says what could not be read for it', () => {
    const rules = { times: true, ids: false, fields: [] };
    const folder = forked([{ tool: 'a', output: 'no JSON' }], [{ tool: 'a', output: '1' }]);
    comparing(folder, 'main', 'other', rules, (found) => {
      expect(found.unread).toBe(1);
      expect(notesOn(found, { a: 'main', b: 'other' })[0]).toMatch(/^1 content could not be read/);
    });
  });
});

describe('damage', () => {
  it('a call without its objects still stands in its row', () => {
    const folder = forked(
      [{ tool: 'a', input: '1' }, { tool: 'b' }],
      [{ tool: 'a', input: '2' }, { tool: 'b' }],
    );
    const db = new Database(join(folder, '.vek', 'vek.db'));
    db.exec('DELETE FROM objects');
    db.close();
    expect(shapeOf(folder, 'main', 'other')).toMatch(/^i/);
  });

  it('says that a history is cut off', () => {
    comparing(copyGolden('corrupt-parent-missing'), 'main', 'main', NOTHING, (found) => {
      expect(notesOn(found, { a: 'main', b: 'main' }).length).toBeGreaterThan(0);
    });
  });

  it('a cycle ends', () => {
    const folder = copyGolden('corrupt-cycle');
    looking(folder, (s, index) => {
      for (const { node } of s.refs().map((ref) => ({ node: index.find(ref.hash) }))) {
        if (node < 0) continue;
        compareRuns(s, index, topologicalOrder(index), { a: node, b: index.count - 1 }, NOTHING);
      }
    });
  });
});

const model = (cost: string, tokens: number): Step => ({
  tool: 'model.chat',
  input: `{"model":"m","messages":[{"role":"user","content":"${cost}"}]}`,
  output: `{${cost === '' ? '' : `"cost_usd":${cost},`}"usage":{"input_tokens":${tokens},"output_tokens":2}}`,
});

describe('sums', () => {
  it('add up what is stated, and count what is not', () => {
    const folder = forked(
      [model('0.000123', 10), model('', 20), { tool: 'shell', output: '{"exit_code":1}' }],
      [{ tool: 'shell', output: '{"exit_code":0}' }],
    );
    comparing(folder, 'main', 'other', NOTHING, ({ parted }, s, index) => {
      expect(sumsOf(s, index, parted.a, Infinity)).toMatchObject({
        calls: 3,
        read: 3,
        failed: 1,
        costMicros: 123,
        costed: 1,
        unpriced: 1,
        inputTokens: 30,
        outputTokens: 4,
        counted: 2,
      });
      expect(sumsOf(s, index, parted.b, Infinity)).toMatchObject({
        failed: 0,
        costMicros: null,
        inputTokens: null,
        outputTokens: null,
        unpriced: 0,
      });
      const { fromMicros, toMicros } = sumsOf(s, index, parted.a, Infinity);
      expect(toMicros! - fromMicros!).toBe(20_000_000);
    });
  });

  it('stop at their limit and say how far they are', () => {
    const folder = forked(
      Array.from({ length: 50 }, () => ({ tool: 'a' })),
      [{ tool: 'b' }],
    );
    comparing(folder, 'main', 'other', NOTHING, ({ parted }, s, index) => {
      const { read, calls } = sumsOf(s, index, parted.a, 100);
      expect(calls).toBe(50);
      expect(read).toBeLessThan(50);
    });
  });
});

describe('the end of a run', () => {
  it('is a branch, a tag with or without its prefix, or a hash', () => {
    looking(copyGolden('forked'), (s, index) => {
      const found = (text: string): unknown => {
        const end = findEnd(s, s.refs(), index, text);
        return end.ok ? [end.value.ref?.name ?? null, end.value.hash.slice(0, 8)] : end.error.kind;
      };
      expect(found('main')).toEqual(['main', '5e32db38']);
      expect(found('tag/green')).toEqual(['tag/green', '5e32db38']);
      expect(found('green')).toEqual(['tag/green', '5e32db38']);
      expect(found('tests-pass')).toEqual(['checkpoint/tests-pass', '23d8b6c7']);
      expect(found('5e32db38')).toEqual([null, '5e32db38']);
      expect(found('5e32db38bf4121461dc1018ce45bebc0d8e118ea125f99d0f22183556e23350d')).toEqual([
        null,
        '5e32db38',
      ]);
      expect(found('nothing')).toBe('not-found');
      expect(found('ab'.repeat(32))).toBe('not-found');
      expect(found('')).toBe('ambiguous');
    });
  });

  it('is not found where a ref names a call that is gone', () => {
    looking(copyGolden('corrupt-ref-dangling'), (s, index) => {
      const gone = s.refs().find((ref) => index.find(ref.hash) < 0)!;
      const end = findEnd(s, s.refs(), index, gone.name);
      expect(!end.ok && end.error.message).toContain(gone.name);
    });
  });
});
