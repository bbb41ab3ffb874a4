import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inProject } from './project.mjs';

function* filesBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    yield `${path} ${stat.size} ${stat.mtimeNs}`;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

/** A hash over the names, sizes and times of everything below these paths: a few milliseconds, no file is read. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) for (const line of filesBelow(inProject(path))) hash.update(`${line}\n`);
  return hash.digest('hex');
}

/** The text of a small file, or null. */
export function readNote(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Writes a small file and the folders above it. */
export function writeNote(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
