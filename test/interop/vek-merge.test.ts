import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/json/canonical.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { recover } from '../../src/core/operations/recover.ts';
import { applyPlan } from '../../src/core/vek/apply.ts';
import { materialise } from '../../src/core/vek/materialise.ts';
import { lookAtVek } from '../../src/core/vek/store.ts';
import { crash, crashPlan, killCounts, killLog, mergeNames, twoAtATime } from '../support/crash.ts';
import { peerPython } from '../support/peers.ts';
import { mergeMicros, planned } from '../support/planned.ts';
import { randomBelow } from '../support/random.ts';
import { agrees, realTool, realToolSays, type ToolSaid, type ToolStep } from '../support/real-tool.ts';
import { act, chainOf, closeBench, openBench, placeOf, undo, value, type Bench } from '../support/writes.ts';

const python = peerPython();

const branchesOf = (bench: Bench): string[] =>
  Object.keys(placeOf(bench).refs).filter((name) => !/^(tag|checkpoint)\//.test(name));

describe.skipIf(python === null)('a merge without documents of its own', () => {
  it.each(['forked', 'conflict', 'detached-ref', 'linear', 'empty', 'legacy-v2'])(
    'gives the node of the Python tool, or is refused where that refuses: every pair in %s',
    (golden) => {
      const template = openBench(golden);
      const names = Object.keys(placeOf(template).refs);
      closeBench(template);
      const pairs = names.flatMap((from) =>
        names.filter((into) => !/^(tag|checkpoint)\//.test(into)).map((into) => [into, from] as const),
      );
      const ours = pairs.map(() => openBench(golden));
      const theirs = pairs.map(() => openBench(golden));
      const answers = realTool(
        pairs.map(([into, from], i) => ({
          root: theirs[i]!.root,
          micros: mergeMicros,
          steps: [{ do: 'merge', into, from }, { do: 'ask' }],
        })),
      );
      const outcomes = new Set<string>();
      for (const [i, [into, from]] of pairs.entries()) {
        const title = `${from} into ${into}`;
        const bench = ours[i]!;
        writeFileSync(bench.paths.head, `ref: ${into}\n`);
        const made = planned(bench.paths, { kind: 'merge', into, from, resolved: 0 }, bench.ctx);
        const [answer, said] = answers[i] as [unknown, ToolSaid];
        if (typeof answer !== 'string') {
          expect(made.ok, `${title}: ${JSON.stringify(answer)}`).toBe(false);
          outcomes.add('refused');
          continue;
        }
        const { plan, contents } = value(made);
        expect(plan.refs, title).toEqual([
          { name: into, before: expect.any(String) as string, after: answer },
        ]);
        value(applyPlan(bench.paths, plan, bench.ctx, contents));
        const mine = placeOf(bench);
        const real = placeOf(theirs[i]!);
        expect(mine, title).toEqual(real);
        agrees(said, bench, title);
        outcomes.add('merged');
      }
      for (const bench of [...ours, ...theirs]) closeBench(bench);
      if (golden === 'forked') expect([...outcomes].toSorted()).toEqual(['merged', 'refused']);
    },
  );
});

describe.skipIf(python === null)('the Python tool after a merge of ours', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench('conflict');
  });
  afterEach(() => closeBench(bench));

  const merged = (into: string, from: string, resolved: number) =>
    act(bench, { kind: 'merge', into, from, resolved });

  it('finds it clean, reads its documents, and goes on recording after it', () => {
    merged('ours', 'theirs', 9);
    const [said, stored, after] = realTool([
      {
        root: bench.root,
        steps: [
          { do: 'ask', show: ['ours'] },
          { do: 'store', tool: 'after', input: { q: 1 }, output: 2 },
          { do: 'ask', show: ['ours'] },
        ],
      },
    ])[0] as [ToolSaid, string, ToolSaid];
    const tip = said.logs['ours']![0]!;
    expect(said.fsck).toEqual([]);
    const mine = value(value(lookAtVek(bench.paths, (s) => materialise(s, tip))));
    const shown = said.show!['ours']!;
    expect({ ...shown, input: '', output: '' }).toEqual({ ...mine.record, input: '', output: '' });
    for (const part of ['input', 'output'] as const) {
      const theirs = parseJson(shown[part]);
      expect(theirs.ok && canonicalText(theirs.node)).toEqual(canonicalText(mine[part]));
    }
    expect(said.replay!['ours']).toEqual(said.logs['ours']!.toReversed());
    expect(after.show!['ours']).toMatchObject({ hash: stored, parent_hash: tip, merge_parent: null });
    agrees(after, bench, 'after recording');
  });

  it('keeps what it names through a gc', () => {
    merged('ours', 'theirs', 9);
    const before = placeOf(bench);
    const [collected, said] = realTool([
      { root: bench.root, steps: [{ do: 'gc' }, { do: 'ask', show: ['ours'] }] },
    ])[0] as [{ deleted: boolean }, ToolSaid];
    expect(collected).toMatchObject({ unreachable_nodes: [], orphan_objects: [] });
    expect(placeOf(bench)).toEqual(before);
    expect(said.show!['ours']!.output).toContain('"resolved"');
  });

  it('sees a merge undone, collected, and done again', () => {
    const before = placeOf(bench);
    const done = merged('main', 'theirs', 3);
    const after = placeOf(bench);
    const undone = undo(bench, done);
    agrees(realToolSays(bench.root), bench, 'undone');
    const [collected] = realTool([{ root: bench.root, steps: [{ do: 'gc' }] }])[0] as [
      { unreachable_nodes: string[]; orphan_objects: string[] },
    ];
    expect(collected.unreachable_nodes).toEqual([after.refs['main']]);
    expect(collected.orphan_objects).toHaveLength(2);
    expect(placeOf(bench)).toEqual(before);
    undo(bench, undone);
    expect(placeOf(bench)).toEqual(after);
    agrees(realToolSays(bench.root), bench, 'done again');
  });

  it('merges on, and we after it, again and again', () => {
    const seed = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    process.stdout.write(`seed of the merges by turns: ${seed}\n`);
    const random = randomBelow(seed);
    const names = branchesOf(bench);
    let merges = 0;
    for (let round = 0; round < 14; round++) {
      const into = names[random(names.length)]!;
      const from = names[random(names.length)]!;
      if (round % 2 === 0) {
        const made = planned(
          bench.paths,
          { kind: 'merge', into, from, resolved: random(4) },
          {
            ...bench.ctx,
            nowMicros: () => mergeMicros + round,
          },
        );
        if (!made.ok) expect(made.error.kind).toBe('bad-request');
        else {
          value(applyPlan(bench.paths, made.value.plan, bench.ctx, made.value.contents));
          merges++;
        }
      } else {
        const steps: ToolStep[] = [
          { do: 'merge', into, from },
          { do: 'store', branch: from, tool: 'turn', input: { round }, output: [round, 1.5] },
        ];
        realTool([{ root: bench.root, steps }]);
      }
      agrees(realToolSays(bench.root), bench, `round ${round}`);
    }
    expect(merges).toBeGreaterThan(2);
    for (const name of names) expect(chainOf(bench, name)).toEqual(realToolSays(bench.root).logs[name]);
  });
});

