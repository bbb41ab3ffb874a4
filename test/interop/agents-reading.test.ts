import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFolder } from '../../src/core/agents/folder.ts';
import type { AgentFolder } from '../../src/core/agents/folder.ts';
import { readEvals } from '../../src/core/agents/parts/evals.ts';
import { assemblePrompt } from '../../src/core/agents/prompt.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { realReads } from '../support/agents-read.ts';
import { peerPython, projectRoot } from '../support/peers.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-agents-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function opened(dir: string): AgentFolder {
  const root = agentsRootAt(dir);
  if (!root.ok || root.value === null) throw new Error('no agents');
  return openFolder(root.value);
}

function cents(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

describe.skipIf(peerPython() === null)('the prompt of the samples', () => {
  const root = join(scratch, 'samples');
  cpSync(join(projectRoot, 'test/goldens/agents/fleet'), root, { recursive: true });
  cpSync(join(projectRoot, 'test/goldens/agents/caldwell'), join(root, 'caldwell'), { recursive: true });
  // the package refuses a single word here, as a finding of ours says
  const judges = join(root, 'sentry/judges.md');
  writeFileSync(judges, readFileSync(judges, 'utf8').replace('failure_policy: block\n', ''));
  const agents = [
    'harbor',
    'quill',
    'ledgerly',
    'sentry',
    'caldwell',
    'studio/projects/spring/agents/editor',
  ];

  it('is that of the real package, byte for byte', () => {
    const real = realReads(agents.map((agent) => ({ do: 'prompt', root, agent })));
    const folder = opened(root);
    for (const [i, agent] of agents.entries()) {
      const prompt = assemblePrompt(folder, agent, '2026-06-08');
      expect(real[i]!.error, agent).toBeUndefined();
      expect(prompt.text, agent).toBe((real[i]!.ok as { prompt: string }).prompt);
      expect(prompt.blocking, agent).toEqual([]);
      expect(prompt.pieces.map(({ text }) => text).join(''), agent).toBe(prompt.text);
    }
  });

  it('and the trend of their evals is that of its dashboard', () => {
    const today = '2026-06-08';
    const own = agents.slice(0, 4);
    const real = realReads(own.map((agent) => ({ do: 'quality', root, agent, today })));
    const folder = opened(root);
    for (const [i, agent] of own.entries()) {
      const { trend, delta30, dimensions } = readEvals(folder, agent, today, null);
      expect({
        trend: trend.map(({ day, mean }) => [day, Math.round(mean * 1e6) / 1e6]),
        delta: cents(delta30),
        dimensions: Object.fromEntries(dimensions.map(({ name, delta }) => [name, cents(delta)])),
      }).toEqual(real[i]!.ok);
    }
  });
});
