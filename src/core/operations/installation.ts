import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { createWhole } from './files.ts';

/** Who writes: an id that stands in the record, and a secret that never leaves the app folder. */
export type Installation = { readonly id: string; readonly secret: string };

const schema = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  secret: z.string().regex(/^[0-9a-f]{64}$/),
});

/** This installation, or null while it has never written anything. */
export function findInstallation(dataDir: string): Installation | null {
  let text: string;
  try {
    text = readFileSync(join(dataDir, 'installation.json'), 'utf8');
  } catch {
    return null;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** This installation, made on its first write. Two processes that start at once agree on one. */
export function ensureInstallation(dataDir: string): Result<Installation> {
  const found = findInstallation(dataDir);
  if (found !== null) return ok(found);
  const path = join(dataDir, 'installation.json');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const made = { id: randomBytes(16).toString('hex'), secret: randomBytes(32).toString('hex') };
    createWhole(path, `${JSON.stringify(made)}\n`, 0o600);
  } catch (error) {
    return systemFailure(error, path);
  }
  const kept = findInstallation(dataDir);
  if (kept !== null) return ok(kept);
  return fail(
    'damaged',
    `${path} can't be read, so Vekscope can't sign what it writes.`,
    'Remove that file to begin a new one; operations recorded until now can then no longer be undone.',
  );
}

/** HMAC-SHA256 of a text with the installation's secret, in hex. */
export function sign(installation: Installation, text: string): string {
  return createHmac('sha256', installation.secret).update(text).digest('hex');
}

/** Whether `mac` is this installation's signature of the text. */
export function isSignedBy(installation: Installation, text: string, mac: string): boolean {
  const expected = Buffer.from(sign(installation, text));
  const given = Buffer.from(mac);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
