import { afterEach, describe, expect, it } from 'vitest';
import type { RunTree } from '../../../contract/records.ts';
import { recordScene, type RecordScene } from '../../../../test/support/record-scene.ts';
import { recordDetail } from './detail.ts';
import type { RecordStore } from './open.ts';
import { runTree } from './tree.ts';
import { topRows } from './window.ts';

const log = 'log/2026-06/2026-06-01.jsonl';
let scene: RecordScene;
afterEach(() => scene.remove());

type Short = [string, ...Short[]];
const short = ({ by, row, costMicros, children }: RunTree): Short => [
  `${by} ${row.agent} ${row.trigger ?? ''} ${row.runId ?? ''} ${costMicros}`,
  ...children.map(short),
];

async function open(logs: Record<string, readonly Record<string, unknown>[]>): Promise<RecordStore> {
  scene = recordScene(Object.keys(logs));
  let second = 0;
  for (const [agent, records] of Object.entries(logs)) {
    const text = records.map((record) => {
      const ts = `2026-06-01T10:00:${String(second++ % 60).padStart(2, '0')}Z`;
      return `${JSON.stringify({ ts, ...record })}\n`;
    });
    scene.write(agent, log, text.join(''));
  }
  return scene.open();
}

function treeOf(store: RecordStore, query: string): RunTree {
  const tree = runTree(store, topRows(store, query, 'oldest', 1)[0]!.id);
  if (!tree.ok) throw new Error(tree.error.message);
  return tree.value;
}

describe('a tree of runs', () => {
  const family = {
    alpha: [
      { run_id: 'p', parent_run_id: 'p', trigger: 'tool_call', tool_name: 't' },
      { run_id: 'p', parent_run_id: 'p', trigger: 'helper', cost_usd: 0.01 },
      {
        run_id: 'p',
        parent_run_id: 'p',
        trigger: 'delegate',
        delegated_agent: 'beta',
        delegate_run_id: 'd',
        cost_usd: 0.2,
      },
      { run_id: 'p', trigger: 'cron', cost_usd: 1 },
      { run_id: 'other', trigger: 'cron', cost_usd: 9 },
    ],
    beta: [
      { run_id: 'd', parent_run_id: 'd', trigger: 'helper', cost_usd: 0.03 },
      { run_id: 'd', trigger: 'delegate', cost_usd: 0.2 },
      { run_id: 'p', trigger: 'cron', cost_usd: 5 },
    ],
  };

  it('is the same from each of its records, with delegated spending once', async () => {
    const store = await open(family);
    const wanted = [
      'root alpha cron p 1240000',
      ['child alpha tool_call p 0'],
      ['child alpha helper p 10000'],
      ['child alpha delegate p 230000', ['delegated beta delegate d 230000', ['child beta helper d 30000']]],
    ];
    for (const query of [
      'run:p agent:alpha',
      'is:tool',
      'is:helper agent:alpha',
      'is:mirror',
      'is:helper agent:beta',
      'is:delegated',
    ])
      expect(short(treeOf(store, query))).toEqual(wanted);
    expect(short(treeOf(store, 'run:p agent:beta'))).toEqual(['root beta cron p 5000000']);
    expect(topRows(store, 'agent:alpha run:p is:primary', 'oldest', 1)[0]!.children).toBe(3);
  });

  it('counts a mirror where the line of its target is missing', async () => {
    const store = await open({ alpha: family.alpha, beta: [] });
    expect(short(treeOf(store, 'run:p'))[0]).toBe('root alpha cron p 1210000');
    expect(topRows(store, 'is:mirror-alone', 'oldest', 1)[0]!.marks).toEqual(
      ['unpriced', 'mirror-alone'].slice(1),
    );
  });

  it('ends where records name each other in a circle', async () => {
    const store = await open({
      alpha: [
        { run_id: 'a', parent_run_id: 'b', trigger: 'x', cost_usd: 1 },
        { run_id: 'b', parent_run_id: 'c', trigger: 'x', cost_usd: 1 },
        { run_id: 'c', parent_run_id: 'a', trigger: 'x', cost_usd: 1 },
      ],
      beta: [
        { run_id: 'm', trigger: 'delegate', delegated_agent: 'gamma', delegate_run_id: 'n', cost_usd: 1 },
        {
          run_id: 'o',
          parent_run_id: 'm',
          trigger: 'delegate',
          delegated_agent: 'gamma',
          delegate_run_id: 'n',
          cost_usd: 1,
        },
      ],
      gamma: [{ run_id: 'n', trigger: 'delegate', cost_usd: 1 }],
    });
    expect(treeOf(store, 'run:b').costMicros).toBe(3_000_000);
    expect(treeOf(store, 'run:o').costMicros).toBe(1_000_000);
  });

  it('leaves out what is beyond the limit, and says how much', async () => {
    const children = Array.from({ length: 2500 }, () => ({
      run_id: 'p',
      parent_run_id: 'p',
      trigger: 'tool_call',
    }));
    const store = await open({ alpha: [...children, { run_id: 'p', trigger: 'cron' }] });
    const tree = treeOf(store, 'is:primary');
    expect([tree.children.length, tree.more]).toEqual([1999, 501]);
  });
});

describe('a record in full', () => {
  it('is its line, where it stands, and how its cost comes about', async () => {
    const store = await open({
      alpha: [
        { run_id: 'x' },
        {
          run_id: 'p',
          model: 'claude-opus-4-7',
          input_tokens: 1001,
          output_tokens: 10,
          cache_hit_tokens: 501,
          cost_usd: 0.004,
        },
      ],
    });
    const detail = recordDetail(store, topRows(store, 'run:p', 'cost', 1)[0]!.id);
    expect(detail).toMatchObject({
      ok: true,
      value: { path: `alpha/${log}`, line: 2, recomputedMicros: 3000, row: { marks: ['differs'] } },
    });
    expect(detail.ok && JSON.parse(detail.value.text)).toMatchObject({ cost_usd: 0.004 });
    expect(detail.ok && detail.value.recomputedHow.at(-1)).toContain('$0.003000');
  });

  it('is said to be gone when its log is', async () => {
    const store = await open({ alpha: [{ run_id: 'x' }] });
    const { id } = topRows(store, '', 'newest', 1)[0]!;
    scene.write('alpha', log, '');
    expect(recordDetail(store, id)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(topRows(store, '', 'newest', 1)[0]!.summary).toContain('no longer');
    for (const other of ['', 'alpha', `alpha/${log}#7`, 'nobody/x#1'])
      expect(recordDetail(store, other)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  });

  it('may be a line that is none', async () => {
    scene = recordScene(['alpha']);
    scene.write('alpha', log, '{"a":1}\nbroken\n');
    const store = await scene.open();
    expect(recordDetail(store, `alpha/${log}#8`)).toMatchObject({
      ok: true,
      value: { row: null, text: 'broken', line: 2, offset: 8 },
    });
  });
});
