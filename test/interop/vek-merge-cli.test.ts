import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { field, itemsOf, textOf } from '../../src/core/json/build.ts';
import { canonicalText } from '../../src/core/json/canonical.ts';
import { get } from '../../src/core/json/pointer.ts';
import { stringifyJson } from '../../src/core/json/pretty.ts';
import type { JsonNode } from '../../src/core/json/tree.ts';
import { materialise } from '../../src/core/vek/materialise.ts';
import { readRules } from '../../src/core/vek/merge-kept.ts';
import { repositoryAt } from '../../src/core/vek/paths.ts';
import { lookAtVek } from '../../src/core/vek/store.ts';
import { errorOf, jsonOut, runCommand, runHere, type Ran } from '../support/cli.ts';
import { folderState } from '../support/folder-state.ts';
import { goldenCases } from '../support/goldens.ts';
import { peerPython, projectRoot } from '../support/peers.ts';
import { randomBelow } from '../support/random.ts';
import { agrees, realTool, realToolSays, type ToolStep } from '../support/real-tool.ts';
import { chainOf, closeBench, openBench, outside, placeOf, value, type Bench } from '../support/writes.ts';

const python = peerPython();

let bench: Bench;
const files = mkdtempSync(join(tmpdir(), 'vekscope-merge-cli-'));
let dataBefore: string | undefined;
const open = (golden: string): void => {
  bench = openBench(golden);
  process.env['VEKSCOPE_DATA'] = bench.ctx.dataDir;
};
beforeEach(() => {
  dataBefore = process.env['VEKSCOPE_DATA'];
  open('conflict');
});
afterEach(() => {
  closeBench(bench);
  process.env['VEKSCOPE_DATA'] = dataBefore;
});

const merge = (...args: string[]): Promise<Ran> => runHere('merge', ...args, '--repo', bench.root);
const json = async (...args: string[]): Promise<{ ran: Ran; node: JsonNode }> => {
  const ran = await merge(...args, '--json');
  return { ran, node: jsonOut(ran) };
};
const text = (node: JsonNode, pointer: string): string => {
  const found = get(node, pointer);
  return found === undefined ? 'nothing' : stringifyJson(found);
};
const written = (content: string): string => {
  const path = join(files, `${Math.random()}.json`);
  writeFileSync(path, content);
  return path;
};
const switchTo = (branch: string): void => writeFileSync(bench.paths.head, `ref: ${branch}\n`);
/** The output of the tip of a branch. */
const outputOf = (branch: string): JsonNode => {
  const tip = placeOf(bench).refs[branch]!;
  return value(value(lookAtVek(bench.paths, (s) => materialise(s, tip)))).output;
};
const conflictsOf = (node: JsonNode): JsonNode[] =>
  itemsOf(field(node, 'documents')).flatMap((document) => itemsOf(field(document, 'conflicts')));
const pathsOf = (nodes: readonly JsonNode[]): string[] => nodes.map((one) => textOf(field(one, 'path'))!);

const certain = ['/title', '/budget/total', '/obsolete', '/added_both_diff'];

