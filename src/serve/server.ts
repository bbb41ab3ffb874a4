import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { MessagePort } from 'node:worker_threads';
import { limits } from '../core/storage/limits.ts';
import { assetFinder, readAsset } from './assets.ts';
import { bridge } from './bridge.ts';
import { exportOf, sendExport } from './exports.ts';
import { pathOf, refuseHost, refuseUpgrade, sameToken, tokenOf, type Refusal } from './guard.ts';
import { SECURITY_HEADERS } from './policy.ts';

const REASONS: Readonly<Record<Refusal['status'], string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
};

const NOT_BUILT = 'The window is not built yet. Build it with: npm run build';
const WRONG_TOKEN =
  'The token in this address is not the one of this server. Use the address that it printed when it started.';

/**
 * The HTTP server of the window: its static files, and a WebSocket for each window that `connect` joins to the
 * engine. The files carry no secret and need no token; the WebSocket does. It does not listen yet. `dismiss` asks
 * every window to close its WebSocket.
 */
export function createWindowServer(options: {
  readonly assets: string;
  readonly token: string;
  /** the app folder, in which files wait that were made for saving */
  readonly data: string;
  readonly connect: () => MessagePort;
}): { readonly server: Server; readonly dismiss: (reason: string) => void } {
  const find = assetFinder(options.assets);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.socketMessageBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const server = createServer((request, response) => answer(request, response, find, options));
  server.maxConnections = limits.serverConnections;
  server.on('upgrade', (request, stream: Duplex, head) => {
    const refused =
      refuseUpgrade(request, options.token) ??
      (sockets.clients.size >= limits.sockets
        ? {
            status: 503 as const,
            message: `There are ${limits.sockets} windows on this server already. Close one of them.`,
          }
        : null);
    if (refused !== null) {
      refuseStream(stream, refused);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => bridge(socket, options.connect()));
  });
  const stopPings = keepAlive(sockets);
  server.on('close', () => {
    stopPings();
    sockets.close();
  });
  const dismiss = (reason: string) => {
    for (const socket of sockets.clients) socket.close(1001, reason);
  };
  return { server, dismiss };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  find: ReturnType<typeof assetFinder>,
  { token, data }: { readonly token: string; readonly data: string },
): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const words = (status: number, message: string) => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : `${message}\n`);
  };
  const refused = refuseHost(request);
  if (refused !== null) return words(refused.status, refused.message);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return words(405, 'This server only gives files.');
  }
  const given = tokenOf(request);
  if (given !== null && !sameToken(given, token)) return words(403, WRONG_TOKEN);
  const asked = exportOf(request);
  if (asked !== null) {
    if (!sendExport(request, response, data, asked))
      words(404, 'This file was fetched already, or is not there.');
    return;
  }
  const asset = find(pathOf(request));
  if (asset === 'not-built') return words(503, NOT_BUILT);
  const bytes = asset === undefined ? null : readAsset(asset);
  if (asset === undefined || bytes === null) return words(404, 'There is nothing at this address.');
  response.writeHead(200, {
    'Content-Type': asset.type,
    'Content-Length': bytes.byteLength,
    'Cache-Control': asset.cache,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function refuseStream(stream: Duplex, refusal: Refusal): void {
  const body = `${refusal.message}\n`;
  stream.on('error', () => stream.destroy());
  stream.end(
    [
      `HTTP/1.1 ${refusal.status} ${REASONS[refusal.status]}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      'Cache-Control: no-store',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
    () => stream.destroy(),
  );
}

/** Ends windows that no longer answer, such as behind a tunnel that broke. */
function keepAlive(sockets: WebSocketServer): () => void {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once('pong', () => silent.delete(socket));
      socket.ping();
    }
  }, limits.socketPingMs);
  timer.unref();
  return () => clearInterval(timer);
}
