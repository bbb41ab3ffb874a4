import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** Size and SHA-256 of a file as it was read. */
export type FileDigest = { readonly bytes: number; readonly sha256: string };

/**
 * Reads a file once, piece by piece, through another process: a descriptor on a database that this process closes
 * would drop SQLite's locks on it. Windows has no such locks. Throws what the system says.
 */
export async function fileDigest(path: string, tick: (bytes: number) => void): Promise<FileDigest> {
  const sum = createHash('sha256');
  let bytes = 0;
  const take = async (stream: Readable): Promise<void> => {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      sum.update(piece);
      bytes += piece.byteLength;
      tick(bytes);
    }
  };
  if (process.platform === 'win32') {
    await take(createReadStream(path));
  } else {
    const reader = spawn('/bin/cat', ['--', path], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    reader.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      reader.on('error', reject).on('close', resolve);
    });
    const [code] = await Promise.all([ended, take(reader.stdout)]);
    if (code !== 0)
      throw Object.assign(new Error(`reading failed: ${said.slice(0, 500)}`), { code: 'EREAD' });
  }
  return { bytes, sha256: sum.digest('hex') };
}
