import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../storage/limits.ts';
import { framesOf, type Thrown } from './frames.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/**
 * A fact of a line: a number, or a word out of a list in the source. Never text of a store, a path, a name or a hash;
 * `write` puts `?` in the place of what does not look like a word of ours.
 */
export type LogFacts = Readonly<Record<string, number | boolean | string>>;

/** The log of this installation, for bug reports. Several processes may write it at once. */
export type Log = {
  readonly write: (level: LogLevel, event: string, facts?: LogFacts) => void;
  /** an error nobody expected: its kind and where in the program it happened, without its message */
  readonly fault: (event: string, error: Thrown) => void;
  /** why the last line could not be written; null when it could */
  readonly failure: () => string | null;
};

/** The file, in the app folder; the one before it has `.1` in its name. */
export const logPath = (dataDir: string): string => join(dataDir, 'logs', 'vekscope.log');
export const olderLogPath = (dataDir: string): string => join(dataDir, 'logs', 'vekscope.1.log');

/** Opens the log of an app folder. Nothing is written before the first line. */
export function openLog(dataDir: string, now: () => Date = () => new Date()): Log {
  const path = logPath(dataDir);
  let failure: string | null = null;

  function append(line: string): void {
    try {
      mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      if (size > limits.logBytes) renameSync(path, olderLogPath(dataDir));
      appendFileSync(path, `${line}\n`, { mode: 0o600 });
      failure = null;
    } catch (error) {
      // A log that can't be written must not stop what it tells of; who asks for the log hears why.
      failure = error instanceof Error ? error.message : String(error);
    }
  }

  const write: Log['write'] = (level, event, facts = {}) => {
    const words = Object.entries(facts).map(([key, value]) => `${key}=${factText(value)}`);
    append([now().toISOString(), level.padEnd(5), event, ...words].join(' '));
  };
  return {
    write,
    fault(event, error) {
      write('error', event, { name: error.name });
      for (const frame of framesOf(error)) append(`    at ${frame}`);
    },
    failure: () => failure,
  };
}

function factText(value: number | boolean | string): string {
  if (typeof value !== 'string') return String(value);
  return /^[\w.+-]{1,60}$/.test(value) ? value : '?';
}
