import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../test/support/peers.ts';
import { copyGoldenLedger } from '../../test/support/aex/golden-copies.ts';
import { serve, serveUntilStopped, type Serving } from './main.ts';

const folder = mkdtempSync(join(tmpdir(), 'vekscope-serve-'));
const assets = join(folder, 'renderer');
const engine = new URL('../../test/support/echo-engine.ts', import.meta.url);
const options = { folders: [folder], port: 0, assets, engine };

beforeAll(() => {
  process.env['VEKSCOPE_DATA'] = join(folder, 'data');
  mkdirSync(assets);
  writeFileSync(join(assets, 'index.html'), 'window');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function started(port = 0): Promise<Serving> {
  const serving = await serve({ ...options, port });
  if (!serving.ok) throw new Error(serving.error.message);
  return serving.value;
}

async function connected(serving: Serving): Promise<WebSocket> {
  const { host, search } = new URL(serving.address);
  const socket = new WebSocket(`ws://${host}/rpc${search}`, { origin: `http://${host}` });
  await once(socket, 'open');
  return socket;
}

it('gives an address on the loopback that answers, with a new token of 32 bytes for each start', async () => {
  const [first, second] = [await started(), await started()];
  for (const serving of [first, second]) {
    expect(serving.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[A-Za-z0-9_-]{43}$/);
    expect((await fetch(serving.address)).status).toBe(200);
  }
  expect(new URL(first.address).search).not.toBe(new URL(second.address).search);
  const crossed = new URL(first.address);
  crossed.search = new URL(second.address).search;
  expect((await fetch(crossed)).status).toBe(403);
  await Promise.all([first.close(), second.close()]);
});

it('takes a link to a call in place of its folder, and no broken one', async () => {
  const hash = 'ab'.repeat(32);
  const serving = await serve({ ...options, folders: [`vekscope:${encodeURI(folder)}#${hash}`] });
  expect(serving.ok).toBe(true);
  if (serving.ok) await serving.value.close();
  const broken = await serve({ ...options, folders: [`vekscope:${encodeURI(folder)}#${hash}0`] });
  expect(broken).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
  const gone = await serve({ ...options, folders: [`vekscope:${encodeURI(folder)}/gone#${hash}`] });
  expect(gone).toMatchObject({ ok: false, error: { kind: 'not-found' } });
});

it('ends its windows, its thread and its port when closed', async () => {
  const serving = await started();
  const socket = await connected(serving);
  const closed = once(socket, 'close');
  await serving.close();
  expect((await closed)[0]).toBe(1001);
  expect(await serving.ended).toBeNull();
  await expect(fetch(serving.address)).rejects.toThrow();
});

it('tells why it ended when the engine dies', async () => {
  const serving = await started();
  const socket = await connected(serving);
  const closed = once(socket, 'close');
  socket.send('die');
  expect(await serving.ended).toContain('asked to die');
  expect((await closed)[0]).toBe(1001);
  await expect(fetch(serving.address)).rejects.toThrow();
});

it('says which port is taken and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const result = await serve({ ...options, port });
  other.close();
  if (result.ok) throw new Error('it started on a taken port');
  expect(result.error).toMatchObject({ kind: 'io', message: `Port ${port} is taken by another program.` });
  expect(result.error.hint).toContain('--port');
});

it('serves a ledger by itself', async () => {
  const { paths, drop } = copyGoldenLedger('small');
  const serving = await serve({ ...options, folders: [paths.db] });
  drop();
  if (!serving.ok) throw new Error(serving.error.message);
  await serving.value.close();
});

it('refuses a folder that is none, and a window that is not built', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const path of [file, join(folder, 'nothing')]) {
    const result = await serve({ ...options, folders: [path] });
    expect(result).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  }
  const unbuilt = await serve({ ...options, assets: join(folder, 'nothing') });
  if (unbuilt.ok) throw new Error('it started without a window');
  expect(unbuilt.error.hint).toContain('npm run build');
});

it.each(['SIGINT', 'SIGTERM'] as const)('prints one line and ends cleanly on %s', async (signal) => {
  const source = `
    const { serveUntilStopped } = await import('./src/serve/main.ts');
    const options = ${JSON.stringify({ ...options, engine: undefined })};
    const done = await serveUntilStopped({ ...options, engine: new URL(${JSON.stringify(engine.href)}), print: console.log });
    process.exitCode = done.ok ? 0 : 1;`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: projectRoot });
  let [out, errors] = ['', ''];
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    child.kill(signal);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  expect([code, errors]).toEqual([0, '']);
  expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=\S+\n$/);
});

it('hands a failure to start on without printing', async () => {
  const result = await serveUntilStopped({ ...options, assets: folder, print: () => expect.fail('printed') });
  expect(result.ok).toBe(false);
});
