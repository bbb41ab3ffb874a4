import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { PortMain } from './ports.ts';
import { outside, seen, type ForkedProcess } from './world.ts';

/** Electron's `UtilityProcess`: noted only, or a real process where there is one outside. */
class Engine extends EventEmitter {
  readonly entry: string;
  readonly options: Electron.ForkOptions;
  readonly posted: { message: unknown; ports: unknown[] }[] = [];
  readonly #process: ForkedProcess | null;
  killed = false;

  constructor(entry: string, options: Electron.ForkOptions) {
    super();
    this.entry = entry;
    this.options = options;
    this.#process = outside.fork?.(entry, options) ?? null;
    this.#process?.onExit((code) => this.emit('exit', code));
    seen.engines.push(this);
  }
  postMessage(message: unknown, ports: PortMain[] = []): void {
    this.posted.push({ message, ports });
    this.#process?.post(message, ports);
  }
  kill(): boolean {
    this.killed = true;
    this.#process?.kill();
    return true;
  }
}

export const utilityProcess = {
  fork: (entry: string, _args: string[], options: Electron.ForkOptions) => new Engine(entry, options),
};
