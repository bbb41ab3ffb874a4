import { createEngine } from './engine.ts';
import type { EngineOptions } from './options.ts';

/**
 * The engine as Electron's utility process. The first message carries the options; then each `connect` carries the
 * port of a window, and `close` ends the process.
 */
type UtilityMessage = {
  readonly data:
    | { readonly type: 'options'; readonly options: EngineOptions }
    | { readonly type: 'connect' }
    | { readonly type: 'close' };
  readonly ports: readonly UtilityPort[];
};
type UtilityPort = Parameters<ReturnType<typeof createEngine>['connect']>[0] & {
  on(event: 'close', listener: () => void): unknown;
  start(): void;
};
type ParentPort = { on(event: 'message', listener: (message: UtilityMessage) => void): void };

const { parentPort } = process as unknown as { parentPort?: ParentPort };
if (parentPort === undefined) throw new Error('engine/utility.ts runs in an Electron utility process only');

let engine: ReturnType<typeof createEngine> | null = null;

parentPort.on('message', ({ data, ports }) => {
  if (data.type === 'options') {
    engine = createEngine(data.options);
    return;
  }
  if (data.type === 'close') {
    engine?.close();
    process.exit(0);
  }
  const port = ports[0];
  if (engine === null || port === undefined) throw new Error('a window connected before the options came');
  const { onClose } = engine.connect(port);
  port.on('close', onClose);
  port.start();
});
