import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../test/support/peers.ts';

/** A running serve host. */
export type TestServer = {
  /** with the token */
  readonly address: string;
  /** what it has written to standard error so far */
  readonly errors: () => string;
  /** `SIGKILL` ends it in the middle of whatever it does */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

const START_MS = 20_000;

/**
 * Starts the serve host from source on a free port, as `vekscope serve` does. `folder` null shows the bundled sample;
 * `data` is the app folder it uses. It ends with this process, also when that is killed.
 */
export async function startServer(folder: string | null, data: string, port = 0): Promise<TestServer> {
  const entry = join(projectRoot, 'src', 'serve', 'run.ts');
  const child = spawn(
    process.execPath,
    [entry, '--port', String(port), ...(folder === null ? [] : [folder])],
    {
      cwd: projectRoot,
      env: { ...process.env, VEKSCOPE_DATA: data },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const address = await Promise.race([
    once(lines, 'line', { signal: AbortSignal.timeout(START_MS) }).then(([line]) => String(line)),
    ended.then(() => Promise.reject(new Error(`The server ended before it gave its address. ${errors}`))),
  ]);
  return {
    address,
    errors: () => errors,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
    },
  };
}
