import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createEngine } from './engine.ts';
import type { EngineOptions } from './options.ts';

/**
 * The engine as a worker thread of the serve host. The parent sends `{type:'connect', port}` for each window and
 * `{type:'close'}` at the end; the options come as worker data.
 */
type HostMessage = { readonly type: 'connect'; readonly port: MessagePort } | { readonly type: 'close' };

if (parentPort === null) throw new Error('engine/worker.ts runs in a worker thread only');
const host = parentPort;
const engine = createEngine(workerData as EngineOptions);

host.on('message', (message: HostMessage) => {
  if (message.type === 'connect') {
    const { onClose } = engine.connect(message.port);
    message.port.on('close', onClose);
    message.port.start();
    return;
  }
  engine.close();
  host.close();
});
