import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { TestClient } from '../../src/engine/testing.ts';
import type { EngineOptions } from '../../src/engine/options.ts';
import { projectRoot } from './peers.ts';

/** The id under which the one port is handed over. */
const PORT = 1;

/** Runs a built engine as Electron's utility process does, with one window that is this process. */
export function startEngineProcess(entry: string, options: EngineOptions) {
  const child = fork(entry, [], {
    cwd: options.dataDir,
    env: { ...process.env, SQLITE_USE_URI: '1' },
    execArgv: ['--import', join(projectRoot, 'test', 'support', 'electron', 'utility-child.ts')],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const { port1, port2 } = new MessageChannel();
  child.on('message', ({ data }: { readonly data: unknown }) => port1.postMessage(data));
  port1.on('message', (data) => child.send({ type: 'port-data', port: PORT, data }));
  child.on('exit', () => port1.close());
  child.send({ type: 'message', data: { type: 'options', options }, ports: [] });
  child.send({ type: 'message', data: { type: 'connect' }, ports: [PORT] });
  const client: TestClient = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  return {
    client,
    errors: () => errors,
    /** the exit code after it was asked to end */
    close: async (): Promise<number> => {
      const ended = once(child, 'exit');
      child.send({ type: 'message', data: { type: 'close' }, ports: [] });
      const [code] = (await ended) as [number];
      port2.close();
      return code;
    },
  };
}
