import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { openFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import { agentsRootAt } from '../root.ts';
import { expectedForm } from './expected-form.ts';

const goldens = join(projectRoot, 'test', 'goldens', 'agents');

async function formOf(name: string, today: string) {
  const root = agentsRootAt(join(goldens, name));
  if (!root.ok || root.value === null) throw new Error(`no agents in ${name}`);
  const store = await openRecords(root.value, { dataDir: mkdtempSync(join(tmpdir(), 'vekscope-figures-')) });
  if (!store.ok) throw new Error(store.error.message);
  return expectedForm(store.value.tables(), openFolder(root.value), today, []);
}

describe('the figures of the samples', () => {
  it('are those of expected.json, every field of every agent and of the fleet', async () => {
    const expected = JSON.parse(readFileSync(join(goldens, 'fleet', 'expected.json'), 'utf8'));
    const form = await formOf('fleet', expected.today);
    expect(form.agents).toEqual(expected.agents);
    expect(form.fleet).toEqual(expected.fleet);
    for (const [agent, figures] of Object.entries(form.agents)) {
      expect(Object.keys(figures), agent).toEqual(Object.keys(expected.agents[agent]));
    }
  });
});
