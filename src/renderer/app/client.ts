import { createORPCClient } from '@orpc/client';
import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../contract/contract.ts';
import type { Failure, Result } from '../../contract/failure.ts';
import { WANT_PORT } from '../../contract/host.ts';
import { readToken } from './token.ts';

export type Api = ContractRouterClient<typeof contract>;

/** `retryAt` is the time in ms since 1970 of the next attempt. `attempts`: how many failed in a row. */
export type ConnectionState =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected' }
  | { readonly state: 'disconnected'; readonly retryAt: number | null; readonly attempts: number };

export type Client = {
  readonly api: Api;
  /** Connects now, without waiting for the next automatic attempt. */
  readonly connect: () => void;
};

type Link = ClientLink<ClientContext>;

const RETRY_MS = [300, 700, 1500, 3000, 5000];

/**
 * The typed client of the engine. In Electron it takes the message port that the preload sends, else it opens a
 * WebSocket to `/rpc` on the page's own origin and opens a new one when that closes. Calls made while it connects
 * wait; calls made while it is disconnected fail at once.
 */
export function createClient(onState: (state: ConnectionState) => void): Client {
  let link: Link | null = null;
  let waiting: ((link: Link | null) => void)[] = [];
  let connecting = true;

  const settle = (next: Link | null) => {
    link = next;
    connecting = false;
    const queue = waiting;
    waiting = [];
    for (const resolve of queue) resolve(next);
  };
  const current = (): Promise<Link | null> =>
    link !== null || !connecting
      ? Promise.resolve(link)
      : new Promise((resolve) => {
          waiting.push(resolve);
        });
  const delegating: Link = {
    call: async (path: readonly string[], input: unknown, options: ClientOptions<ClientContext>) => {
      const now = await current();
      if (now === null) throw new Error('Not connected to the engine.');
      return now.call(path, input, options);
    },
  };
  const begin = () => {
    connecting = true;
    onState({ state: 'connecting' });
  };
  const connect =
    window.vekscopeHost === undefined ? overSocket(begin, settle, onState) : overPort(begin, settle, onState);
  return { api: createORPCClient<Api>(delegating), connect };
}

function overPort(
  begin: () => void,
  settle: (link: Link | null) => void,
  onState: (state: ConnectionState) => void,
): () => void {
  let port: MessagePort | null = null;
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const next = event.ports[0];
    if (event.source !== window || next === undefined || !isPortMessage(event.data)) return;
    const before = port;
    port = next;
    if (before !== null) {
      before.close();
      // what still waits for an answer of the engine before hears that none comes
      before.dispatchEvent(new Event('close'));
      begin();
    }
    next.addEventListener('close', () => {
      if (port !== next) return;
      port = null;
      settle(null);
      onState({ state: 'disconnected', retryAt: null, attempts: 0 });
    });
    next.start();
    settle(new PortLink({ port: next }));
    onState({ state: 'connected' });
  });
  return () => {
    begin();
    window.postMessage(WANT_PORT, window.location.origin);
  };
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'vekscope' in data && data.vekscope === 'port';
}

function overSocket(
  begin: () => void,
  settle: (link: Link | null) => void,
  onState: (state: ConnectionState) => void,
): () => void {
  const token = readToken();
  let socket: WebSocket | null = null;
  let timer: number | undefined;
  let failures = 0;

  const connect = () => {
    window.clearTimeout(timer);
    socket?.close();
    if (failures === 0) begin();
    const next = new WebSocket(socketUrl(token));
    socket = next;
    next.addEventListener('open', () => {
      if (socket !== next) return;
      failures = 0;
      settle(new SocketLink({ websocket: next }));
      onState({ state: 'connected' });
    });
    next.addEventListener('close', () => {
      if (socket !== next) return;
      socket = null;
      const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 5000;
      failures += 1;
      settle(null);
      onState({ state: 'disconnected', retryAt: Date.now() + wait, attempts: failures });
      timer = window.setTimeout(connect, wait);
    });
  };
  return connect;
}

function socketUrl(token: string): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc?token=${encodeURIComponent(token)}`;
}

/** What to say when no answer comes. */
export type LostWords = { readonly message: string; readonly hint: string };

const LOST: LostWords = {
  message: 'The engine did not answer.',
  hint: 'Wait until the connection is back, then try again.',
};

/**
 * Awaits an answer of the engine; a broken connection becomes a failure of kind `io`, an abort one of kind
 * `cancelled`. Views show the failure and never need a `try`.
 */
export async function attempt<T>(answer: Promise<Result<T>>, lost: LostWords = LOST): Promise<Result<T>> {
  try {
    return await answer;
  } catch (error) {
    return { ok: false, error: transportFailure(error, lost) };
  }
}

/** The failure that a thrown error of a call stands for. */
export function transportFailure(error: unknown, lost: LostWords = LOST): Failure {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { kind: 'cancelled', message: 'Stopped.', hint: 'Start it again when you want it.', detail };
  }
  return { kind: 'io', ...lost, detail };
}
