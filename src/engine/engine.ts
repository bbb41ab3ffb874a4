import { RPCHandler } from '@orpc/server/bun-ws';
import { thrown } from '../core/log/frames.ts';
import { openLog } from '../core/log/log.ts';
import { createConnection } from './connection.ts';
import { logStart } from './log.ts';
import type { EngineOptions } from './options.ts';
import { createRouter, type EngineContext } from './router.ts';
import { createSessionPool } from './session-pool.ts';

type Message = string | Uint8Array<ArrayBuffer>;

/** A port to a window: of a worker thread, which gives messages as they are, or of Electron, which gives events. */
export type Port = {
  postMessage(message: Message): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  close(): void;
};

/** The engine of one process: every port that is connected becomes a window. */
export type Engine = {
  /** Serves a window over `port`; `onClose` must be called when the port closes. */
  connect(port: Port): { readonly onClose: () => void };
  close(): void;
};

/** Makes an engine. It opens nothing until a window asks. */
export function createEngine(options: EngineOptions): Engine {
  const log = openLog(options.dataDir);
  logStart(log, options);
  const onCrash = (error: unknown) => log.fault('crash', thrown(error));
  process.on('uncaughtExceptionMonitor', onCrash);
  const pool = createSessionPool(options, log);
  // Of oRPC's handlers the one whose failures can be caught: in the one for ports a message that is no request of
  // oRPC is an unhandled rejection, which would end the engine for every window.
  const handler = new RPCHandler<EngineContext>(createRouter());
  return {
    connect(port) {
      const connection = createConnection(pool, options, log);
      const peer = { send: (message: Message) => (port.postMessage(message), 0) };
      const receive = (message: unknown): void => {
        handler
          .message(peer, message as Message, { context: { options, connection, log } })
          .catch((error: unknown) => {
            log.fault('bad-message', thrown(error));
            process.emitWarning(
              `A window was closed, for its message could not be answered: ${String(error)}`,
            );
            port.close();
          });
      };
      port.on('message', (event) => receive(event instanceof Object && 'data' in event ? event.data : event));
      return {
        onClose: () => {
          handler.close(peer);
          connection.close();
        },
      };
    },
    close() {
      pool.close();
      process.off('uncaughtExceptionMonitor', onCrash);
      log.write('info', 'end');
    },
  };
}