describe.skipIf(python === null)('the Python tool after a merge was killed', () => {
  const log = killLog();

  it('finds the store clean before and after recovery, and goes on', { timeout: 600_000 }, async () => {
    const plans = crashPlan(4, mergeNames);
    const crashes = await twoAtATime(plans, (at) => crash('forked', at, log));
    for (const { release } of crashes) release();
    const before = realTool(crashes.map(({ bench }) => ({ root: bench.root, steps: [{ do: 'ask' }] })));
    for (const [i, { title }] of crashes.entries()) {
      expect((before[i]![0] as ToolSaid).fsck, title).toEqual([]);
    }
    for (const { bench } of crashes) recover(bench.paths, bench.ctx);
    for (const { bench, title, expected } of crashes) expect(placeOf(bench), title).toEqual(expected);
    const after = realTool(
      crashes.map(({ bench }) => ({
        root: bench.root,
        steps: [
          { do: 'ask' },
          { do: 'store', tool: 'after', input: {}, output: null },
          { do: 'gc' },
          { do: 'ask' },
        ],
      })),
    );
    for (const [i, { title, bench, expected }] of crashes.entries()) {
      const [said, stored, , end] = after[i] as [ToolSaid, string, unknown, ToolSaid];
      expect(Object.fromEntries(said.branches), title).toEqual(
        Object.fromEntries(
          Object.entries(expected.refs).filter(([name]) => !/^(tag|checkpoint)\//.test(name)),
        ),
      );
      expect(end.status.tip, title).toBe(stored);
      agrees(end, bench, title);
      closeBench(bench);
    }
    const counts = [...killCounts(log)].map(([point, count]) => `${point} ${count}`);
    process.stdout.write(`merges killed at: ${counts.join(', ')}\n`);
    expect(killCounts(log).get('node-written')).toBeGreaterThanOrEqual(4);
  });
});
