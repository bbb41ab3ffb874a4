import { arch, cpus, release, totalmem } from 'node:os';
import type { Failure } from '../contract/failure.ts';
import type { LogFile } from '../contract/workspace.ts';
import { thrown } from '../core/log/frames.ts';
import { logPath, type Log } from '../core/log/log.ts';
import { readLog } from '../core/log/read.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { limits } from '../core/storage/limits.ts';
import type { EngineOptions } from './options.ts';

/** An answer that takes longer than this is noted, in ms. */
const SLOW_MS = 1000;

/** Notes in the log which questions failed or took long: by their names and kinds, never with what they are about. */
export async function logged<Answer extends { readonly output: unknown }>(
  log: Log,
  path: readonly string[],
  signal: AbortSignal | undefined,
  next: () => PromiseLike<Answer> | Answer,
): Promise<Answer> {
  const asked = path.join('.');
  const begun = performance.now();
  try {
    const answer = await next();
    const ms = Math.round(performance.now() - begun);
    const failure = failureOf(answer.output);
    if (failure !== null && failure !== 'cancelled') log.write('warn', 'refused', { asked, failure, ms });
    else if (ms > SLOW_MS) log.write('info', 'slow', { asked, ms });
    return answer;
  } catch (error) {
    if (signal?.aborted !== true) log.fault(`fault-in-${asked}`, thrown(error));
    throw error;
  }
}

/** The kind of failure that an answer is; null when it is none. */
function failureOf(answer: unknown): Failure['kind'] | null {
  if (!(answer instanceof Object) || !('ok' in answer) || answer.ok !== false || !('error' in answer))
    return null;
  return (answer.error as Failure).kind;
}

/** Notes the start of an engine: what a bug report needs to know of the program and the machine. */
export function logStart(log: Log, { version, host, roots }: EngineOptions): void {
  log.write('info', 'start', {
    version,
    host,
    node: process.versions.node,
    system: `${process.platform}-${arch()}`,
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    folders: roots === null ? 'any' : roots.length,
  });
}

/** The log for a person who reports a bug. */
export function logFile({
  log,
  options,
}: {
  readonly log: Log;
  readonly options: EngineOptions;
}): Result<LogFile> {
  const failure = log.failure();
  if (failure !== null) {
    return fail(
      'io',
      'The log could not be written.',
      `Check that the folder logs in ${options.dataDir} can be written and the disk is not full.`,
      failure,
    );
  }
  return ok({
    path: logPath(options.dataDir),
    text: readLog(options.dataDir, limits.logShownBytes),
    about: [
      `Vekscope ${options.version} (${options.host})`,
      `Node ${process.versions.node}, SQLite through better-sqlite3`,
      `${process.platform} ${release()} ${arch()}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 / 1024)} MB`,
    ].join('\n'),
  });
}
