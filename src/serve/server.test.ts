import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newExport } from '../core/storage/exports.ts';
import { limits } from '../core/storage/limits.ts';
import { rawRequest, upgradeLines } from '../../test/support/raw-http.ts';
import { startEngine, type EngineHandle } from './engine.ts';
import { makeToken } from './guard.ts';
import { createWindowServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'vekscope-serve-'));
const assets = join(folder, 'renderer');
const token = makeToken();
let engine: EngineHandle;
let port = 0;
let close = async () => {};

beforeAll(async () => {
  mkdirSync(join(assets, 'assets'), { recursive: true });
  writeFileSync(join(assets, 'index.html'), '<!doctype html><title>window</title>');
  writeFileSync(join(assets, 'assets', 'main-abc.js'), 'export {};');
  writeFileSync(join(assets, 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(assets, 'link.txt'));
  engine = startEngine(new URL('../../test/support/echo-engine.ts', import.meta.url), {
    dataDir: folder,
    roots: [],
    initial: null,
    sample: null,
    version: '0',
    host: 'browser',
  });
  const { server, dismiss } = createWindowServer({
    assets,
    token,
    data: folder,
    connect: () => engine.connect(),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  close = async () => {
    dismiss('end of the test');
    server.close();
    server.closeAllConnections();
    await engine.close();
  };
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const host = () => `127.0.0.1:${port}`;
const get = (path: string, init?: RequestInit) => fetch(`http://${host()}${path}`, init);
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

async function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${host()}/rpc?token=${token}`, { origin: `http://${host()}` });
  await once(socket, 'open');
  return socket;
}

async function ask(
  socket: WebSocket,
  message: string | Uint8Array,
): Promise<{ data: Buffer; isBinary: boolean }> {
  const answer = once(socket, 'message');
  socket.send(message);
  const [data, isBinary] = (await answer) as [Buffer, boolean];
  return { data, isBinary };
}

const upgrade = (target: string, headers: Readonly<Record<string, string | null>>) =>
  rawRequest(port, upgradeLines(target, { Host: host(), Origin: `http://${host()}`, ...headers }));

describe('files', () => {
  it('answers the printed address with 200, and the same page without a token', async () => {
    for (const path of [`/?token=${token}`, '/', '/index.html']) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('<title>window</title>');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('says in words that a token is wrong', async () => {
    for (const query of ['?token=wrong', '?token=', `?token=${token}x`, `?token=${token}&token=${token}`]) {
      const response = await get(`/${query}`);
      expect(response.status).toBe(403);
      expect(await response.text()).toMatch(/token .* not the one of this server/);
    }
  });

  it('sends the security headers with every answer', async () => {
    for (const path of ['/', '/assets/main-abc.js', '/nothing', '/?token=wrong']) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(headers.get('content-security-policy')).not.toMatch(
        /unsafe-eval|script-src[^;]*unsafe-inline|\*/,
      );
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('gives a file that was made for saving to whoever has its id, once', async () => {
    const { id, path } = newExport(folder);
    writeFileSync(path, 'x'.repeat(300_000));
    const head = await get(`/export/${id}?name=a.json`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '300000']);
    const response = await get(`/export/${id}?name=caf%C3%A9'%0D%0A.json`);
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''caf%C3%A9%27%0D%0A.json",
    );
    expect((await response.text()).length).toBe(300_000);
    await expect.poll(() => existsSync(path)).toBe(false);
    for (const other of [id, '0'.repeat(64), '', '..%2fsecret.txt', '../secret.txt'])
      expect((await get(`/export/${other}`)).status).toBe(404);
  });

  it('gives types, and an icon where a browser looks for one', async () => {
    expect((await get('/assets/main-abc.js')).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
    expect((await get('/favicon.ico')).headers.get('content-type')).toBe('image/svg+xml');
    expect((await get('/nothing')).status).toBe(404);
  });

  it('gives nothing outside its folder, however the path is written, and follows no link', async () => {
    const paths = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/../../secret.txt',
      '/..\\secret.txt',
      '//secret.txt',
      '/index.html/../../secret.txt',
      '/link.txt',
      '/assets',
      '/__proto__',
      `http://evil.example/../secret.txt`,
      join(folder, 'secret.txt'),
    ];
    for (const path of paths) {
      const answer = await rawRequest(port, [`GET ${path} HTTP/1.1`, `Host: ${host()}`, 'Connection: close']);
      expect(statusOf(answer), path).toBe(404);
      expect(answer).not.toContain('\r\nsecret');
    }
  });

  it('refuses other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await get('/', { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
    }
    const head = await get('/', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });

  it('answers only to loopback names', async () => {
    const statusFor = async (name: string) =>
      statusOf(await rawRequest(port, ['GET / HTTP/1.1', `Host: ${name}`, 'Connection: close']));
    for (const name of ['localhost', 'localhost:9', 'LOCALHOST:80', '127.0.0.1:1234', '[::1]:5', '[::1]']) {
      expect(await statusFor(name), name).toBe(200);
    }
    const foreign = [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.nip.io',
      '127.0.0.2',
      'localhost:',
      '',
    ];
    for (const name of [...foreign, 'localhost:9@evil.example', '0.0.0.0', 'x localhost']) {
      expect(await statusFor(name), name).toBe(403);
    }
    expect(statusOf(await rawRequest(port, ['GET / HTTP/1.0']))).toBe(403);
  });

  it('finds new files after the window was built again, and says so when it is gone', async () => {
    writeFileSync(join(assets, 'assets', 'main-def.js'), 'export {};');
    expect((await get('/assets/main-def.js')).status).toBe(404);
    utimesSync(join(assets, 'index.html'), new Date(), new Date(Date.now() + 5_000));
    expect((await get('/assets/main-def.js')).status).toBe(200);
    rmSync(join(assets, 'index.html'));
    const response = await get('/');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
    writeFileSync(join(assets, 'index.html'), '<!doctype html><title>window</title>');
    expect((await get('/')).status).toBe(200);
  });
});

describe('upgrade', () => {
  it('accepts the right token from the own page, also through a tunnel under another port', async () => {
    expect(statusOf(await upgrade(`/rpc?token=${token}`, {}))).toBe(101);
    const tunnel = { Host: 'localhost:9999', Origin: 'http://localhost:9999' };
    expect(statusOf(await upgrade(`/rpc?token=${token}`, tunnel))).toBe(101);
  });

  it('refuses a wrong or missing token with 401 before anything is upgraded', async () => {
    for (const target of [
      '/rpc',
      '/rpc?token=',
      '/rpc?token=wrong',
      `/rpc?token=${token}a`,
      `/rpc?token=${token}&token=x`,
    ]) {
      const answer = await upgrade(target, {});
      expect(statusOf(answer), target).toBe(401);
      expect(answer).not.toContain('Sec-WebSocket-Accept');
    }
  });

  it('refuses foreign, missing and other origins although the token is right', async () => {
    const origins = [
      'http://evil.example',
      null,
      'null',
      `https://${host()}`,
      'http://127.0.0.1:1',
      `http://localhost:${port}`,
    ];
    for (const origin of origins) {
      expect(statusOf(await upgrade(`/rpc?token=${token}`, { Origin: origin })), String(origin)).toBe(403);
    }
  });

  it('refuses a Host that is no loopback name although Origin equals it', async () => {
    const rebound = { Host: `evil.example:${port}`, Origin: `http://evil.example:${port}` };
    expect(statusOf(await upgrade(`/rpc?token=${token}`, rebound))).toBe(403);
  });

  it('refuses other paths', async () => {
    expect(statusOf(await upgrade(`/?token=${token}`, {}))).toBe(404);
  });

  it('lives on after a peer that goes in the middle of the handshake', async () => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.write(`${upgradeLines('/rpc?token=wrong', { Host: host() }).join('\r\n')}\r\n\r\n`);
    socket.resetAndDestroy();
    expect((await get('/')).status).toBe(200);
  });

  it('refuses more windows than the limit, and takes one again when another has gone', async () => {
    const open = await Promise.all(Array.from({ length: limits.sockets }, openSocket));
    const refused = await upgrade(`/rpc?token=${token}`, {});
    expect(statusOf(refused)).toBe(503);
    expect(refused).toContain(`${limits.sockets} windows`);
    const gone = open.map((socket) => once(socket, 'close'));
    for (const socket of open) socket.close();
    await Promise.all(gone);
    const again = await openSocket();
    again.terminate();
  });
});

describe('bridge', () => {
  it('passes text as text and bytes as bytes, both ways', async () => {
    const socket = await openSocket();
    const text = await ask(socket, 'grüße ☃ \u{1f9ea}');
    expect([text.isBinary, text.data.toString('utf8')]).toEqual([false, 'grüße ☃ \u{1f9ea}']);
    const bytes = await ask(socket, new Uint8Array([0, 255, 128, 10]));
    expect([bytes.isBinary, [...bytes.data]]).toEqual([true, [0, 255, 128, 10]]);
    expect((await ask(socket, 'text:3000000')).data.length).toBe(3_000_000);
    expect((await ask(socket, 'bytes:4000000')).data.length).toBe(4_000_000);
    socket.terminate();
  });

  it('keeps two windows apart', async () => {
    const [first, second] = await Promise.all([openSocket(), openSocket()]);
    second.on('message', () => expect.fail('the other window got the answer'));
    expect((await ask(first, 'mine')).data.toString()).toBe('mine');
    first.terminate();
    second.terminate();
  });

  it('closes the socket when the engine closes its port', async () => {
    const socket = await openSocket();
    const closed = once(socket, 'close');
    socket.send('hang-up');
    expect((await closed)[0]).toBe(1001);
  });

  it('drops a window that gives no sign of life, and keeps one that does', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { server, dismiss } = createWindowServer({
      assets,
      token,
      data: folder,
      connect: () => engine.connect(),
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: own } = server.address() as { port: number };
    const open = async (autoPong: boolean) => {
      const address = `ws://127.0.0.1:${own}/rpc?token=${token}`;
      const socket = new WebSocket(address, { origin: `http://127.0.0.1:${own}`, autoPong });
      await once(socket, 'open');
      return socket;
    };
    const [silent, alive] = [await open(false), await open(true)];
    const pinged = Promise.all([once(silent, 'ping'), once(alive, 'ping')]);
    vi.advanceTimersByTime(limits.socketPingMs);
    await pinged;
    expect((await ask(alive, 'after the ping')).data.toString()).toBe('after the ping');
    const gone = once(silent, 'close');
    vi.advanceTimersByTime(limits.socketPingMs);
    await gone;
    expect(alive.readyState).toBe(WebSocket.OPEN);
    vi.useRealTimers();
    dismiss('end of the test');
    server.close();
    server.closeAllConnections();
  });

  it('closes a window that sends more than the limit, and only that one', async () => {
    const [greedy, other] = await Promise.all([openSocket(), openSocket()]);
    const closed = once(greedy, 'close');
    greedy.on('error', () => {});
    greedy.send(new Uint8Array(limits.socketMessageBytes + 1));
    expect((await closed)[0]).toBe(1009);
    expect((await ask(other, 'still here')).data.toString()).toBe('still here');
    other.terminate();
  });
});
