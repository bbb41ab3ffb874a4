import type { Page, WebSocketRoute } from '@playwright/test';
import type { Failure } from '../../src/contract/failure.ts';

/** What stands between the window and its engine in a test: answers can be kept back, or replaced by a failure. */
export type Wire = {
  /** keeps back every answer to a procedure, such as `vek/rows`, from now on */
  readonly hold: (procedure: string) => void;
  /** lets the answers through that were kept back, and all later ones */
  readonly release: () => void;
  /** answers a procedure with a failure instead of asking the engine */
  readonly fail: (procedure: string, failure: Failure) => void;
};

type Request = { readonly i: string; readonly p?: { readonly u?: string } };
type Message = string | Buffer;

const parse = (message: Message): Request | null =>
  typeof message === 'string' ? (JSON.parse(message) as Request) : null;

/** Takes over the WebSocket of a page that has not been opened yet. */
export async function tapWire(page: Page): Promise<Wire> {
  const held = new Set<string>();
  const failing = new Map<string, Failure>();
  const asked = new Map<string, string>();
  let kept: (() => void)[] = [];

  const tap = (socket: WebSocketRoute): void => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const request = parse(message);
      const procedure = request?.p?.u?.slice(1);
      const failure = procedure === undefined ? undefined : failing.get(procedure);
      if (request !== null && failure !== undefined) {
        socket.send(JSON.stringify({ i: request.i, p: { b: { json: { ok: false, error: failure } } } }));
        return;
      }
      if (request !== null && procedure !== undefined) asked.set(request.i, procedure);
      server.send(message);
    });
    server.onMessage((message) => {
      const procedure = asked.get(parse(message)?.i ?? '');
      if (procedure !== undefined && held.has(procedure)) kept.push(() => socket.send(message));
      else socket.send(message);
    });
  };
  await page.routeWebSocket(/\/rpc/, tap);

  return {
    hold: (procedure) => held.add(procedure),
    release: () => {
      held.clear();
      const send = kept;
      kept = [];
      for (const one of send) one();
    },
    fail: (procedure, failure) => failing.set(procedure, failure),
  };
}
