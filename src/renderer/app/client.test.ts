// @vitest-environment happy-dom
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { contract } from '../../contract/contract.ts';
import { PORT_MESSAGE, WANT_PORT } from '../../contract/host.ts';
import type { HostInfo } from '../../contract/workspace.ts';
import { attempt, createClient, transportFailure, type ConnectionState } from './client.ts';
import { readToken } from './token.ts';

const INFO: HostInfo = {
  host: 'electron',
  version: '1.2.3',
  sample: null,
  initial: null,
  roots: null,
  dataDir: '/data',
};

const states: ConnectionState[] = [];
const open: MessagePort[] = [];

beforeEach(() => {
  states.length = 0;
  vi.stubGlobal('vekscopeHost', { platform: 'linux' });
});
afterEach(() => {
  for (const port of open.splice(0)) port.close();
  vi.unstubAllGlobals();
});

/** What the preload does when the window asks for a port. */
function sendPort(version: string): void {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const os = implement(contract);
  const handler = new RPCHandler({ app: { info: os.app.info.handler(() => ({ ...INFO, version })) } });
  handler.upgrade(port1);
  port1.start();
  givePort(port2);
}

function givePort(port: MessagePort): void {
  // Node's ports take no events of happy-dom, so these are handed to their listeners here
  const closing: (() => void)[] = [];
  const listen = port.addEventListener.bind(port);
  Object.defineProperty(port, 'addEventListener', {
    value: (type: string, listener: () => void) => {
      if (type === 'close') closing.push(listener);
      else listen(type, listener);
    },
  });
  Object.defineProperty(port, 'dispatchEvent', { value: () => closing.forEach((hear) => hear()) });
  const event = new MessageEvent('message', { data: PORT_MESSAGE });
  Object.defineProperty(event, 'source', { value: window });
  Object.defineProperty(event, 'ports', { value: [port] });
  window.dispatchEvent(event);
}

it('asks for a port, keeps calls until one comes, and takes a later one in its place', async () => {
  const post = vi.spyOn(window, 'postMessage');
  const client = createClient((state) => states.push(state));
  client.connect();
  expect(post).toHaveBeenCalledWith(WANT_PORT, window.location.origin);
  const early = client.api.app.info();
  sendPort('1.0.0');
  expect((await early).version).toBe('1.0.0');
  sendPort('2.0.0');
  expect((await client.api.app.info()).version).toBe('2.0.0');
  const all = states.map((state) => state.state);
  expect(all).toEqual(['connecting', 'connected', 'connecting', 'connected']);
});

it('ends the calls that waited on a port when another one comes: its engine may be gone', async () => {
  const client = createClient((state) => states.push(state));
  client.connect();
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  givePort(port2);
  const unanswered = client.api.app.info();
  await new Promise((settled) => setTimeout(settled, 5));
  sendPort('2.0.0');
  await expect(unanswered).rejects.toThrow();
  expect((await client.api.app.info()).version).toBe('2.0.0');
});

it('takes no port from another window or with another message', async () => {
  const client = createClient((state) => states.push(state));
  client.connect();
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  for (const [data, source] of [
    [PORT_MESSAGE, null],
    [{ vekscope: 'else' }, window],
    ['port', window],
  ] as const) {
    const event = new MessageEvent('message', { data });
    Object.defineProperty(event, 'source', { value: source });
    Object.defineProperty(event, 'ports', { value: [port2] });
    window.dispatchEvent(event);
  }
  expect(states.map((state) => state.state)).toEqual(['connecting']);
});

it('a thrown error becomes a failure, an abort a stop', async () => {
  const lost = await attempt(Promise.reject(new Error('socket')));
  expect(lost).toMatchObject({ ok: false, error: { kind: 'io', detail: 'Error: socket' } });
  expect(transportFailure(new DOMException('no', 'AbortError')).kind).toBe('cancelled');
});

it('the token leaves the address and survives a reload', () => {
  window.history.replaceState(null, '', '/?token=abc&x=1#h');
  expect(readToken()).toBe('abc');
  expect(window.location.href).not.toContain('token');
  expect(window.location.search).toBe('?x=1');
  expect(readToken()).toBe('abc');
});
