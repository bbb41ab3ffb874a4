import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AgentPart, AgentPartName } from '../../contract/agent-parts.ts';
import { AGENT_PARTS } from '../../contract/agent-parts.ts';
import { projectRoot } from '../../../test/support/peers.ts';
import { openFolder } from './folder.ts';
import type { AgentFolder } from './folder.ts';
import { readPart } from './parts.ts';
import { agentsRootAt } from './root.ts';

const goldens = join(projectRoot, 'test/goldens/agents');
const scratch = mkdtempSync(join(tmpdir(), 'vekscope-parts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function opened(dir: string): AgentFolder {
  const root = agentsRootAt(dir);
  if (!root.ok || root.value === null) throw new Error('no agents');
  return openFolder(root.value);
}
const fleet = opened(join(goldens, 'fleet'));

function partOf<P extends AgentPartName>(
  agent: string | null,
  part: P,
  folder = fleet,
): Extract<AgentPart, { part: P }> {
  const read = readPart(folder, agent, part, '2026-06-08', { tables: null });
  if (!read.ok) throw new Error(read.error.message);
  return read.value as Extract<AgentPart, { part: P }>;
}

describe('the parts of the sample agents', () => {
  it('shows a playbook run as stages that wait at a gate', () => {
    const { goals } = partOf('harbor', 'goals');
    const [run] = goals;
    expect(run!.kind).toBe('conductor');
    expect(run!.conductor).toEqual({
      playbook: null,
      capMicros: 2_500_000,
      state: 'waiting at a gate',
      conflictKeys: ['ledger'],
    });
    expect(run!.subGoals.map(({ status }) => status)).toEqual(['complete', 'awaiting_decision', 'pending']);
    expect(run!.subGoals[1]!.gate).toMatchObject({
      decisionId: 'dec-1',
      prompt: 'Publish the May numbers?',
      options: ['continue', 'halt'],
      answer: null,
    });
    expect(run!.history).toHaveLength(4);
  });

  it('reads a goal with its history, and finished goals', () => {
    const part = partOf('quill', 'goals');
    expect(part.goals[0]).toMatchObject({
      kind: 'goal',
      loaded: true,
      status: 'in progress',
      badHistoryLines: 0,
    });
    expect(part.goals[0]!.history[1]!.text).toBe('sub_goal_id outline');
    expect(part.archive[0]).toMatchObject({ day: '2026-05-10' });
  });

  it('reads skills and playbooks', () => {
    const { skills } = partOf('harbor', 'skills');
    expect(skills.map(({ name, kind, loaded }) => [name, kind, loaded])).toEqual([
      ['close-month', 'playbook', true],
      ['week-plan', 'skill', true],
    ]);
    expect(skills[0]).toMatchObject({ runCapMicros: 2_500_000 });
    expect(skills[0]!.stages.map(({ id, gate }) => [id, gate])).toEqual([
      ['collect', false],
      ['approve', true],
      ['publish', false],
    ]);
  });

  it('reads outcomes, dreams against the present memory, and tuning proposals', () => {
    const [outcome] = partOf('quill', 'outcomes').outcomes;
    expect(outcome).toMatchObject({ status: 'satisfied', costMicros: 67_000 });
    expect(outcome!.iterations.map(({ verdict }) => verdict)).toEqual(['needs_revision', 'satisfied']);
    const [dream] = partOf('quill', 'dreams').dreams;
    expect(dream).toMatchObject({
      status: 'completed',
      costMicros: 29_100,
      markedStale: ['reference_price_list.md'],
    });
    expect(dream!.changes.find(({ file }) => file === 'user_reading_habits.md')!.change).toBe('removed');
    expect(dream!.changes.find(({ file }) => file === 'INDEX.md')!.change).toBe('changed');
    const [report] = partOf('quill', 'tuning').reports;
    expect(report!.proposals[0]).toMatchObject({ id: 'quill-001', decision: 'pending', line: 12 });
    const own = partOf('caldwell', 'tuning', opened(join(goldens, 'caldwell')));
    expect(own.reports[0]!.proposals).toHaveLength(3);
  });

  it('reads conversations, mandates, the wiki with its raw files, and the journal', () => {
    const [talk] = partOf('sentry', 'conversations').conversations;
    expect(talk!.turns.map(({ role, tokens }) => [role, tokens])).toEqual([
      ['user', 6],
      ['assistant', expect.any(Number)],
    ]);
    const { mandates } = partOf('sentry', 'mandates');
    expect(mandates.map(({ id, state }) => [id, state])).toEqual([
      ['desk-replies', 'active'],
      ['old-permission', 'revoked'],
    ]);
    const wiki = partOf('ledgerly', 'wiki');
    expect(wiki.pages[0]).toMatchObject({ file: 'paper_prices.md', loaded: true, why: null });
    expect(wiki.raw[0]).toMatchObject({
      path: 'ledgerly/raw/price_list_2026.txt',
      pages: ['ledgerly/wiki/paper_prices.md'],
    });
    const { entries } = partOf('harbor', 'journal');
    expect(entries.map(({ day, inPrompt }) => [day, inPrompt])[0]).toEqual(['2026-06-07', true]);
  });

  it('reads the queue of a cascade with the reason of a dead letter', () => {
    const [project] = partOf(null, 'queue').projects;
    expect(project).toMatchObject({ system: 'studio', project: 'spring', roles: ['editor'] });
    expect(project!.items).toMatchObject([{ state: 'dead-letter', reason: 'three attempts failed' }]);
  });

  it('never shows a part that a database holds as an empty list', () => {
    const root = join(scratch, 'fleet');
    cpSync(join(goldens, 'fleet'), root, { recursive: true });
    writeFileSync(join(root, 'harbor/.corpus.db'), '');
    const model = '## Default model\n\ngpt-5\n\n## Conversation Backend\n\npostgres\n';
    writeFileSync(join(root, 'sentry/model.md'), model);
    const folder = opened(root);
    const wiki = readPart(folder, 'harbor', 'wiki', '2026-06-08', { tables: null });
    expect(wiki).toMatchObject({
      ok: true,
      value: { part: 'elsewhere', of: 'wiki', where: 'harbor/.corpus.db' },
    });
    const talk = readPart(folder, 'sentry', 'conversations', '2026-06-08', { tables: null });
    expect(talk).toMatchObject({ ok: true, value: { part: 'elsewhere', where: 'postgres' } });
  });

  it('gives every part of every agent', () => {
    for (const { name } of fleet.root.agents) {
      for (const part of AGENT_PARTS) expect(partOf(name, part).part).toBe(part);
    }
  });
});