describe('a preview', () => {
  it('shows the conflicts of the golden with their values under the names of branches, and writes nothing', async () => {
    const before = folderState(bench.root);
    const { ran, node } = await json('theirs', '--preview');
    expect(ran.code).toBe(1);
    expect(text(node, '/verdict')).toBe('"conflicts"');
    expect(text(node, '/into/branch')).toBe('"ours"');
    expect(text(node, '/from/branch')).toBe('"theirs"');
    expect(text(node, '/bases')).toBe(`["${placeOf(bench).refs['main']}"]`);
    expect(text(node, '/writes')).toBe('null');
    const conflicts = conflictsOf(node);
    const sure = pathsOf(conflicts).filter((path) => !/^\/(stops|notes)/.test(path));
    expect(sure.toSorted()).toEqual(certain.toSorted());
    const title = conflicts.find((one) => textOf(field(one, 'path')) === '/title')!;
    expect(itemsOf(field(title, 'values'))).toEqual([]);
    expect(get(title, '/values/ours')).toBeDefined();
    expect(get(title, '/values/theirs')).toBeDefined();
    expect(get(title, '/base')).toBeDefined();
    const obsolete = conflicts.find((one) => textOf(field(one, 'path')) === '/obsolete')!;
    const sides = ['ours', 'theirs'].map((name) => get(obsolete, `/values/${name}`) !== undefined);
    expect(sides.toSorted()).toEqual([false, true]);
    const ints = conflicts.find((one) => textOf(field(one, 'path')) === '/budget/total')!;
    expect(stringifyJson(ints)).toMatch(/"values":\{"ours":[\d.]+,"theirs":[\d.]+\}/);
    expect(folderState(bench.root)).toEqual(before);
  });

  it('in words names the branches, the paths and what to do', async () => {
    const { code, out } = await merge('theirs', '--preview');
    expect(code).toBe(1);
    for (const path of certain) expect(out).toContain(path);
    expect(out).toContain('Merging “theirs” into “ours”');
    expect(out).toContain('vekscope merge theirs --take ours');
    expect(out).toContain('vekscope merge theirs --resolutions FILE');
  });

  it('that is clean says exactly what would be written', async () => {
    switchTo('clean-a');
    const before = folderState(bench.root);
    const { ran, node } = await json('clean-b', '--preview');
    expect(ran.code).toBe(0);
    expect(text(node, '/verdict')).toBe('"clean"');
    expect(conflictsOf(node)).toEqual([]);
    expect(text(node, '/writes/node/tool')).toBe('"__merge__"');
    expect(text(node, '/writes/node/parent_hash')).toBe(`"${placeOf(bench).refs['clean-a']}"`);
    expect(text(node, '/writes/refs/0/name')).toBe('"clean-a"');
    expect(folderState(bench.root)).toEqual(before);
    expect((await merge('clean-b', '--preview')).out).toContain('Would be written');
  });

  it('of a branch that is merged already says so', async () => {
    const { ran, node } = await json('main', '--preview');
    expect([ran.code, text(node, '/verdict')]).toEqual([0, '"already"']);
    const refused = await merge('main', '--json');
    expect([refused.code, errorOf(refused).message]).toEqual([2, '“ours” has everything of “main” already.']);
  });

  it.each<[string, () => void]>([
    ['a session records', () => writeFileSync(bench.paths.headLock, '1741078800.123')],
    ['no call can be added', () => outside(bench, 'ALTER TABLE nodes ADD COLUMN note TEXT')],
  ])('says what stands in the way where %s', async (_name, happens) => {
    switchTo('clean-a');
    happens();
    const before = folderState(bench.root);
    const { ran, node } = await json('clean-b', '--preview');
    expect([ran.code, text(node, '/verdict'), text(node, '/writes')]).toEqual([1, '"impossible"', 'null']);
    expect((await merge('clean-b', '--preview')).out).toContain('can’t be written');
    const refused = await merge('clean-b', '--json');
    expect(refused.code).toBe(2);
    expect(text(node, '/blocked/message')).toBe(JSON.stringify(errorOf(refused).message));
    expect(folderState(bench.root)).toEqual(before);
  });
});

