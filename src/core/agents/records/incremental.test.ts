import {
  appendFileSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLine } from '../../../../test/support/record-lines.ts';
import { recordScene, told, type RecordScene } from '../../../../test/support/record-scene.ts';
import type { RecordStore } from './open.ts';

const logs = [
  'log/2026-05/2026-05-31.jsonl',
  'log/2026-06/2026-06-01.jsonl',
  'log/2026-06/2026-06-02.jsonl',
  'log/2026-06/notes.jsonl',
];
const agents = ['alpha', 'beta'];

type Step = {
  readonly agent: string;
  readonly log: string;
  readonly how: 'append' | 'replace' | 'cut' | 'remove' | 'rename' | 'touch' | 'month';
  readonly bytes: Buffer;
  readonly place: number;
  readonly hinted: boolean;
};

const step: fc.Arbitrary<Step> = fc.record({
  agent: fc.constantFrom(...agents),
  log: fc.constantFrom(...logs),
  how: fc.constantFrom(
    'append',
    'append',
    'append',
    'append',
    'replace',
    'cut',
    'remove',
    'rename',
    'touch',
    'month',
  ),
  bytes: fc
    .tuple(fc.array(anyLine, { maxLength: 4 }), fc.boolean())
    .map(([lines, ended]) =>
      Buffer.concat(
        lines.flatMap((line, i) => (i + 1 < lines.length || ended ? [line, Buffer.from('\n')] : [line])),
      ),
    ),
  place: fc.nat(),
  hinted: fc.boolean(),
});

/** Does one step to the files and returns the paths that changed. */
function take(scene: RecordScene, { agent, log, how, bytes, place }: Step): string[] {
  const path = scene.at(agent, log);
  let old = Buffer.alloc(0);
  let there = true;
  try {
    old = readFileSync(path);
  } catch {
    there = false;
  }
  if (how === 'append') appendFileSync(path, bytes);
  else if (how === 'replace') writeFileSync(path, bytes);
  else if (!there) return [];
  else if (how === 'cut') truncateSync(path, old.length === 0 ? 0 : place % old.length);
  else if (how === 'remove') rmSync(path);
  else if (how === 'touch') utimesSync(path, new Date(0), new Date(place % 1e12));
  else if (how === 'rename') {
    const other = scene.at(agent, logs[place % logs.length]!);
    renameSync(path, other);
    return [path, other];
  } else {
    rmSync(join(path, '..'), { recursive: true });
    return [join(path, '..')];
  }
  return [path];
}

const all = (store: RecordStore): unknown => store.tables().agents.map(told);

describe('reading on', () => {
  it('gives what reading anew gives, after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        const scene = recordScene(agents);
        try {
          const store = await scene.open();
          for (const one of steps) {
            const paths = take(scene, one);
            await store.refresh(one.hinted ? paths : undefined);
            const anew = recordSceneCopy(scene);
            expect(all(store)).toEqual(all(await anew.open()));
          }
        } finally {
          scene.remove();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says which agents changed, and keeps the tables of all others', async () => {
    const scene = recordScene(agents);
    const line = '{"ts":"2026-06-01T10:00:00Z","run_id":"r1","cost_usd":0.5}\n';
    const path = scene.write('alpha', logs[1]!, line);
    const store = await scene.open();
    const before = store.tables();
    expect(await store.refresh()).toEqual([]);
    expect(store.tables()).toBe(before);
    appendFileSync(path, line);
    expect(await store.refresh([path])).toEqual(['alpha']);
    const after = store.tables();
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(after.agents[0]).not.toBe(before.agents[0]);
    expect(after.agents[1]).toBe(before.agents[1]);
    expect(after.agents[0]!.count).toBe(2);
    scene.remove();
  });

  it('completes a last line that was torn', async () => {
    const scene = recordScene(agents);
    const path = scene.write('alpha', logs[1]!, '{"ts":"2026-06-01T10:00:00Z"}\n{"ts":"2026-06-01T1');
    const store = await scene.open();
    expect(store.badLines(null)).toMatchObject([{ kind: 'being-written', line: 2, offset: 30 }]);
    appendFileSync(path, '1:00:00Z"}\n');
    await store.refresh([path]);
    expect(store.badLines(null)).toEqual([]);
    expect(store.tables().agents[0]!.count).toBe(2);
    scene.remove();
  });

  it('takes a line that is being written for a torn one when the file is no longer fresh', async () => {
    const scene = recordScene(agents);
    const path = scene.write('alpha', logs[1]!, '{"ts":');
    utimesSync(path, new Date(), new Date(Date.now() - 60_000));
    const store = await scene.open();
    expect(store.badLines('alpha')).toMatchObject([{ kind: 'torn' }]);
    expect(store.tables().agents[0]!.badCounts).toMatchObject({ torn: 1, 'being-written': 0 });
    scene.remove();
  });

  it('finds the target of a mirror, and the parent of a child, when they are written later', async () => {
    const scene = recordScene(agents);
    const child =
      '{"ts":"2026-06-01T10:00:00Z","run_id":"p","parent_run_id":"p","trigger":"delegate","delegated_agent":"beta","delegate_run_id":"t"}\n';
    const path = scene.write('alpha', logs[1]!, child);
    const store = await scene.open();
    const { matchRecords } = await import('./match.ts');
    const total = (query: string): number => matchRecords(store.tables(), query).total;
    expect([total('is:mirror-alone'), total('is:mirror'), total('is:orphan')]).toEqual([1, 0, 1]);
    const target = scene.write(
      'beta',
      logs[1]!,
      '{"ts":"2026-06-01T10:00:00Z","run_id":"t","trigger":"delegate"}\n',
    );
    expect(new Set(await store.refresh([target]))).toEqual(new Set(agents));
    appendFileSync(path, '{"ts":"2026-06-01T10:00:01Z","run_id":"p","trigger":"cron"}\n');
    await store.refresh([path]);
    expect([total('is:mirror-alone'), total('is:mirror'), total('is:orphan')]).toEqual([0, 1, 0]);
    scene.remove();
  });
});

/** The same folders with an app folder of its own. */
function recordSceneCopy(scene: RecordScene): Pick<RecordScene, 'open'> {
  return {
    open: async () => {
      const { openRecords } = await import('./open.ts');
      const opened = await openRecords(scene.root, { dataDir: join(scene.dataDir, 'anew') });
      if (!opened.ok) throw new Error(opened.error.message);
      return opened.value;
    },
  };
}
