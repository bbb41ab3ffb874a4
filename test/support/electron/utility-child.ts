import { EventEmitter } from 'node:events';
import { MessageChannelMain } from './ports.ts';

/**
 * Loaded before the engine's built file in a process of its own: gives it `process.parentPort`, as Electron's utility
 * process has, over the channel to the process that started it.
 */
type FromParent =
  | { readonly type: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly type: 'port-data'; readonly port: number; readonly data: unknown }
  | { readonly type: 'port-closed'; readonly port: number };

const tell = (message: object): void => void (process.connected && process.send?.(message));
const channels = new Map<number, MessageChannelMain['port1']>();
const parentPort = new EventEmitter();
Object.assign(process, { parentPort });

function received(id: number) {
  const { port1, port2 } = new MessageChannelMain();
  port1.on('message', ({ data }: { data: unknown }) => tell({ type: 'port-data', port: id, data }));
  port1.on('close', () => {
    if (channels.delete(id)) tell({ type: 'port-closed', port: id });
  });
  port1.start();
  channels.set(id, port1);
  return port2;
}

// as Electron's ends with its parent
process.on('disconnect', () => process.exit());
process.on('message', (message: FromParent) => {
  if (message.type === 'message') {
    parentPort.emit('message', { data: message.data, ports: message.ports.map(received) });
  } else if (message.type === 'port-data') {
    channels.get(message.port)?.postMessage(message.data);
  } else {
    const port = channels.get(message.port);
    channels.delete(message.port);
    port?.close();
  }
});
