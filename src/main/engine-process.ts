import { join } from 'node:path';
import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron';
import type { EngineOptions } from '../engine/options.ts';
import { CHANNELS } from './channels.ts';

/** The engine in a process of its own. It starts with the first window, and again if it ended. */
export type EngineProcess = {
  /** gives the page a new port to the engine */
  readonly connect: (contents: WebContents) => void;
  readonly stop: () => void;
};

/** `onEnd` hears the exit code when the engine ends without being stopped. */
export function engineProcess(options: EngineOptions, onEnd: (code: number) => void): EngineProcess {
  let child: UtilityProcess | null = null;
  const running = (): UtilityProcess => {
    if (child !== null) return child;
    const started = utilityProcess.fork(join(import.meta.dirname, 'engine.js'), [], {
      serviceName: 'Vekscope engine',
      // SQLite reads this once, when the addon loads (core/storage/uri.ts)
      env: { ...process.env, SQLITE_USE_URI: '1' },
      stdio: 'inherit',
    });
    child = started;
    started.on('exit', (code) => {
      if (child !== started) return;
      child = null;
      onEnd(code);
    });
    started.postMessage({ type: 'options', options });
    return started;
  };
  return {
    connect: (contents) => {
      const { port1, port2 } = new MessageChannelMain();
      running().postMessage({ type: 'connect' }, [port1]);
      contents.postMessage(CHANNELS.port, null, [port2]);
    },
    stop: () => {
      const ending = child;
      child = null;
      ending?.kill();
    },
  };
}
