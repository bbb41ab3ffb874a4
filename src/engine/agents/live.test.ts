import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generateAgents } from '../../../bench/generate-agents.ts';
import { failure, value } from '../../../test/support/writes.ts';
import { agentsRootAt } from '../../core/agents/root.ts';
import { limits } from '../../core/storage/limits.ts';
import { createAgentsLive } from './live.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-agents-live-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it('a first reading that takes long tells how far it is, can be stopped, and begun again', async () => {
  const made = generateAgents(join(scratch, 'root'), { agents: 3, records: 40_000, days: 20, seed: 3 });
  expect(made.bytes).toBeGreaterThan(limits.agentInlineBytes);
  const progress: [number, number | null][] = [];
  const live = createAgentsLive(value(agentsRootAt(join(scratch, 'root')))!, join(scratch, 'data'), {
    changed: () => undefined,
    progress: (done, total) => progress.push([done, total]),
    agents: () => undefined,
    fault: (error) => {
      throw error;
    },
  });
  void live.refresh();
  expect(live.now().loading).toBe(true);
  live.stop();
  expect(failure(await live.scene()).kind).toBe('cancelled');
  live.changed({ paths: [join(scratch, 'root', 'policy.md')], gone: false, day: false });
  expect(failure(await live.scene()).kind).toBe('cancelled');
  await live.refresh();
  const scene = value(await live.scene());
  expect(scene.tables.agents.reduce((sum, { count }) => sum + count, 0)).toBe(made.records);
  expect(progress.at(-1)).toEqual([made.bytes, made.bytes]);
  live.close();
});
