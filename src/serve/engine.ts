import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { EngineOptions } from '../engine/options.ts';

/** The engine in its own thread, off the thread that answers HTTP. */
export type EngineHandle = {
  /** a new conversation with the engine */
  readonly connect: () => MessagePort;
  /** settles with the reason when the thread ends, asked or not */
  readonly ended: Promise<string>;
  readonly close: () => Promise<void>;
};

/** How long the engine may take to end on its own, in milliseconds, before it is ended. */
const CLOSE_MS = 2_000;

/**
 * Starts the engine's worker. `SQLITE_USE_URI` must be set in this process before (notes in `storage/uri.ts`);
 * a worker inherits it and can't set it for itself.
 */
export function startEngine(entry: URL, options: EngineOptions): EngineHandle {
  const worker = new Worker(entry, { workerData: options, name: 'engine' });
  const ended = new Promise<string>((resolve) => {
    worker.on('error', (error) =>
      resolve(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    worker.on('exit', (code) => resolve(`The engine's thread ended with code ${code}.`));
  });
  return {
    ended,
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ type: 'connect', port: port2 }, [port2]);
      return port1;
    },
    close: async () => {
      worker.postMessage({ type: 'close' });
      const late = setTimeout(() => void worker.terminate(), CLOSE_MS);
      await ended;
      clearTimeout(late);
    },
  };
}
