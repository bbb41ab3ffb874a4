import { rmSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { copyGolden, expectedOf, goldenCases } from '../../../../test/support/goldens.ts';
import { writeHistory, type HistoryCall } from '../../../../test/support/history.ts';
import { analysisOf, openPaths, textOf, tryAnalysis } from '../../../../test/support/merging.ts';
import { failure, value } from '../../../../test/support/writes.ts';
import { readIndexIn } from '../index-read.ts';
import { repositoryAt } from '../paths.ts';
import { lookAtVek } from '../store.ts';
import { analyseMerge, analyseWithin } from './analyse.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function golden(name: string): string {
  const folder = copyGolden(name);
  folders.push(folder);
  return folder;
}

/** A store of calls; `main` and `other` are the refs. */
function store(
  calls: readonly HistoryCall[],
  main: number,
  other: number,
): { folder: string; hashes: string[] } {
  const made = writeHistory(calls, { main, other });
  folders.push(made.folder);
  return made;
}

function change(folder: string, sql: string, ...values: unknown[]): void {
  const db = new SqliteDatabase(join(folder, '.vek', 'vek.db'));
  db.prepare(sql).run(...values);
  db.close();
}

const edit = (doc: string, output: string, second: number, after?: number): HistoryCall => ({
  tool: 'edit',
  input: `{"doc":"${doc}"}`,
  output,
  second,
  ...(after === undefined ? {} : { after }),
});

describe('the golden conflict', () => {
  it('has one document in conflict between ours and theirs, with exactly the expected places', () => {
    const analysis = analysisOf(golden('conflict'), 'ours', 'theirs');
    const named = expectedOf('conflict')['named'] as Record<string, string>;
    const expected = (expectedOf('conflict')['three_way'] as Record<string, Record<string, string[]>>)[
      'base_ours_theirs'
    ]!;
    expect(analysis).toMatchObject({ already: false, unrelated: false, bases: [named['base']], notes: [] });
    expect([analysis.into.calls, analysis.from.calls]).toEqual([1, 1]);
    expect(analysis.documents).toHaveLength(1);
    const document = analysis.documents[0]!;
    expect(document).toMatchObject({
      tool: 'update_doc',
      identityText: '{"doc":"trip"}',
      title: 'trip',
      state: 'conflicts',
      opaque: null,
      base: { call: named['base'] },
      ours: { call: named['ours'] },
      theirs: { call: named['theirs'] },
    });
    expect(openPaths(document).toSorted()).toEqual(expected['true_conflicts']!.toSorted());
    const taken = (side: string): string[] =>
      document.merge!.units.flatMap((unit) => (unit.taken === side ? [unit.path] : []));
    expect(taken('ours')).toEqual(expect.arrayContaining(expected['auto_from_ours']!));
    expect(taken('theirs')).toEqual(expect.arrayContaining(expected['auto_from_theirs']!));
    expect(analysis.rules).toEqual([
      {
        tool: 'update_doc',
        rule: { by: 'fields', pointers: ['/doc'] },
        reason: 'naming',
        confirmed: true,
        candidates: ['/doc', '/author', '/rev'],
        documents: 1,
        conflicts: 1,
      },
    ]);
  });

  it('is clean between the clean branches, and another tool makes another document', () => {
    const folder = golden('conflict');
    expect(analysisOf(folder, 'clean-a', 'clean-b').documents.map(({ state }) => state)).toEqual(['merged']);
    const retooled = analysisOf(folder, 'ours', 'retooled');
    expect(retooled.documents.map(({ tool, state }) => [tool, state])).toEqual([
      ['rewrite_doc', 'theirs'],
      ['update_doc', 'ours'],
    ]);
    expect(retooled.rules).toEqual([]);
    expect(openPaths(analysisOf(folder, 'ours', 'type-change').documents[0]!)).toContain('/budget');
  });

  it('says what is there already, and what a branch that is ahead brings', () => {
    const folder = golden('conflict');
    expect(analysisOf(folder, 'ours', 'main')).toMatchObject({ already: true, documents: [] });
    const forward = analysisOf(folder, 'main', 'ours');
    expect(forward.documents.map(({ state }) => state)).toEqual(['theirs']);
    expect(forward.documents[0]!.base!.call).toBe(forward.bases[0]);
  });
});

