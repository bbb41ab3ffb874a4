import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { contract } from '../contract/contract.ts';
import { copyGolden, expectedOf } from '../../test/support/goldens.ts';
import { projectRoot } from '../../test/support/peers.ts';
import { serve, type Serving } from './main.ts';

type Api = ContractRouterClient<typeof contract>;

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-engine-'));
const folder = copyGolden('forked');
const other = copyGolden('linear');
let serving: Serving;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  process.env['VEKSCOPE_DATA'] = scratch;
  // the page is not asked for here; any folder with an index.html will do
  const started = await serve({ folders: [folder], port: 0, assets: join(projectRoot, 'src', 'renderer') });
  if (!started.ok) throw new Error(started.error.message);
  serving = started.value;
});

afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await serving.close();
  for (const path of [scratch, folder, other]) rmSync(path, { recursive: true, force: true });
});

async function connect(): Promise<Api> {
  const { host, search } = new URL(serving.address);
  const socket = new WebSocket(`ws://${host}/rpc${search}`, { origin: `http://${host}` });
  socket.binaryType = 'arraybuffer';
  await once(socket, 'open');
  sockets.push(socket);
  return createORPCClient<Api>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}

it('gives the real engine over the bridge: information, a workspace, its rows', async () => {
  const api = await connect();
  expect(await api.app.info()).toMatchObject({ host: 'browser', initial: folder, dataDir: scratch });
  const opened = await api.workspace.open({ path: folder });
  if (!opened.ok) throw new Error(opened.error.message);
  const [source] = opened.value.sources;
  const window = await api.vek.rows({
    source: source!.id,
    view: { filter: '', focus: [] },
    start: 0,
    count: 100,
  });
  if (!window.ok) throw new Error(window.error.message);
  const expected = expectedOf('forked') as { status: { nodes: number } };
  expect(window.value).toMatchObject({ total: expected.status.nodes, start: 0 });
  expect(window.value.rows).toHaveLength(expected.status.nodes);
});

it('carries bytes and an endless stream, and ends the stream with its window', async () => {
  const api = await connect();
  const opened = await api.workspace.open({ path: folder });
  if (!opened.ok) throw new Error(opened.error.message);
  const source = opened.value.sources[0]!.id;
  const rows = await api.vek.rows({ source, view: { filter: '', focus: [] }, start: 0, count: 1 });
  if (!rows.ok) throw new Error(rows.error.message);
  const node = await api.vek.node({ source, hash: rows.value.rows[0]!.hash });
  if (!node.ok) throw new Error(node.error.message);
  const bytes = await api.vek.bytes({ source, hash: node.value.record.output_hash });
  if (!bytes.ok) throw new Error(bytes.error.message);
  expect(bytes.value.size).toBe(node.value.output.bytes);
  const stop = new AbortController();
  const events = await api.workspace.events(undefined, { signal: stop.signal });
  const first = events.next();
  stop.abort();
  const [end] = await Promise.allSettled([first]);
  expect(end.status === 'fulfilled' ? end.value.done : /abort/i.test(String(end.reason))).toBe(true);
});

it('opens no folder that the server was not started with, but the sample', async () => {
  const api = await connect();
  expect(await api.workspace.open({ path: other })).toMatchObject({ ok: false, error: { kind: 'refused' } });
  expect(await api.workspace.open({ path: '/' })).toMatchObject({ ok: false, error: { kind: 'refused' } });
  expect(await api.workspace.openSample()).toMatchObject({ ok: true });
});

it('a window that speaks no oRPC is closed, and the others go on', async () => {
  const api = await connect();
  const { host, search } = new URL(serving.address);
  for (const junk of [
    'hello',
    '[]',
    'null',
    '{"i":"1","t":1,"p":{"u":"/nothing","b":{}}}',
    Buffer.from('fffe00', 'hex'),
  ]) {
    const socket = new WebSocket(`ws://${host}/rpc${search}`, { origin: `http://${host}` });
    await once(socket, 'open');
    sockets.push(socket);
    const end = Promise.race([once(socket, 'close'), once(socket, 'message')]);
    socket.send(junk);
    await end;
  }
  expect(await api.app.info()).toMatchObject({ host: 'browser' });
});
