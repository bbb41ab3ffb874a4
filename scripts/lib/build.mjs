import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, readNote, writeNote } from './fingerprint.mjs';
import { outFolder, pinnedNode, tell, tool } from './project.mjs';
import { run } from './run.mjs';

const shared = ['package-lock.json', 'vite.config.ts'];

/** What can be built: the window alone, as the browser needs it, or everything, as Electron does. */
const kinds = {
  renderer: {
    what: 'the window',
    sources: [...shared, 'src/renderer', 'src/contract', 'src/core'],
    results: ['renderer/index.html'],
    command: () => [tool('vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
  },
  all: {
    what: 'the desktop program',
    sources: [...shared, 'electron.vite.config.ts', 'src'],
    results: ['renderer/index.html', 'main/index.js', 'preload/index.cjs'],
    command: () => [tool('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
  },
};

const stampOf = (kind) => join(outFolder, `.built-${kind}`);

/** Builds when a source changed since the last build of this kind, or with `force`. Returns whether it is built. */
export async function ensureBuilt(kind, { force = false } = {}) {
  const { what, sources, results, command } = kinds[kind];
  const now = fingerprint(sources);
  const current =
    readNote(stampOf(kind)) === now && results.every((file) => existsSync(join(outFolder, file)));
  if (current && !force) return true;
  tell(`Building ${what}.`);
  rmSync(stampOf(kind), { force: true });
  const { code } = await run(pinnedNode(), command());
  if (code !== 0 || !results.every((file) => existsSync(join(outFolder, file)))) {
    tell(`The build of ${what} failed with code ${code}; what it said stands above.`);
    return false;
  }
  writeNote(stampOf(kind), now);
  if (kind === 'all') writeNote(stampOf('renderer'), fingerprint(kinds.renderer.sources));
  return true;
}
