import { RPCHandler } from '@orpc/server/message-port';
import { createConnection } from './connection.ts';
import type { EngineOptions } from './options.ts';
import { createRouter, type EngineContext } from './router.ts';
import { createSessionPool } from './session-pool.ts';

type Port = Parameters<RPCHandler<EngineContext>['upgrade']>[0];

/** The engine of one process: every port that is connected becomes a window. */
export type Engine = {
  /** Serves a window over `port`; `onClose` must be called when the port closes. */
  connect(port: Port): { readonly onClose: () => void };
  close(): void;
};

/** Makes an engine. It opens nothing until a window asks. */
export function createEngine(options: EngineOptions): Engine {
  const pool = createSessionPool(options);
  const handler = new RPCHandler<EngineContext>(createRouter());
  return {
    connect(port) {
      const connection = createConnection(pool, options);
      handler.upgrade(port, { context: { options, connection } });
      return { onClose: () => connection.close() };
    },
    close: () => pool.close(),
  };
}
