import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { copyGolden } from '../../test/support/goldens.ts';
import { folderState } from '../../test/support/folder-state.ts';
import { addCalls } from '../../test/support/history.ts';
import { failure, value } from '../../test/support/writes.ts';
import type { Choice, DocumentDecision, MergeDocument, OpenMerge } from '../contract/merge.ts';
import type { Plan } from '../contract/operations.ts';
import { startTestEngine, type TestClient, type TestEngine } from './testing.ts';

const LIMIT = 1024 * 1024;
let engine: TestEngine | null = null;
const folders: string[] = [];

afterEach(() => {
  engine?.close();
  engine = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type At = {
  readonly folder: string;
  readonly engine: TestEngine;
  readonly client: TestClient;
  readonly source: string;
  open(into: string, from: string): Promise<OpenMerge>;
  apply(plan: Plan): Promise<string>;
};

async function openOn(golden: string, dataDir?: string, folder = copyGolden(golden)): Promise<At> {
  folders.push(folder);
  engine = startTestEngine(dataDir === undefined ? {} : { dataDir });
  const { client } = engine;
  const source = value(await client.workspace.open({ path: folder })).sources[0]!.id;
  return {
    folder,
    engine,
    client,
    source,
    open: async (into, from) => value(await client.merge.open({ source, into, from })),
    apply: async (plan) => value(await client.operations.apply({ source, plan: plan.id })).id,
  };
}

const conflictsOf = ({ documents }: OpenMerge): string[] =>
  documents.flatMap(({ units }) => units.filter(({ taken }) => taken === null).map(({ path }) => path));

const document = (open: OpenMerge): MergeDocument => open.documents.find(({ units }) => units.length > 0)!;

const decide = (
  of: MergeDocument,
  choice: Choice,
  whole: DocumentDecision['whole'] = null,
): DocumentDecision => ({
  document: of.id,
  whole,
  reopened: false,
  choices:
    whole === null
      ? of.units.filter(({ taken }) => taken === null).map(({ id }) => ({ unit: id, choice }))
      : [],
});

/** The output of the newest call of a branch, as stored. */
function outputOf(folder: string, branch: string): string {
  const db = new Database(join(folder, '.vek', 'vek.db'), { readonly: true });
  try {
    const bytes = db
      .prepare<[string], Buffer>(
        'SELECT content FROM objects WHERE hash = (SELECT output_hash FROM nodes WHERE hash = (SELECT hash FROM refs WHERE name = ?))',
      )
      .pluck()
      .get(branch);
    return bytes!.toString('utf8');
  } finally {
    db.close();
  }
}

describe('two runs that changed one document', () => {
  test('in the golden exactly its conflicts are shown, each with its three values', async () => {
    const at = await openOn('conflict');
    const open = await at.open('ours', 'theirs');
    const four = ['/title', '/budget/total', '/obsolete', '/added_both_diff'];
    const found = conflictsOf(open);
    expect(found).toEqual(expect.arrayContaining(four));
    const rest = found.filter((path) => !four.includes(path));
    expect(rest.every((path) => /^\/(?:stops|notes)(?:$|[[/])/.test(path))).toBe(true);
    const { preview } = open;
    expect(preview).toMatchObject({ already: false, unrelated: false, blocked: null, progress: null });
    expect(preview.documents).toEqual({ ours: 0, theirs: 0, same: 0, merged: 0, conflicted: 1 });
    expect(preview.conflicts).toBe(found.length);
    expect(preview.bases.map(({ hash }) => hash.slice(0, 8))).toEqual(['c1055669']);
    expect([preview.into, preview.from].map(({ name, calls, head }) => [name, calls, head])).toEqual([
      ['ours', 1, true],
      ['theirs', 1, false],
    ]);
    expect(preview.into.colour).not.toBe(preview.from.colour);
    const title = document(open).units.find(({ path }) => path === '/title')!;
    for (const side of [title.base, title.ours, title.theirs]) {
      expect(side).toMatchObject({ cut: false, text: expect.stringMatching(/^".*"$/) as string });
    }
    expect(title.both).toBe(true);
    const { ours, theirs, base, synthetic } = document(open);
    expect([base, ours, theirs].map((row) => row?.hash.slice(0, 8))).toEqual([
      'c1055669',
      '4ffedc03',
      '14e619d2',
    ]);
    expect(synthetic).toEqual({ base: false, ours: false, theirs: false });
    expect(value(await at.client.merge.preview({ source: at.source, into: null, from: 'theirs' }))).toEqual(
      preview,
    );
  });

  test('clean ones have no conflict, are written as they are, and undone', async () => {
    const at = await openOn('conflict');
    const open = await at.open('clean-a', 'clean-b');
    expect(conflictsOf(open)).toEqual([]);
    expect(open.preview.documents).toMatchObject({ merged: 1, conflicted: 0 });
    const plan = value(
      await at.client.merge.plan({ source: at.source, merge: open.preview.merge, decisions: [] }),
    );
    expect(plan.action).toEqual({ kind: 'merge', into: 'clean-a', from: 'clean-b', resolved: 1 });
    const id = await at.apply(plan);
    expect(JSON.parse(outputOf(at.folder, 'clean-a'))).toMatchObject({
      merged_tips: [open.preview.into.tip, open.preview.from.tip],
      resolved: [{ how: 'merged' }],
    });
    const again = value(
      await at.client.merge.preview({ source: at.source, into: 'clean-a', from: 'clean-b' }),
    );
    expect(again.already).toBe(true);
    const undo = value(
      await at.client.operations.plan({ source: at.source, action: { kind: 'undo', operation: id } }),
    );
    await at.apply(undo);
    const back = await at.open('clean-a', 'clean-b');
    expect(back.preview).toEqual(open.preview);
  });

  test('looking at all of it changes no byte of the store', async () => {
    const at = await openOn('conflict');
    const before = folderState(at.folder);
    const open = await at.open('ours', 'theirs');
    const decision = decide(document(open), { take: 'base' });
    value(
      await at.client.merge.texts({
        source: at.source,
        merge: open.preview.merge,
        decision,
        limitBytes: LIMIT,
      }),
    );
    value(
      await at.client.merge.plan({ source: at.source, merge: open.preview.merge, decisions: [decision] }),
    );
    value(
      await at.client.merge.save({
        source: at.source,
        into: 'ours',
        from: 'theirs',
        progress: '{}',
        settled: 1,
        open: 3,
      }),
    );
    value(await at.client.merge.list({ source: at.source }));
    expect(folderState(at.folder)).toEqual(before);
  });

  test('nothing can be planned while a conflict is open', async () => {
    const at = await openOn('conflict');
    const open = await at.open('ours', 'theirs');
    const of = document(open);
    const all = decide(of, { take: 'theirs' });
    for (const decisions of [[], [{ ...all, choices: all.choices.slice(1) }], [{ ...all, reopened: true }]]) {
      const asked = { source: at.source, merge: open.preview.merge, decisions };
      const refused = failure(await at.client.merge.plan(asked));
      // reopening a document opens what was taken automatically too, unless it was chosen
      if (decisions[0]?.reopened !== true || of.units.some(({ taken }) => taken !== null))
        expect(refused.kind).toBe('conflict');
    }
  });

  test('what was decided is written: choices, edits, whole sides', async () => {
    const at = await openOn('conflict');
    const open = await at.open('ours', 'theirs');
    const of = document(open);
    const edited = decide(of, { take: 'edit', text: '"typed"' });
    const byLines = new Set(of.units.filter(({ what }) => what !== 'value').map(({ id }) => id));
    const decision: DocumentDecision = {
      ...edited,
      choices: edited.choices.map(({ unit, choice }) => ({
        unit,
        choice: byLines.has(unit) ? { take: 'ours' } : choice,
      })),
    };
    const asked = { source: at.source, merge: open.preview.merge, decisions: [decision] };
    await at.apply(value(await at.client.merge.plan(asked)));
    const written = JSON.parse(outputOf(at.folder, 'ours')) as {
      resolved: { how: string; output: unknown }[];
    };
    expect(written.resolved).toHaveLength(1);
    expect(written.resolved[0]).toMatchObject({
      how: 'edited',
      output: { title: 'typed', obsolete: 'typed' },
    });
    const later = await at.open('theirs', 'ours');
    expect(later.preview.bases.map(({ hash }) => hash)).toEqual([open.preview.from.tip]);
    expect(later.documents.map(({ state }) => state)).toEqual(['theirs']);
    expect(later.documents[0]!.synthetic.theirs).toBe(true);
  });

  test('an edit that is no JSON is refused in words', async () => {
    const at = await openOn('conflict');
    const open = await at.open('ours', 'theirs');
    const decision = decide(document(open), { take: 'edit', text: '{"half' });
    const asked = { source: at.source, merge: open.preview.merge };
    const refused = failure(await at.client.merge.plan({ ...asked, decisions: [decision] }));
    expect(refused.message).not.toBe('');
    const texts = value(await at.client.merge.texts({ ...asked, decision, limitBytes: LIMIT }));
    expect(texts.problem).not.toBeNull();
  });
});

describe('the four texts', () => {
  test('have each unit at its lines, and the origin of every line of the result', async () => {
    const at = await openOn('conflict');
    const open = await at.open('ours', 'theirs');
    const of = document(open);
    const ask = async (decision: DocumentDecision, limitBytes = LIMIT) =>
      value(
        await at.client.merge.texts({ source: at.source, merge: open.preview.merge, decision, limitBytes }),
      );
    const untouched = await ask({ document: of.id, whole: null, reopened: false, choices: [] });
    expect(untouched.open).toBe(open.preview.conflicts);
    expect(untouched.synthetic).toBe(true);
    const lines = untouched.result.text.split('\n');
    expect(untouched.origins).toHaveLength(lines.length);
    const title = of.units.find(({ path }) => path === '/title')!;
    const place = untouched.result.places.find(({ unit }) => unit === title.id)!;
    expect(lines[place.from]).toMatch(/^ {2}"title": /);
    expect(untouched.origins[place.from]).toBe('open');

    const whole = await ask(decide(of, { take: 'ours' }, 'theirs'));
    expect(whole).toMatchObject({ open: 0, synthetic: false, problem: null });
    expect(whole.result.text).toBe(whole.theirs!.text);
    expect(new Set(whole.origins)).toEqual(new Set(['theirs']));

    const reopened = await ask({ document: of.id, whole: null, reopened: true, choices: [] });
    expect(reopened.open).toBe(of.units.length);

    const short = await ask({ document: of.id, whole: null, reopened: false, choices: [] }, 60);
    expect(short.result.cut).toBe(true);
    expect(Buffer.byteLength(short.result.text)).toBeLessThanOrEqual(60);
    expect(short.origins).toHaveLength(short.result.text.split('\n').length);
    expect(short.result.places.every(({ from }) => from < short.origins.length)).toBe(true);
  });

  test('of a document that one side changed are there too, and can be overruled', async () => {
    const at = await openOn('conflict');
    const hashes = [value(await at.client.vek.overview({ source: at.source })).branches[0]!.hash];
    addCalls(
      at.folder,
      hashes,
      [{ tool: 'write_file', input: '{"path":"a.txt"}', output: '"new"', second: 0, after: 0 }],
      { extra: 1 },
    );
    const open = await at.open('clean-a', 'extra');
    const of = open.documents.find(({ tool }) => tool === 'write_file')!;
    expect(of).toMatchObject({ state: 'theirs', base: null, ours: null, title: 'a.txt' });
    const ask = { source: at.source, merge: open.preview.merge, limitBytes: LIMIT };
    const taken = value(
      await at.client.merge.texts({
        ...ask,
        decision: { document: of.id, whole: null, reopened: false, choices: [] },
      }),
    );
    expect(taken).toMatchObject({ base: null, ours: null, open: 0, synthetic: false });
    expect(taken.result.text).toBe('"new"');
    const out = value(
      await at.client.merge.texts({
        ...ask,
        decision: { document: of.id, whole: 'ours', reopened: false, choices: [] },
      }),
    );
    expect(out.result.text).toBe('');
  });

  test('of an analysis that is no longer kept are asked for again', async () => {
    const at = await openOn('conflict');
    const decision = { document: 'x', whole: null, reopened: false, choices: [] };
    const asked = { source: at.source, decision, limitBytes: LIMIT };
    expect(failure(await at.client.merge.texts({ ...asked, merge: 'unknown' })).kind).toBe('not-found');
    const open = await at.open('ours', 'theirs');
    expect(failure(await at.client.merge.texts({ ...asked, merge: open.preview.merge })).message).toMatch(
      /no such document/,
    );
  });
});

describe('what can’t be merged says why', () => {
  test.each([
    ['ours', 'ours', 'bad-request', /into itself/],
    ['ours', 'nobody', 'not-found', /no branch or tag “nobody”/],
    ['nobody', 'ours', 'not-found', /“nobody” has no call yet/],
    ['tag/x', 'ours', 'refused', /not a branch/],
  ] as const)('%s and %s', async (into, from, kind, words) => {
    const at = await openOn('conflict');
    const refused = failure(await at.client.merge.preview({ source: at.source, into, from }));
    expect(refused.kind).toBe(kind);
    expect(refused.message).toMatch(words);
    expect(refused.hint).not.toBe('');
  });

  test('a branch that is behind is merged already', async () => {
    const at = await openOn('conflict');
    const preview = value(await at.client.merge.preview({ source: at.source, into: 'ours', from: 'main' }));
    expect(preview).toMatchObject({ already: true, conflicts: 0 });
    const plan = await at.client.merge.plan({ source: at.source, merge: preview.merge, decisions: [] });
    expect(failure(plan).kind).toBe('bad-request');
  });

  test('without HEAD there is no branch to merge into, unless one is named', async () => {
    const at = await openOn('corrupt-no-head');
    const { branches } = value(await at.client.vek.overview({ source: at.source }));
    const from = branches[0]!.name;
    const refused = failure(await at.client.merge.preview({ source: at.source, into: null, from }));
    expect(refused.message).toMatch(/HEAD is missing/);
  });
});

describe('a merge that is in progress', () => {
  const begun = { into: 'ours', from: 'theirs', progress: '{"my":"choices"}', settled: 2, open: 3 };

  test('is kept, listed, shown in the preview, and forgotten', async () => {
    const at = await openOn('conflict');
    const { source } = at;
    await at.open('ours', 'theirs');
    value(await at.client.merge.save({ source, ...begun }));
    await at.engine.heard((event) => event.type === 'merges-changed');
    const [listed] = value(await at.client.merge.list({ source }));
    expect(listed).toMatchObject({ into: 'ours', from: 'theirs', settled: 2, open: 3, moved: false });
    expect(listed!.savedMicros).toBeGreaterThan(1e15);
    const open = await at.open('ours', 'theirs');
    expect(open.progress).toBe(begun.progress);
    expect(open.preview.progress).toEqual({ settled: 2, open: 3 });
    expect((await at.open('theirs', 'ours')).progress).toBeNull();
    value(await at.client.merge.abandon({ source, into: 'ours', from: 'theirs' }));
    await at.engine.heard((event) => event.type === 'merges-changed');
    expect(value(await at.client.merge.list({ source }))).toEqual([]);
    expect((await at.open('ours', 'theirs')).progress).toBeNull();
  });

  test('is there after a restart, and says when a branch moved', async () => {
    const first = await openOn('conflict');
    value(await first.client.merge.save({ source: first.source, ...begun }));
    first.engine.close();
    const tips = ['14e619d2ac6001d0d6bca68bc49075ea56428a8cc4c0b210768b8e3cbf26f507'];
    addCalls(first.folder, tips, [{ tool: 'note', second: 0, after: 0 }], { theirs: 1 });
    const at = await openOn('conflict', first.engine.dataDir, first.folder);
    expect(value(await at.client.merge.list({ source: at.source }))).toMatchObject([{ moved: true }]);
    const open = await at.open('ours', 'theirs');
    expect(open.progress).toBe(begun.progress);
    expect(open.preview.from.tip).toBe(tips[1]);
    value(await at.client.merge.save({ source: at.source, ...begun }));
    expect(value(await at.client.merge.list({ source: at.source }))).toMatchObject([{ moved: false }]);
  });

  test('is finished by its commit, and back with its undo', async () => {
    const at = await openOn('conflict');
    const { source } = at;
    const open = await at.open('ours', 'theirs');
    value(await at.client.merge.save({ source, ...begun }));
    const decisions = [decide(document(open), { take: 'ours' })];
    const plan = value(await at.client.merge.plan({ source, merge: open.preview.merge, decisions }));
    const id = await at.apply(plan);
    expect(value(await at.client.merge.list({ source }))).toEqual([]);
    const undo = value(await at.client.operations.plan({ source, action: { kind: 'undo', operation: id } }));
    await at.apply(undo);
    expect(value(await at.client.merge.list({ source }))).toMatchObject([
      { into: 'ours', settled: 2, open: 3, moved: false },
    ]);
    expect((await at.open('ours', 'theirs')).progress).toBe(begun.progress);
  });
});

describe('what counts as one document', () => {
  test('is remembered by tool, names another analysis, and is forgotten again', async () => {
    const at = await openOn('conflict');
    const { source, client } = at;
    const before = (await at.open('ours', 'theirs')).preview;
    expect(before.rules.every(({ confirmed }) => confirmed)).toBe(true);
    value(await client.merge.rule({ source, tool: 'update_doc', rule: { by: 'call' } }));
    const after = await at.open('ours', 'theirs');
    expect(after.preview.merge).not.toBe(before.merge);
    expect(after.preview.conflicts).toBe(0);
    expect(after.preview.rules.find(({ tool }) => tool === 'update_doc')).toMatchObject({
      rule: { by: 'call' },
      reason: 'chosen',
      confirmed: true,
    });
    value(await client.merge.rule({ source, tool: 'update_doc', rule: null }));
    expect((await at.open('ours', 'theirs')).preview).toEqual(before);
  });
});