describe('a merge', () => {
  it('is not written while conflicts are left', async () => {
    const before = placeOf(bench);
    const { ran, node } = await json('theirs');
    expect([ran.code, text(node, '/verdict')]).toEqual([1, '"conflicts"']);
    const words = await merge('theirs');
    expect(words.code).toBe(1);
    expect(words.out).toContain('Nothing was written');
    expect(words.out).toContain('/title');
    expect(placeOf(bench)).toEqual(before);
  });

  it('takes one branch for every conflict, and the rest as it merges', async () => {
    for (const [branch, title] of [
      ['theirs', '/title'],
      ['ours', '/title'],
    ] as const) {
      closeBench(bench);
      open('conflict');
      const expected = text(outputOf(branch), title);
      const { ran, node } = await json('theirs', '--take', branch);
      expect(ran.code).toBe(0);
      const output = outputOf('ours');
      const [one] = itemsOf(field(output, 'resolved'));
      expect(text(one!, '/how')).toBe('"merged"');
      expect(text(one!, '/output/title')).toBe(expected);
      expect(text(one!, '/output/added_ours')).not.toBe('nothing');
      expect(text(one!, '/output/added_theirs')).not.toBe('nothing');
      expect(text(node, '/merged')).toBe(`"${placeOf(bench).refs['ours']}"`);
      if (python !== null) agrees(realToolSays(bench.root), bench, branch);
    }
  });

  it('without a conflict gives both changes; the next merge begins from it', async () => {
    switchTo('clean-a');
    const { ran } = await json('clean-b');
    expect(ran.code).toBe(0);
    const merged = placeOf(bench).refs['clean-a']!;
    const back = await json('clean-b', '--preview');
    expect(text(back.node, '/verdict')).toBe('"already"');
    switchTo('clean-b');
    const again = await json('clean-a', '--preview');
    expect(text(again.node, '/bases')).toBe(`["${placeOf(bench).refs['clean-b']}"]`);
    expect(conflictsOf(again.node)).toEqual([]);
    expect(text(again.node, '/verdict')).toBe('"clean"');
    expect((await merge('clean-a')).code).toBe(0);
    expect(chainOf(bench, 'clean-b')).toHaveLength(4);
    expect(placeOf(bench).refs['clean-a']).toBe(merged);
  });

  it('goes back by undo', async () => {
    const before = placeOf(bench);
    expect((await merge('theirs', '--take', 'theirs')).code).toBe(0);
    expect((await runHere('undo', '--repo', bench.root)).out).toContain('Undo: Merge “theirs” into “ours”');
    expect(placeOf(bench).refs).toEqual(before.refs);
  });

  it('is settled by a file made of the preview', async () => {
    const { ran: printed } = await json('theirs', '--preview');
    const first = written(printed.out.replaceAll('"open":true', '"open":true,"take":"theirs"'));
    const clean = await json('theirs', '--preview', '--resolutions', first);
    expect([clean.ran.code, text(clean.node, '/verdict')]).toEqual([0, '"clean"']);
    expect((await merge('theirs', '--resolutions', first)).code).toBe(0);
    const late = await merge('theirs', '--resolutions', first, '--json');
    expect(errorOf(late).message).toMatch(/already|when the file was made/);
  });

  it('is settled by hand, values exactly as they were typed', async () => {
    const { node } = await json('theirs', '--preview');
    const [document] = itemsOf(field(node, 'documents'));
    const name = `"tool":${text(document!, '/tool')},"identity":${text(document!, '/identity')}`;
    const places = conflictsOf(node);
    const entry = (one: JsonNode): string => {
      const id = text(one, '/id');
      if (textOf(field(one, 'path')) === '/title')
        return `{"path":"/title","take":"value","value":{"z":1.50,"a":[1e3]}}`;
      if (textOf(field(one, 'path')) === '/obsolete') return '{"path":"/obsolete","take":"nothing"}';
      return `{"id":${id},"take":"base"}`;
    };
    const file = (list: readonly string[]): string =>
      written(`{"documents":[{${name},"conflicts":[${list.join(',')}]}]}`);
    const left = await json('theirs', '--resolutions', file(places.slice(1).map(entry)));
    expect(left.ran.code).toBe(1);
    expect(pathsOf(conflictsOf(left.node).filter((one) => text(one, '/open') === 'true'))).toEqual([
      textOf(field(places[0]!, 'path')),
    ]);
    const wrong = await merge(
      'theirs',
      '--resolutions',
      file(['{"path":"/nowhere","take":"ours"}']),
      '--json',
    );
    expect(errorOf(wrong).message).toMatch(/no change at “\/nowhere”/);
    const done = await json('theirs', '--resolutions', file(places.map(entry)));
    expect(done.ran.code).toBe(0);
    const [resolved] = itemsOf(field(outputOf('ours'), 'resolved'));
    expect(text(resolved!, '/how')).toBe('"edited"');
    const title = canonicalText(get(resolved!, '/output/title')!);
    expect(title).toEqual({ ok: true, text: '{"a":[1000.0],"z":1.5}' });
    expect(text(resolved!, '/output/obsolete')).toBe('nothing');
  });
});

