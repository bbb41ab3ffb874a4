import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAgent, makeRepository, newFolder } from '../../../test/support/linked-stores.ts';
import { projectRoot } from '../../../test/support/peers.ts';
import { value } from '../../../test/support/writes.ts';
import { startTestEngine, type TestEngine } from '../testing.ts';

type Step = {
  readonly path?: string;
  readonly body?: { readonly arguments?: unknown; readonly tool_name?: string };
  readonly response?: { readonly execution_id?: string };
  readonly status?: number;
};

let folder: string;
let engine: TestEngine;
let vek: string;
let agents: string | undefined;
let ledger: string;

const goldens = join(projectRoot, 'test', 'goldens', 'aex');
const stepsOf = (name: string): Step[] =>
  readFileSync(join(goldens, name, 'transcript.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Step);

beforeEach(() => {
  folder = newFolder();
  engine = startTestEngine();
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(name: string): Promise<void> {
  cpSync(join(goldens, name, 'aex.db'), join(folder, 'aex.db'));
  const { sources } = value(await engine.client.workspace.open({ path: folder }));
  ledger = sources.find(({ kind }) => kind === 'aex')!.id;
  vek = sources.find(({ kind }) => kind === 'vek')!.id;
  agents = sources.find(({ kind }) => kind === 'agents')?.id;
}

async function ofExecution(id: string): Promise<[string, string, string][]> {
  const { links } = value(await engine.client.ledger.execution({ source: ledger, id }));
  return links.map(({ kind, target, because }) => [kind, target, because]);
}

async function executionsOfCall(hash: string): Promise<[string, string][]> {
  const links = value(await engine.client.agents.linksOfCall({ source: vek, hash }));
  return links
    .filter(({ kind }) => kind === 'ledger-execution')
    .map(({ target, because }) => [target, because]);
}

const HELLO = '05dd8e2286232434a7f16f0182a1b9dd4b79e9f3c95e3f17c0e7a670b0b049bf';
const OTHER = '4a17824f45c8ef422b3c8564a7fca8197742335909c61d85547df245a15afa80';

describe('an execution of a ledger and a call of a repository', () => {
  it('lead to each other by the hash of the request, and by nothing less', async () => {
    const body = stepsOf('small')[1]!.body!;
    const calls = makeRepository(folder, [
      { tool: 'chat', input: body },
      { tool: 'chat', input: { url: 'x', body } },
      { tool: 'chat', input: { ...body, max_tokens: 21 } },
      { tool: 'chat', input: {} },
    ]);
    await open('small');
    const found = await ofExecution(HELLO);
    expect(found.map(([kind, target]) => [kind, target])).toEqual([
      ['vek-call', calls[1]],
      ['vek-call', calls[0]],
    ]);
    expect(found[1]![2]).toContain('has the hash that AEX recorded of the request');
    expect(await ofExecution(OTHER)).toEqual([]);
    expect(await executionsOfCall(calls[0]!)).toEqual([
      [HELLO, expect.stringContaining('for solo at /v1/chat/completions')],
    ]);
    expect((await executionsOfCall(calls[1]!)).map(([id]) => id)).toEqual([HELLO]);
    for (const other of calls.slice(2)) expect(await executionsOfCall(other)).toEqual([]);
  });

  it('lead to each other by the response where it is the only one in both', async () => {
    const [, first, , second] = stepsOf('small');
    const calls = makeRepository(folder, [
      { tool: 'a', input: 1, output: first!.response },
      { tool: 'a', input: 2, output: second!.response },
      { tool: 'a', input: 3, output: second!.response },
    ]);
    await open('small');
    expect(await ofExecution(HELLO)).toEqual([
      ['vek-call', calls[0], 'Its output is the response of the execution, and no other call has it.'],
    ]);
    expect(await ofExecution(OTHER)).toEqual([]);
    expect((await executionsOfCall(calls[0]!)).map(([id]) => id)).toEqual([HELLO]);
    expect(await executionsOfCall(calls[1]!)).toEqual([]);
  });

  it('lead to each other by the hash of a tool and its arguments', async () => {
    const run = stepsOf('protocol').find(
      ({ path, status }) => path === '/v1/tools/execute' && status === 200,
    )!;
    const calls = makeRepository(folder, [
      { tool: run.body!.tool_name!, input: run.body!.arguments },
      { tool: 'other', input: run.body!.arguments },
      { tool: run.body!.tool_name!, input: {} },
    ]);
    await open('protocol');
    const id = run.response!.execution_id!;
    expect((await ofExecution(id)).map(([, target]) => target)).toEqual([calls[0]]);
    expect((await executionsOfCall(calls[0]!)).map(([found]) => found)).toContain(id);
    expect(await executionsOfCall(calls[1]!)).toEqual([]);
    expect(await executionsOfCall(calls[2]!)).toEqual([]);
  });

  it('lead to each other where one names the other, also a record of an agent', async () => {
    const calls = makeRepository(folder, [
      { tool: 'a', input: { meta: { execution_id: HELLO } } },
      { tool: 'b', input: { note: `about ${HELLO}` } },
    ]);
    const [named = '', none = ''] = makeAgent(folder, 'worker', [
      { trigger: 'cron', aex: { execution_id: HELLO } },
      { trigger: 'cron', summary: `about ${HELLO}` },
    ]);
    await open('small');
    expect((await ofExecution(HELLO)).map(([kind, target]) => [kind, target]).toSorted()).toEqual([
      ['agent-record', named],
      ['vek-call', calls[0]],
    ]);
    expect((await executionsOfCall(calls[0]!)).map(([id]) => id)).toEqual([HELLO]);
    expect(await executionsOfCall(calls[1]!)).toEqual([]);
    const record = value(await engine.client.agents.record({ source: agents!, id: named }));
    expect(record.links.map(({ kind, target }) => [kind, target])).toEqual([['ledger-execution', HELLO]]);
    const other = value(await engine.client.agents.record({ source: agents!, id: none }));
    expect(other.links).toEqual([]);
  });
});
