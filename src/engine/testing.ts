import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../contract/contract.ts';
import type { EngineEvent } from '../contract/workspace.ts';
import { createEngine } from './engine.ts';
import type { EngineOptions } from './options.ts';

export type TestClient = ContractRouterClient<Contract>;

/** An engine of this process with one window on it, as a test drives it. */
export type TestEngine = {
  readonly client: TestClient;
  readonly dataDir: string;
  /** everything the engine told this window so far */
  readonly events: readonly EngineEvent[];
  /** waits for the next event that fits, after the one found before; fails after ten seconds */
  heard(fits: (event: EngineEvent) => boolean): Promise<EngineEvent>;
  close(): void;
};

/** Starts an engine with an app folder of its own. */
export function startTestEngine(options: Partial<EngineOptions> = {}): TestEngine {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'vekscope-data-'));
  const engine = createEngine({
    dataDir,
    roots: null,
    initial: null,
    sample: null,
    version: '0.0.0',
    host: 'browser',
    ...options,
  });
  const { port1, port2 } = new MessageChannel();
  const { onClose } = engine.connect(port1);
  port1.start();
  const client: TestClient = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  const events: EngineEvent[] = [];
  let heardUpTo = 0;
  const waiting = new Set<() => void>();
  const abort = new AbortController();
  void listen();

  async function listen(): Promise<void> {
    try {
      for await (const event of await client.workspace.events(undefined, { signal: abort.signal })) {
        events.push(event);
        for (const look of waiting) look();
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  }

  return {
    client,
    dataDir,
    events,
    heard: (fits) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no such event among ${JSON.stringify(events)}`));
        }, 10_000);
        const look = (): void => {
          const place = events.findIndex((event, i) => i >= heardUpTo && fits(event));
          const found = events[place];
          if (found === undefined) return;
          heardUpTo = place + 1;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close() {
      abort.abort();
      onClose();
      engine.close();
      port1.close();
      port2.close();
    },
  };
}