describe('the golden with a criss-cross', () => {
  it('names both best common calls and merges them first', () => {
    const analysis = analysisOf(golden('forked'), 'docs/changelog', 'try-retry');
    const named = expectedOf('forked')['named'] as { criss_bases: string[] };
    expect(analysis.bases.toSorted()).toEqual(named.criss_bases.toSorted());
    expect(analysis.notes).toEqual([expect.stringContaining('2 best common calls')]);
    expect(analysis.documents.map(({ tool, state }) => [tool, state])).toEqual([['run_tests', 'ours']]);
  });

  it('compares unrelated runs with nothing', () => {
    const analysis = analysisOf(golden('forked'), 'main', 'reexec-plan');
    expect(analysis).toMatchObject({ unrelated: true, bases: [] });
    expect(analysis.notes[0]).toContain('no call in common');
    expect(analysis.documents.find(({ tool }) => tool === 'plan')).toMatchObject({
      state: 'merged',
      base: null,
      identityText: '{"repo":"acme/widgets","task":"fix flaky test"}',
    });
  });
});

/** The output of a merge that names documents. */
function resolved(list: string): string {
  return `{"merged_tips":[],"resolved":${list}}`;
}

/** Both sides changed a document, were merged with this output, and went apart again. */
function mergedOnce(output: string): HistoryCall[] {
  return [
    edit('a', '0', 0),
    edit('a', '1', 1),
    edit('a', '2', 2, 0),
    { tool: '__merge__', input: '{}', output, second: 3, after: 1, merge: 2 },
    edit('a', '3', 4, 0),
  ];
}

/** The same with one entry about the document. */
function entry(how: string, output: string): string {
  return resolved(`[{"how":"${how}","identity":{"doc":"a"}${output},"tool":"edit"}]`);
}

/** What the branch with such a merge has of the document. */
function afterMerge(output: string) {
  const { folder, hashes } = store(mergedOnce(output), 3, 4);
  const analysis = analysisOf(folder, 'main', 'other');
  return { document: analysis.documents[0]!, notes: analysis.notes, hashes };
}

describe('what earlier merges did', () => {
  it('a conflict that the Python tool left open is its first parent’s, and told', () => {
    const calls = [
      edit('a', '{"x":0,"y":0}', 0),
      edit('a', '{"x":1,"y":0}', 1),
      edit('a', '{"x":2,"y":5}', 2, 0),
      {
        tool: '__merge__',
        input: '{"merge":["main","b"]}',
        output: '{"merged_tips":[]}',
        second: 3,
        after: 1,
        merge: 2,
      },
      edit('b', '1', 4),
      edit('a', '{"x":1,"y":9}', 5, 0),
    ];
    const analysis = analysisOf(store(calls, 4, 5).folder, 'main', 'other');
    const document = analysis.documents.find(({ identityText }) => identityText === '{"doc":"a"}')!;
    expect(textOf(document.ours)).toBe('{"x":1,"y":5}');
    expect(document.ours).toMatchObject({ call: null, outputHash: null });
    expect(openPaths(document)).toEqual(['/y']);
    expect(analysis.notes).toEqual([
      expect.stringMatching(/^Earlier merges left a document open \(a in [0-9a-f]{8}\)/),
    ]);
  });

  it('what a merge settled counts, and what it says wrongly does not', () => {
    const typed = afterMerge(entry('edited', ',"output":7'));
    expect([textOf(typed.document.ours), typed.notes]).toEqual(['7', []]);
    expect(typed.document.ours).toMatchObject({ call: null, merge: typed.hashes[3] });
    const taken = afterMerge(entry('target', ',"output":2'));
    expect(taken.document.ours).toMatchObject({ call: taken.hashes[2], merge: null });
    expect(textOf(afterMerge(entry('target', '')).document.ours)).toBe('2');
    expect(textOf(afterMerge(entry('edited', '')).document.ours)).toBeNull();
    for (const wrong of [
      resolved('7'),
      resolved('[7]'),
      entry('stolen', ',"output":7'),
      resolved('[{"how":"edited","identity":{"doc":"a"},"output":7}]'),
    ]) {
      const { document, notes } = afterMerge(wrong);
      expect(textOf(document.ours)).toBe('1');
      expect(notes).toEqual([
        expect.stringContaining('in a form that can’t be read'),
        expect.stringContaining('left a document open'),
      ]);
    }
    const other = afterMerge(resolved('[{"how":"edited","identity":{"path":"a"},"output":7,"tool":"edit"}]'));
    expect(textOf(other.document.ours)).toBe('1');
    expect(other.notes[0]).toContain('counted in another way');
  });
});

