import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A path inside the project. */
export const inProject = (...parts) => join(root, ...parts);

/** Where the built program lies; `VEKSCOPE_OUT` names another folder. */
export const outFolder = process.env['VEKSCOPE_OUT'] ?? inProject('out');

/** Where scripts keep what they found out; it goes with node_modules. */
export const cacheFolder = inProject('node_modules', '.cache', 'vekscope');

/** The pinned Node that package-lock.json names; null before the installation. */
export function pinnedNode() {
  const file = inProject('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : null;
}

/** The entry file of a tool in node_modules, by its path inside the package. */
export const tool = (path) => inProject('node_modules', ...path.split('/'));

/** Tells the person something; standard output is kept for what other programs read. */
export const tell = (text) => void process.stderr.write(`${text}\n`);
