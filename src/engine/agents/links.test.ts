import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  argumentsHashOf,
  makeAgent,
  makeRepository,
  newFolder,
} from '../../../test/support/linked-stores.ts';
import { value } from '../../../test/support/writes.ts';
import { limits } from '../../core/storage/limits.ts';
import { startTestEngine, type TestEngine } from '../testing.ts';

let folder: string;
let engine: TestEngine;
let vek: string;
let agents: string;

beforeEach(() => {
  folder = newFolder();
  engine = startTestEngine();
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  const { sources } = value(await engine.client.workspace.open({ path: folder }));
  vek = sources.find(({ kind }) => kind === 'vek')!.id;
  agents = sources.find(({ kind }) => kind === 'agents')!.id;
}

/** What the record leads to, and why. */
async function callsOf(id: string): Promise<[string, string][]> {
  const detail = value(await engine.client.agents.record({ source: agents, id }));
  return detail.links.map(({ kind, source, target, because }) => {
    expect([kind, source]).toEqual(['vek-call', vek]);
    return [target, because];
  });
}

async function recordsOf(hash: string): Promise<[string, string][]> {
  const links = value(await engine.client.agents.linksOfCall({ source: vek, hash }));
  return links.map(({ kind, source, target, because }) => {
    expect([kind, source]).toEqual(['agent-record', agents]);
    return [target, because];
  });
}

const RUN = 'run-20260608-100000-000001';
const CALL = 'tc_75af3c5b';

describe('a record and a call that recorded the same', () => {
  it('lead to each other by the hash of the arguments with the same tool, and by nothing less', async () => {
    const args = { to: 'a@example.invalid', text: 'héllo', n: 1.5 };
    const calls = makeRepository(folder, [
      { tool: 'mail__send', input: args },
      { tool: 'mail__draft', input: args },
      { tool: 'mail__send', input: { ...args, n: 2 } },
      { tool: 'mail__send', input: {} },
    ]);
    const [judged = '', prefixed = '', empty = ''] = makeAgent(folder, 'sentry', [
      {
        run_id: RUN,
        parent_run_id: RUN,
        trigger: 'judgment',
        tool_name: 'mail__send',
        binding: { tool_call_id: CALL, arguments_hash: argumentsHashOf(args) },
      },
      {
        trigger: 'judgment',
        tool_name: 'mail__send',
        binding: { arguments_hash: `sha256:${argumentsHashOf(args)}` },
      },
      { trigger: 'judgment', tool_name: 'mail__send', binding: { arguments_hash: argumentsHashOf({}) } },
    ]);
    await open();
    const found = await callsOf(judged);
    expect(found.map(([hash]) => hash)).toEqual([calls[0]]);
    expect(found[0]![1]).toContain('the same sha256 of its arguments');
    expect((await callsOf(prefixed)).map(([hash]) => hash)).toEqual([calls[0]]);
    expect(await callsOf(empty)).toEqual([]);
    expect((await recordsOf(calls[0]!)).map(([id]) => id)).toEqual([judged, prefixed]);
    for (const other of calls.slice(1)) expect(await recordsOf(other)).toEqual([]);
  });

  it('are not of one call where both name a tool call and another one', async () => {
    const args = { tool_use_id: 'tc_00000001', q: 'x' };
    const calls = makeRepository(folder, [{ tool: 'search', input: args }]);
    const [other = ''] = makeAgent(folder, 'a', [
      {
        trigger: 'judgment',
        tool_name: 'search',
        binding: { tool_call_id: 'tc_00000002', arguments_hash: argumentsHashOf(args) },
      },
    ]);
    await open();
    expect(await callsOf(other)).toEqual([]);
    expect(await recordsOf(calls[0]!)).toEqual([]);
  });

  it('lead to each other by the id of a tool call, a proposal or a run', async () => {
    const calls = makeRepository(folder, [
      { tool: 't', input: { metadata: { tool_use_id: CALL } } },
      { tool: 't', input: {}, output: { run_id: RUN } },
      { tool: 't', input: { proposal_id: 'prop-20260608-1' } },
      { tool: 't', input: { note: RUN, deep: { deeper: { run_id: RUN } } } },
      { tool: 't', input: { run_id: 'r1' } },
    ]);
    const [tool = '', run = '', judgment = '', short = ''] = makeAgent(folder, 'a', [
      { run_id: RUN, parent_run_id: RUN, trigger: 'tool_call', tool_name: 'x', tool_use_id: CALL },
      { run_id: RUN, trigger: 'cron' },
      { run_id: RUN, parent_run_id: RUN, trigger: 'judgment', proposal_id: 'prop-20260608-1' },
      { run_id: 'r1', trigger: 'cron' },
    ]);
    await open();
    expect(await callsOf(tool)).toEqual([
      [calls[0], `Its input names the tool call ${CALL} at /metadata/tool_use_id.`],
    ]);
    expect(await callsOf(run)).toEqual([[calls[1], `Its output names the run ${RUN} at /run_id.`]]);
    expect((await callsOf(judgment)).map(([hash]) => hash)).toEqual([calls[2]]);
    expect(await callsOf(short)).toEqual([]);
    expect((await recordsOf(calls[0]!)).map(([id]) => id)).toEqual([tool]);
    expect((await recordsOf(calls[1]!)).map(([id]) => id)).toEqual([run]);
    expect((await recordsOf(calls[2]!)).map(([id]) => id)).toEqual([judgment]);
    expect(await recordsOf(calls[3]!)).toEqual([]);
    expect(await recordsOf(calls[4]!)).toEqual([]);
  });

  it('lead to each other where the record names the hash of the call', async () => {
    const calls = makeRepository(folder, [
      { tool: 'a', input: 1 },
      { tool: 'b', input: 2 },
    ]);
    const [named = '', none = ''] = makeAgent(folder, 'a', [
      { run_id: RUN, trigger: 'cron', vek_call: calls[1] },
      { run_id: 'run-20260608-100000-000002', trigger: 'cron', summary: calls[0] },
    ]);
    await open();
    expect(await callsOf(named)).toEqual([
      [calls[1], 'The record names the hash of this call at /vek_call.'],
    ]);
    expect((await callsOf(none)).map(([hash]) => hash)).toEqual([calls[0]]);
    expect((await recordsOf(calls[1]!)).map(([id]) => id)).toEqual([named]);
  });

  it('are found in a large repository too', async () => {
    const calls = makeRepository(folder, [
      { tool: 'a', input: { text: 'x'.repeat(limits.linkInlineBytes) } },
      { tool: 'b', input: { run_id: RUN } },
    ]);
    const [run = ''] = makeAgent(folder, 'a', [{ run_id: RUN, trigger: 'cron' }]);
    await open();
    expect((await callsOf(run)).map(([hash]) => hash)).toEqual([calls[1]]);
    expect((await recordsOf(calls[1]!)).map(([id]) => id)).toEqual([run]);
  });

  it('a line that is no record leads nowhere, and a call that is not there neither', async () => {
    makeRepository(folder, [{ tool: 'a', input: 1 }]);
    makeAgent(folder, 'a', [{ run_id: RUN, trigger: 'cron' }]);
    await open();
    expect(value(await engine.client.agents.linksOfCall({ source: vek, hash: 'f'.repeat(64) }))).toEqual([]);
    expect(await engine.client.agents.linksOfCall({ source: agents, hash: 'f'.repeat(64) })).toMatchObject({
      ok: false,
    });
  });
});