it('a ladder of criss-crosses is gone down to its foot', () => {
  const calls = [
    edit('a', '{"x":0,"y":0}', 0),
    edit('a', '{"x":1,"y":0}', 1),
    edit('a', '{"x":2,"y":3}', 2, 0),
  ];
  let [left, right] = [1, 2];
  for (let rung = 0; rung < 300; rung++) {
    const second = calls.length;
    const merge = { tool: '__merge__', input: '{}', output: '{"merged_tips":[]}' };
    calls.push({ ...merge, second, after: left, merge: right });
    calls.push({ ...merge, second: second + 1, after: right, merge: left });
    [left, right] = [second, second + 1];
  }
  const { documents, bases } = analysisOf(store(calls, left, right).folder, 'main', 'other');
  expect(bases).toHaveLength(2);
  expect(documents).toHaveLength(1);
  expect([textOf(documents[0]!.ours), textOf(documents[0]!.theirs)]).toEqual([
    '{"x":1,"y":3}',
    '{"x":2,"y":3}',
  ]);
  expect(documents[0]!.merge!.units).toMatchObject([{ path: '/x', taken: null, baseDisputed: true }]);
});

describe('outputs that can’t be compared by parts', () => {
  const calls = [edit('a', '0', 0), edit('a', '1', 1), edit('a', '2', 2, 0)];
  const spoiled = (which: number, bytes: string | null): ReturnType<typeof analysisOf> => {
    const { folder, hashes } = store(calls, 1, 2);
    const hash = value(lookAtVek(repositoryAt(folder)!, (s) => s.node(hashes[which]!)!.output_hash));
    if (bytes === null) change(folder, 'DELETE FROM objects WHERE hash = ?', hash);
    else change(folder, 'UPDATE objects SET content = ? WHERE hash = ?', Buffer.from(bytes), hash);
    return analysisOf(folder, 'main', 'other');
  };

  it.each([
    [0, null, 'The common version is not in the store'],
    [1, null, 'The version of the branch that is merged into is not in the store'],
    [2, 'no JSON', 'The version of the branch that is merged is no JSON'],
    [2, '"\\ud83d"', 'can’t be written again'],
    [2, '['.repeat(3000), 'can’t be read whole'],
    [2, '9'.repeat(5000), 'can’t be written again'],
  ])('output of call %i as %j', (which, bytes, words) => {
    const { documents, notes } = spoiled(which, bytes);
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({ state: 'conflicts', merge: null });
    expect(documents[0]!.opaque).toContain(words);
    if (bytes !== null) expect(notes).toEqual([expect.stringContaining('altered after being recorded')]);
  });

  it('an altered value is compared, and told', () => {
    const { documents, notes } = spoiled(2, '5');
    expect(textOf(documents[0]!.theirs)).toBe('5');
    expect(notes).toEqual([expect.stringContaining('altered after being recorded')]);
  });

  it('the same stored bytes are the same, whatever they are', () => {
    const same = [edit('a', '0', 0), edit('a', '1', 1), edit('b', '4', 2, 0), edit('a', '1', 3)];
    const { folder, hashes } = store(same, 1, 3);
    const hash = value(lookAtVek(repositoryAt(folder)!, (s) => s.node(hashes[1]!)!.output_hash));
    change(folder, 'DELETE FROM objects WHERE hash = ?', hash);
    expect(analysisOf(folder, 'main', 'other').documents.map(({ state }) => state)).toEqual([
      'theirs',
      'same',
    ]);
  });
});

