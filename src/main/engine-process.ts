import { join } from 'node:path';
import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron';
import type { EngineOptions } from '../engine/options.ts';
import { CHANNELS } from './channels.ts';

/** The engine in a process of its own. It starts with the first window, and again if it ended. */
export type EngineProcess = {
  /** gives the page a new port to the engine */
  readonly connect: (contents: WebContents) => void;
  /** settles when the engine has ended: by itself, or after a while by force */
  readonly stop: () => Promise<void>;
};

/** How long the engine may take to end by itself, in milliseconds. */
const STOP_MS = 2_000;

/** Variables by which a parent could change how a Node process runs. */
const NOT_INHERITED = new Set(['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE', 'NODE_EXTRA_CA_CERTS']);

/** `onEnd` hears why the engine ended without being stopped. */
export function engineProcess(options: EngineOptions, onEnd: (reason: string) => void): EngineProcess {
  let child: UtilityProcess | null = null;
  const running = (): UtilityProcess => {
    if (child !== null) return child;
    const started = utilityProcess.fork(join(import.meta.dirname, 'engine.js'), [], {
      serviceName: 'Vekscope engine',
      env: engineEnvironment(),
      stdio: 'inherit',
    });
    child = started;
    let fatal = '';
    started.on('error', (type, location) => {
      fatal = ` (${type} at ${location})`;
    });
    started.on('exit', (code) => {
      if (child !== started) return;
      child = null;
      onEnd(`code ${code}${fatal}`);
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
      if (ending === null) return Promise.resolve();
      return new Promise((ended) => {
        const late = setTimeout(() => ending.kill(), STOP_MS);
        ending.on('exit', () => {
          clearTimeout(late);
          ended();
        });
        ending.postMessage({ type: 'close' });
      });
    },
  };
}

function engineEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.has(name));
  // SQLite reads this once, when the addon loads (core/storage/uri.ts)
  return { ...Object.fromEntries(inherited), SQLITE_USE_URI: '1' };
}
