import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { errorOf, runCommand, runHere } from '../support/cli.ts';
import { folderState } from '../support/folder-state.ts';
import { projectRoot } from '../support/peers.ts';

const goldens = join(projectRoot, 'test', 'goldens', 'agents');
const scratch = mkdtempSync(join(tmpdir(), 'vekscope-cli-agents-'));
process.env['VEKSCOPE_DATA'] = join(scratch, 'data');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const fleet = join(scratch, 'fleet');
cpSync(join(goldens, 'fleet'), fleet, { recursive: true });
const day = ['--today', '2026-06-08'];

type Expected = { today: string; agents: Record<string, unknown>; fleet: unknown; rules?: unknown };

const json = async (...args: string[]): Promise<unknown> => {
  const ran = await runHere('agents', ...args, '--json');
  expect(ran.err).toBe('');
  return JSON.parse(ran.out);
};

/** Signs that act on a terminal or turn text around. */
// oxlint-disable-next-line no-control-regex -- looking for them is the test
const dangerous = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** An agent in which no check fails. */
function wellAgent(): string {
  const dir = join(scratch, 'well', 'a');
  for (const folder of ['persona', 'memory', 'journal']) mkdirSync(join(dir, folder), { recursive: true });
  const files = {
    'persona/IDENTITY.md': '# Identity\n',
    'persona/SOUL.md': '# Soul\n',
    'persona/USER.md': '# User\n',
    'memory/INDEX.md': '# Memory Index\n',
    'model.md': '## Default model\n\n`gpt-5-mini`\n',
    'tools.md': `## Write paths\n\n- \`${dir}/memory/\`\n- \`${dir}/journal/\`\n`,
    'governance.md': '```yaml\ngovernance:\n  owner: me\n  lifecycle_status: active\n```\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return join(scratch, 'well');
}

describe('vekscope agents', () => {
  it('cost --json gives every figure of expected.json, exactly', async () => {
    const { rules: _, ...expected } = JSON.parse(
      readFileSync(join(goldens, 'fleet', 'expected.json'), 'utf8'),
    ) as Expected;
    expect(await json('cost', fleet, ...day)).toEqual(expected);
    const one = (await json('cost', fleet, ...day, '--agent', 'quill')) as Expected;
    expect(one.agents).toEqual({ quill: expected.agents['quill'] });
    expect(one.fleet).toEqual(expected.fleet);
  });

  it('cost says of each sum what it is', async () => {
    const { code, out } = await runHere('agents', 'cost', fleet, ...day);
    expect(code).toBe(0);
    expect(out).toMatch(/as logged +\$26\.581499 +every record/);
    expect(out).toMatch(/counted once +\$25\.362136 .*96 copies .*\$1\.219363/);
    expect(out).toMatch(/quill +547 +\$1\.011175 +\$4\.940117 +\$12\.162839/);
    expect(out).toMatch(/quill +day +\$1\.011175 +\$0\.450000 +224\.7 % +policy\.md.*reached: fallback/);
    expect(out).toMatch(/forecast +≈\$.*an estimate for 2026-06/);
    expect(out).not.toMatch(dangerous);
  });

  it('cost says that a policy.md that can’t be read sets no cap', async () => {
    const dir = join(scratch, 'broken-policy');
    cpSync(fleet, dir, { recursive: true });
    writeFileSync(join(dir, 'policy.md'), '```yaml\ncost_caps: [1\n```\n');
    const { code, out } = await runHere('agents', 'cost', dir, ...day);
    expect(code).toBe(0);
    expect(out).toMatch(/policy\.md can't be read, so none of its caps counts: /);
    expect((await runHere('agents', 'cost', fleet, ...day)).out).not.toContain('none of its caps');
  });

  it('list has a line for each agent, with its state, caps and needs', async () => {
    const { code, out } = await runHere('agents', 'list', fleet, ...day);
    expect(code).toBe(0);
    const rows = out.split('\n').filter((line) => /^(harbor|ledgerly|quill|sentry) /.test(line));
    expect(rows).toHaveLength(4);
    expect(rows[3]).toMatch(/sentry +WARN .*3 to answer/);
    expect(out).toContain('2,593 records');
    expect(out).toContain('studio');
    const listed = (await json('list', fleet, ...day, '--agent', 'quill')) as {
      agents: { name: string; records: number; notLoaded: number }[];
    };
    expect(listed.agents).toMatchObject([{ name: 'quill', records: 547 }]);
  });

  it('prompt lists the pieces with their sizes, --text is the prompt itself', async () => {
    const sizes = await runHere('agents', 'prompt', fleet, '--agent', 'quill', ...day);
    expect(sizes.out).toMatch(/goal\.md +\d+ +\d+ +[\d.]+ % +quill\/goal\.md/);
    expect(sizes.out).toContain('just missed');
    const text = await runHere('agents', 'prompt', fleet, '--agent', 'quill', '--text', ...day);
    const whole = (await json('prompt', fleet, '--agent', 'quill', ...day)) as {
      text: string;
      characters: number;
    };
    expect(text.out).toBe(whole.text);
    expect([...whole.text]).toHaveLength(whole.characters);
  });

  it('escalations: the queue with verdicts, those that wait first', async () => {
    const { out } = await runHere('agents', 'escalations', fleet, ...day);
    expect(out).toMatch(/^Waiting for an answer: 3\n/);
    expect(out).toContain('the state is still pending: the runtime ignores it');
    for (const verdict of [
      'approved',
      'denied',
      'revised',
      'redacted',
      'unparseable',
      'proposal_body_tampered',
    ])
      expect(out).toMatch(new RegExp(`^${verdict} `, 'm'));
    const none = await runHere('agents', 'escalations', fleet, '--agent', 'quill', ...day);
    expect(none.out).toBe('Nothing waits for an answer.\n');
  });

  it('doctor ends with 1 where a check fails, with 0 where none does, with 2 where it can’t look', async () => {
    expect((await runHere('agents', 'doctor', fleet, ...day)).code).toBe(1);
    const report = (await json('doctor', fleet, '--agent', 'quill', ...day)) as {
      checks: { agent: string | null }[];
    };
    expect(new Set(report.checks.map(({ agent }) => agent))).not.toContain('harbor');
    const well = await runHere('agents', 'doctor', wellAgent());
    expect([well.code, well.out.includes(' 0 failed')]).toEqual([0, true]);
    const nothing = await runHere('agents', 'doctor', join(scratch, 'nowhere'), '--json');
    expect([nothing.code, errorOf(nothing).kind]).toEqual([2, 'not-found']);
  });

  it('bad use says what there is, and ends with 2', async () => {
    const cases: [string[], RegExp][] = [
      [['list', fleet, '--agent', 'nobody'], /harbor, ledgerly, quill, sentry/],
      [['list', fleet, '--today', '2026-02-30'], /YYYY-MM-DD/],
      [['list', fleet, '--today', 'tomorrow'], /YYYY-MM-DD/],
      [['nonsense', fleet], /list, cost, doctor, prompt, escalations/],
      [['prompt', fleet], /--agent/],
      [['cost', fleet, '--text'], /prompt/],
      [['list', scratch], /holds the agents/],
    ];
    for (const [args, hint] of cases) {
      const ran = await runHere('agents', ...args, '--json');
      expect([args, ran.code]).toEqual([args, 2]);
      expect(errorOf(ran).hint).toMatch(hint);
    }
  });

  it('works from inside an agent, on one agent, and changes no byte', async () => {
    const before = folderState(fleet);
    const inside = await runCommand(['agents', 'list', '--json', ...day], {
      cwd: join(fleet, 'quill', 'memory'),
    });
    expect((JSON.parse(inside.out) as { agents: unknown[] }).agents).toHaveLength(4);
    const one = await runCommand(['agents', 'list', '--json', ...day], { cwd: join(fleet, 'quill') });
    expect(JSON.parse(one.out)).toMatchObject({ single: 'quill', agents: [{ name: 'quill' }] });
    expect(folderState(fleet)).toEqual(before);
  });

  it('text of agents can’t act on the terminal, and secrets stay out', async () => {
    const root = join(scratch, 'hostile');
    mkdirSync(join(root, 'bad\u001b[31m', 'persona'), { recursive: true });
    const agent = join(root, 'bad\u001b[31m');
    writeFileSync(join(agent, 'model.md'), '## Default model\n\n`gpt-5-mini`\n');
    writeFileSync(join(agent, 'persona', 'SOUL.md'), 'x \u001b]0;owned\u0007 \u202e');
    writeFileSync(join(agent, 'mcp.md'), '## mail\n\ncommand: run\nenv: KEY=hunter2-secret\n');
    mkdirSync(join(agent, 'log', '2026-06'), { recursive: true });
    writeFileSync(
      join(agent, 'log', '2026-06', '2026-06-08.jsonl'),
      `${JSON.stringify({ ts: '2026-06-08T10:00:00+00:00', run_id: 'r', trigger: 'cron', status: 'ok\u001b[2J', model: 'm\u0007', summary: '\u009b', input_tokens: 1, output_tokens: 1, cost_usd: 1 })}\n\u001bnot json\n`,
    );
    for (const part of ['list', 'cost', 'doctor', 'escalations', 'prompt']) {
      for (const form of [[], ['--json']]) {
        const ran = await runHere('agents', part, root, '--agent', 'bad\u001b[31m', ...day, ...form);
        expect([part, dangerous.test(ran.out + ran.err)]).toEqual([part, false]);
        expect(ran.out).not.toContain('hunter2-secret');
      }
    }
  });

  it('inspect tells of agents beside repositories', async () => {
    const both = join(scratch, 'both');
    cpSync(join(goldens, 'fleet'), join(both, 'agents'), { recursive: true });
    cpSync(join(projectRoot, 'resources', 'sample', 'dot-vek'), join(both, '.vek'), { recursive: true });
    const ran = await runHere('inspect', both, '--json');
    const { sources } = JSON.parse(ran.out) as {
      sources: { kind: string; state: string; summary: string }[];
    };
    expect(sources.map(({ kind, state }) => [kind, state])).toEqual([
      ['vek', 'ok'],
      ['agents', 'ok'],
    ]);
    expect(sources[1]!.summary).toMatch(
      /^4 agents \(harbor, ledgerly, quill, sentry\), 2,593 records; 3 lines/,
    );
  });
});