describe('damage', () => {
  it('never crashes, and is told wherever a merge rests on it', () => {
    for (const name of goldenCases().filter(
      (each) => each.startsWith('corrupt-') || each.startsWith('legacy-'),
    )) {
      const folder = golden(name);
      const refs = lookAtVek(repositoryAt(folder)!, (s) => s.refs().map((ref) => ref.name));
      if (!refs.ok) continue;
      for (const into of refs.value) for (const from of refs.value) tryAnalysis(folder, into, from);
    }
  });

  const calls = [
    edit('a', '{"x":0,"y":0}', 0),
    edit('b', '0', 1),
    edit('a', '{"x":1,"y":0}', 2),
    edit('a', '{"x":0,"y":1}', 3, 1),
    edit('b', '1', 4),
  ];

  it('a lost base is no empty base: only whole sides can be taken', () => {
    const { folder, hashes } = store(calls, 2, 4);
    expect(analysisOf(folder, 'main', 'other').documents.map(({ state }) => state)).toEqual([
      'merged',
      'theirs',
    ]);
    change(folder, 'DELETE FROM nodes WHERE hash = ?', hashes[0]);
    const below = analysisOf(folder, 'main', 'other');
    expect(below.documents.map(({ state, opaque }) => [state, opaque?.slice(0, 21)])).toEqual([
      ['conflicts', 'History is cut off at'],
      ['theirs', undefined],
    ]);
    expect(below.notes[0]).toContain('History is cut off at a call whose parent is missing.');
    change(folder, 'DELETE FROM nodes WHERE hash = ?', hashes[1]);
    const apart = analysisOf(folder, 'main', 'other');
    expect(apart).toMatchObject({ bases: [], unrelated: false });
    expect(apart.documents.map(({ state }) => state)).toEqual(['conflicts', 'conflicts']);
    expect(apart.notes[0]).toContain('may be in the part that is lost');
  });

  it('a tip that is not there is said, and a row that is not the indexed one', () => {
    const { folder, hashes } = store(calls, 2, 4);
    change(folder, 'UPDATE refs SET hash = ? WHERE name = ?', 'f'.repeat(64), 'other');
    expect(failure(tryAnalysis(folder, 'main', 'other'))).toMatchObject({ kind: 'not-found' });
    change(folder, 'UPDATE refs SET hash = ? WHERE name = ?', hashes[4], 'other');
    change(folder, "UPDATE nodes SET timestamp = 'x' WHERE hash = ?", hashes[2]);
    expect(analysisOf(folder, 'main', 'other').notes).toEqual([
      expect.stringContaining('A call was altered'),
    ]);
  });
});

describe('reading', () => {
  it('goes as far back as is needed, and no further than is allowed', () => {
    const before = Array.from({ length: 400 }, (_, i) => edit(`old-${i % 300}`, String(i), i));
    const { folder } = store([...before, edit('new', '1', 400), edit('new', '2', 401, 399)], 400, 401);
    const within = (most: number) =>
      value(
        lookAtVek(repositoryAt(folder)!, (s) => {
          const [into, from] = ['main', 'other'].map((name) => ({ name, tip: s.ref(name)! }));
          return analyseWithin(s, readIndexIn(s), { into: into!, from: from!, rules: new Map() }, most);
        }),
      );
    expect(value(within(300)!).documents).toMatchObject([{ state: 'conflicts', base: null }]);
    expect(within(100)).toBeNull();
  });

  it('tells how far it is', () => {
    const calls = Array.from({ length: 1100 }, (_, i) => edit(`d${i}`, '1', i));
    const { folder } = store([...calls, edit('x', '1', 1100), edit('x', '2', 1101, 1099)], 1100, 1101);
    const told: [number, number][] = [];
    lookAtVek(repositoryAt(folder)!, (s) => {
      const [into, from] = ['main', 'other'].map((name) => ({ name, tip: s.ref(name)! }));
      analyseMerge(s, readIndexIn(s), {
        into: into!,
        from: from!,
        rules: new Map(),
        onProgress: (done, total) => told.push([done, total]),
      });
    });
    expect(told).toEqual([
      [2, 2],
      [1026, 1102],
    ]);
  });
});
