import { readFileSync } from 'node:fs';
import { inProject, pinnedNode, tell } from './project.mjs';
import { npm } from './run.mjs';

function packagesOf(...path) {
  try {
    return JSON.parse(readFileSync(inProject(...path), 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * True when node_modules holds what package-lock.json names. npm writes its own list at the end of an installation,
 * so one that was interrupted does not pass, and one made by hand does. Packages for other platforms are optional.
 */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const there = packagesOf('node_modules', '.package-lock.json');
  if (wanted === null || there === null || pinnedNode() === null) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = there[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

/** Installs what is missing. Returns false, after saying why, when it could not. */
export async function ensureInstalled() {
  if (isInstalled()) return true;
  tell('Installing the packages (npm ci); this happens once.');
  const { code } = await npm(['ci', '--no-audit', '--no-fund']);
  if (code === 0 && pinnedNode() !== null) return true;
  tell(
    code === 0
      ? 'npm ci ended well but left no node_modules/node/bin/node: its installation script did not run. Allow it and try again.'
      : `npm ci failed with code ${code}; what it said stands above.`,
  );
  return false;
}
