import type { MessagePort } from 'node:worker_threads';
import type { WebSocket } from 'ws';
import { limits } from '../core/storage/limits.ts';

/** WebSocket close codes (RFC 6455 §7.4.1 and the IANA registry). */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/**
 * Joins a WebSocket and a port of the engine: each message passes unchanged, text as string and binary as
 * Uint8Array, and the end of one is the end of the other.
 */
export function bridge(socket: WebSocket, port: MessagePort): void {
  socket.on('message', (data, isBinary) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
    if (!isBinary) {
      port.postMessage(bytes.toString('utf8'));
      return;
    }
    const copy = new Uint8Array(bytes);
    port.postMessage(copy, [copy.buffer]);
  });
  port.on('message', (data: string | Uint8Array) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > limits.socketBacklogBytes) {
      socket.close(TRY_AGAIN_LATER, 'The window takes its answers too slowly.');
      return;
    }
    socket.send(data, { binary: typeof data !== 'string' });
  });
  socket.on('close', () => port.close());
  socket.on('error', () => socket.terminate());
  port.on('close', () => {
    if (socket.readyState === socket.OPEN) socket.close(GOING_AWAY, 'The engine has ended.');
  });
}
