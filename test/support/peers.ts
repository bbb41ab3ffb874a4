import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The Python interpreter of a virtual environment that holds the real tools, or null. `VEKSCOPE_PEERS` names the
 * environment's folder; `.ci/run` makes one in `.cache/peers`. With `VEKSCOPE_REQUIRE_PEERS=1` their absence is
 * an error instead of a skip.
 */
export function peerPython(): string | null {
  const folder = process.env['VEKSCOPE_PEERS'] ?? join(projectRoot, '.cache', 'peers');
  const python = [join(folder, 'bin', 'python'), join(folder, 'Scripts', 'python.exe')].find((p) =>
    existsSync(p),
  );
  if (python === undefined && process.env['VEKSCOPE_REQUIRE_PEERS'] === '1') {
    throw new Error(`The Python peers are required and not in ${folder}. Install them: npm run peers`);
  }
  return python ?? null;
}
