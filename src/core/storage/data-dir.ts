import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** Where this platform keeps an application's data; `VEKSCOPE_DATA` overrides it. Nothing is created. */
export function dataDirPath(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const own = env['VEKSCOPE_DATA'];
  if (own !== undefined && own !== '') return resolve(own);
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Vekscope');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Vekscope');
  const xdg = env['XDG_DATA_HOME'];
  // The convention says that a relative path there is to be ignored.
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.local', 'share');
  return join(base, 'vekscope');
}

/** The user's app folder, created when it is not there. Only this user may read it: it holds copies of stores. */
export function dataDir(): string {
  const path = dataDirPath();
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
