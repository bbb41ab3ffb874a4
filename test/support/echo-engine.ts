import { parentPort, type MessagePort } from 'node:worker_threads';

/**
 * Stands in for the engine where only the transport is tested: answers each message with itself, `die` ends the
 * thread with an error, `hang-up` closes the port, `text:N` and `bytes:N` answer with so much.
 */
parentPort?.on('message', (message: { readonly type: string; readonly port?: MessagePort }) => {
  if (message.type === 'close') process.exit(0);
  const { port } = message;
  port?.on('message', (data: string | Uint8Array) => {
    if (data === 'die') throw new Error('asked to die');
    if (data === 'hang-up') return port.close();
    const size = typeof data === 'string' ? /^(text|bytes):(\d+)$/.exec(data) : null;
    if (size === null) return port.postMessage(data);
    const count = Number(size[2]);
    port.postMessage(size[1] === 'text' ? 'x'.repeat(count) : new Uint8Array(count).fill(7));
  });
});