describe('bad use', () => {
  it.each<[string[], string]>([
    [['nowhere'], 'There is no branch or tag “nowhere”'],
    [['theirs', '--take', 'nobody'], 'neither of the two branches'],
    [['theirs', '--take', 'ours', '--resolutions', 'x'], 'exclude each other'],
    [['theirs', '--documents', 'update_doc'], '--documents takes TOOL=RULE'],
    [['theirs', '--documents', 'no such tool=call'], '“no such tool” is no tool that both branches called'],
    [['theirs', '--resolutions', '/no/such/file'], '/no/such/file'],
    [['theirs', 'more'], 'one argument too many'],
    [['theirs', '--force'], '--force'],
    [['ours'], 'can’t be merged into itself'],
    [
      ['theirs', '--resolutions', written('{"documents":[{"tool":"x","identity":1,"take":"ours"}]}')],
      'No document of “x”',
    ],
  ])('%s is said in words, with exit code 2', async (args, words) => {
    const before = folderState(bench.root);
    const ran = await merge(...args, '--json');
    expect(ran.code).toBe(2);
    expect(errorOf(ran).message).toContain(words);
    expect(folderState(bench.root)).toEqual(before);
  });

  it('without a branch to merge into is said', async () => {
    switchTo('unborn');
    expect(errorOf(await merge('theirs', '--json')).message).toContain('“unborn” has no call yet');
    writeFileSync(bench.paths.head, 'ref: tag/x\n');
    expect(errorOf(await merge('theirs', '--json')).message).toContain('not a branch');
  });

  it('--help tells the form of the file', async () => {
    const { out, code } = await runHere('merge', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--resolutions FILE');
    expect(out).toContain('"take": "value", "value": 12.50');
  });
});

/** Two branches that called tools of which nothing says what a document is. */
function assumedScene(): void {
  const tip = placeOf(bench).refs['main']!;
  const calls = (branch: string, other: string): ToolStep[] => [
    { do: 'fork', at: tip, name: branch },
    { do: 'store', tool: 'ponder', input: { about: other, n: 1 }, output: { thought: other, both: branch } },
  ];
  realTool([
    { root: bench.root, steps: [...calls('p', 'x'), ...calls('q', 'y'), { do: 'switch', name: 'p' }] },
  ]);
}

describe.skipIf(python === null)('assumptions about documents', () => {
  it('are named, written never before they are confirmed, and remembered', async () => {
    assumedScene();
    const first = await json('q', '--preview');
    expect([first.ran.code, text(first.node, '/verdict')]).toEqual([1, '"assumptions"']);
    expect(text(first.node, '/rules/0/tool')).toBe('"ponder"');
    expect(text(first.node, '/rules/0/confirmed')).toBe('false');
    const before = placeOf(bench);
    const words = await merge('q');
    expect(words.code).toBe(1);
    expect(words.out).toContain('--documents ponder=call');
    expect(words.out).toContain('--documents ponder=/about');
    expect((await merge('q', '--take', 'p')).code).toBe(1);
    expect(placeOf(bench)).toEqual(before);
    const tried = await merge('q', '--preview', '--documents', 'ponder=tool');
    expect([tried.code, tried.err]).toEqual([1, expect.stringContaining('remembers no --documents')]);
    const place = { paths: bench.paths, dataDir: bench.ctx.dataDir };
    expect(value(readRules(place)).rules.size).toBe(0);
    const left = await merge('q', '--documents', 'ponder=tool');
    expect(left.code).toBe(1);
    expect(left.err).toContain('Remembered for this repository: all calls of “ponder” are one document');
    expect(value(readRules(place)).rules).toEqual(new Map([['ponder', { by: 'tool' }]]));
    const now = await json('q', '--preview');
    expect(text(now.node, '/rules/0/rule')).toBe('"tool"');
    expect(text(now.node, '/verdict')).toBe('"conflicts"');
    const done = await merge('q', '--documents', 'ponder=call');
    expect(done.code).toBe(0);
    agrees(realToolSays(bench.root), bench, 'after confirming');
    expect(value(readRules(place)).rules.get('ponder')).toEqual({ by: 'call' });
  });

  it('are confirmed in a file too, and only where it says so', async () => {
    assumedScene();
    const { ran: printed } = await json('q', '--preview');
    expect((await merge('q', '--resolutions', written(printed.out))).code).toBe(1);
    const confirmed = written(printed.out.replace('"confirmed":false', '"confirmed":true'));
    const done = await merge('q', '--resolutions', confirmed);
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining('Remembered') as string });
    agrees(realToolSays(bench.root), bench, 'after a file');
  });
});

