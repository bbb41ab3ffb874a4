import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createWhole } from '../../operations/files.ts';
import { fail, ok, type Result } from '../../result.ts';
import { systemFailure } from '../../storage/failures.ts';
import { replaceFile, syncFolder } from '../../storage/replace.ts';

/** The SHA-256 of bytes, in hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Where bytes of a hash are kept. */
export function objectPath(dir: string, sha256: string): string {
  return join(dir, sha256.slice(0, 2), sha256);
}

/** Keeps bytes by their hash, and waits until they are on disk. Throws what the system says. */
export function keepObject(dir: string, bytes: Uint8Array): string {
  const sha256 = sha256Of(bytes);
  const path = objectPath(dir, sha256);
  if (readObject(dir, sha256).ok) return sha256;
  const folder = join(dir, sha256.slice(0, 2));
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncFolder(dir);
  if (!createWhole(path, bytes, 0o600) && !readObject(dir, sha256).ok) replaceFile(path, bytes);
  return sha256;
}

/** Size of kept bytes; null: they are not kept. */
export function objectSize(dir: string, sha256: string): number | null {
  return statSync(objectPath(dir, sha256), { throwIfNoEntry: false })?.size ?? null;
}

/** Kept bytes, which fit their hash. */
export function readObject(dir: string, sha256: string): Result<Buffer> {
  const path = objectPath(dir, sha256);
  try {
    const bytes = readFileSync(path);
    if (sha256Of(bytes) === sha256) return ok(bytes);
  } catch (error) {
    const failure = systemFailure(error, path);
    return failure.error.kind === 'not-found' ? notKept(sha256) : failure;
  }
  return fail(
    'damaged',
    `The kept text ${sha256.slice(0, 8)} is damaged: its bytes do not fit its hash.`,
    'It can’t be used; other versions can.',
  );
}

function notKept(sha256: string): Result<never> {
  return fail('not-found', `The text ${sha256.slice(0, 8)} is not kept.`, 'Other versions may be.');
}