describe.skipIf(python === null)('a random repository', () => {
  const seeds = [0, 1].map(
    (i) => Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31)) + i,
  );

  it.each(seeds)('merged by us again and again is clean for the real tool (seed %i)', async (seed) => {
    process.stdout.write(`seed of the merged repository: ${seed}\n`);
    const root = mkdtempSync(join(tmpdir(), 'vekscope-merged-'));
    const script = join(projectRoot, 'test', 'support', 'random_vek.py');
    execFileSync(python!, [script, root, String(seed), '70'], { maxBuffer: 2 ** 28, stdio: 'pipe' });
    closeBench(bench);
    bench = {
      root,
      paths: repositoryAt(root)!,
      ctx: { dataDir: mkdtempSync(join(tmpdir(), 'vekscope-data-')) },
    };
    process.env['VEKSCOPE_DATA'] = bench.ctx.dataDir;
    const random = randomBelow(seed);
    const counts = new Map<string, number>();
    const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
    for (let round = 0; round < 12; round++) {
      const names = Object.keys(placeOf(bench).refs);
      const branches = names.filter((name) => !/^(tag|checkpoint)\//.test(name));
      const [into, from] = [branches[random(branches.length)]!, names[random(names.length)]!];
      switchTo(into);
      const before = placeOf(bench);
      const preview = await merge(from, '--preview', '--json');
      if (preview.code === 2) {
        expect(errorOf(preview).message).toContain('itself');
        continue;
      }
      const node = jsonOut(preview);
      expect(placeOf(bench)).toEqual(before);
      if (text(node, '/verdict') === '"already"') {
        expect((await merge(from, '--json')).code).toBe(2);
        continue;
      }
      const rules = itemsOf(field(node, 'rules')).flatMap((rule) =>
        text(rule, '/confirmed') === 'true'
          ? []
          : ['--documents', `${textOf(field(rule, 'tool'))}=${['call', 'tool', 'input'][random(3)]}`],
      );
      const done = await merge(from, ...rules, '--take', random(2) === 0 ? into : from, '--json');
      expect(done, `${from} into ${into}`).toMatchObject({ code: 0 });
      count(text(node, '/verdict'));
      if (placeOf(bench).refs[into] === before.refs[into]) throw new Error('nothing was written');
      if (random(3) === 0) {
        expect((await runHere('undo', '--repo', root)).code).toBe(0);
        expect(placeOf(bench).refs).toEqual(before.refs);
        count('undone');
      }
      if (random(2) === 0) {
        const output = { round, list: [round, 1.5, 'é'] };
        realTool([
          { root, steps: [{ do: 'store', branch: into, tool: 'shell', input: { command: 'x' }, output }] },
        ]);
      }
      const said = realToolSays(root, branches);
      agrees(said, bench, `round ${round}`);
      for (const name of branches) expect(said.logs[name], name).toEqual(chainOf(bench, name));
    }
    process.stdout.write(`merged: ${[...counts].map(([what, n]) => `${what} ${n}`).join(', ')}\n`);
    expect([...counts.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    const fsck = await runHere('fsck', '--repo', root);
    expect(fsck).toMatchObject({ code: 0 });
  });
});

const edit = (key: string, change: unknown): void =>
  void realTool([
    {
      root: bench.root,
      steps: [
        { do: 'edit', branch: 'theirs', key, value: change },
        { do: 'switch', name: 'ours' },
      ],
    },
  ]);

describe.skipIf(python === null)('merging the same branch again', () => {
  it('begins from what was merged: settled conflicts do not come back, new ones do', async () => {
    const old = placeOf(bench).refs['theirs']!;
    const title = text(outputOf('ours'), '/title');
    expect((await merge('theirs', '--take', 'ours')).code).toBe(0);
    edit('days', 99);
    const clean = await json('theirs', '--preview');
    expect(text(clean.node, '/bases')).toBe(`["${old}"]`);
    expect([clean.ran.code, pathsOf(conflictsOf(clean.node))]).toEqual([0, []]);
    expect((await merge('theirs')).code).toBe(0);
    const [resolved] = itemsOf(field(outputOf('ours'), 'resolved'));
    expect([text(resolved!, '/output/title'), text(resolved!, '/output/days')]).toEqual([title, '99']);
    edit('title', 'Another plan');
    const again = await json('theirs', '--preview');
    expect(pathsOf(conflictsOf(again.node))).toEqual(['/title']);
    const [conflict] = conflictsOf(again.node);
    expect(text(conflict!, '/values/ours')).toBe(title);
    expect(text(conflict!, '/values/theirs')).toBe('"Another plan"');
    expect((await merge('theirs', '--take', 'theirs')).code).toBe(0);
    expect(text(outputOf('ours'), '/resolved/0/output/title')).toBe('"Another plan"');
    agrees(realToolSays(bench.root), bench, 'three merges');
  });

  it('begins from the old place after an undo', async () => {
    const before = await json('theirs', '--preview');
    expect((await merge('theirs', '--take', 'theirs')).code).toBe(0);
    expect((await runHere('undo', '--repo', bench.root)).code).toBe(0);
    const after = await json('theirs', '--preview');
    expect(stringifyJson(after.node)).toBe(stringifyJson(before.node));
  });
});

describe.skipIf(python === null)('a criss-cross', () => {
  it('merges its bases first, and says where they disagree', async () => {
    realTool([
      { root: bench.root, steps: [{ do: 'fork', at: placeOf(bench).refs['theirs']!, name: 'there' }] },
    ]);
    expect((await merge('ours', '--take', 'there')).code).toBe(0);
    switchTo('ours');
    expect((await merge('theirs', '--take', 'ours')).out).toContain('conflicts settled');
    const { node } = await json('there', '--preview');
    expect(itemsOf(field(node, 'bases'))).toHaveLength(2);
    const conflicts = conflictsOf(node);
    expect(pathsOf(conflicts).toSorted()).toEqual(certain.toSorted());
    for (const one of conflicts) {
      expect(text(one, '/base_disputed')).toBe('true');
      expect(get(one, '/base')).toBeUndefined();
    }
    expect((await merge('there', '--preview')).out).toContain('(the bases disagree)');
    const [document] = itemsOf(field(node, 'documents'));
    const name = `"tool":${text(document!, '/tool')},"identity":${text(document!, '/identity')}`;
    const base = written(`{"documents":[{${name},"conflicts":[{"path":"/title","take":"base"}]}]}`);
    const refused = await merge('there', '--resolutions', base, '--json');
    expect(errorOf(refused).message).toContain('The bases disagree here');
    expect((await merge('there', '--take', 'there')).code).toBe(0);
    agrees(realToolSays(bench.root), bench, 'a criss-cross');
  });
});

describe('every golden', () => {
  it.each(goldenCases())('%s: previews change nothing; a merge adds no damage', async (golden) => {
    closeBench(bench);
    open(golden);
    const places = lookAtVek(bench.paths, (s) => s.refs().map(({ name }) => name));
    const names = places.ok ? places.value : ['main'];
    const before = folderState(bench.root);
    const merges: [string, string][] = [];
    for (const into of names.filter((name) => !/^(tag|checkpoint)\//.test(name))) {
      if (golden !== 'corrupt-no-head') switchTo(into);
      const here = folderState(bench.root);
      for (const from of names) {
        const ran = await merge(from, '--preview', '--json');
        const title = `${from} into ${into}`;
        expect([0, 1, 2], title).toContain(ran.code);
        expect(ran.code === 2, title).toBe(get(jsonOut(ran), '/error') !== undefined);
        if (ran.code !== 2 && text(jsonOut(ran), '/verdict') !== '"already"') merges.push([into, from]);
        expect((await merge(from, '--preview')).code, title).toBe(ran.code);
      }
      expect(folderState(bench.root)).toEqual(here);
    }
    expect(Object.keys(folderState(bench.root))).toEqual(Object.keys(before));
    const damage = async (): Promise<string[]> => {
      const problems = itemsOf(
        get(jsonOut(await runHere('fsck', '--repo', bench.root, '--json')), '/problems'),
      );
      return problems.map((one) => text(one, '/message')).toSorted();
    };
    const known = await damage();
    for (const [into, from] of merges.slice(0, 12)) {
      switchTo(into);
      const ran = await merge(from, '--take', from, '--json');
      if (ran.code === 2) expect(['refused', 'bad-request', 'damaged']).toContain(errorOf(ran).kind);
      expect(await damage()).toEqual(known);
    }
  });
});

describe('the command in a process of its own', () => {
  it('merges, and says on one line where', async () => {
    switchTo('clean-a');
    const ran = await runCommand(['merge', 'clean-b'], {
      cwd: bench.root,
      env: { VEKSCOPE_DATA: bench.ctx.dataDir },
    });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain(
      `Merged “clean-b” into “clean-a”: ${placeOf(bench).refs['clean-a']!.slice(0, 10)}`,
    );
  });

  it('lets no control character of a store reach the terminal', async () => {
    outside(bench, 'UPDATE refs SET name = ? WHERE name = ?', 'evil\u001b[31m\u202e', 'theirs');
    const ran = await merge('evil\u001b[31m\u202e', '--preview');
    expect(ran.out).toContain(String.raw`\u001b`);
    // oxlint-disable-next-line no-control-regex -- looking for them is the test
    expect(ran.out + ran.err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
