import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Characters that are held in memory before the rest goes to a temporary file. */
const HELD = 16 * 1024 * 1024;

/**
 * Holds back what a look at a store prints until the look is known to be good: a look may be repeated when the
 * store changes under it, and an error must not follow half an answer.
 */
export type Spool = {
  /** forgets everything: the look begins again */
  reset(): void;
  write(text: string): void;
  /** hands everything to standard output and ends */
  flush(): Promise<void>;
  /** ends without printing */
  drop(): void;
};

/** Makes an empty spool. */
export function createSpool(): Spool {
  let held: string[] = [];
  let size = 0;
  let file: { readonly folder: string; readonly path: string; readonly fd: number } | null = null;

  function spill(): void {
    if (file === null) {
      const folder = mkdtempSync(join(tmpdir(), 'vekscope-'));
      const path = join(folder, 'output');
      process.once('exit', drop);
      file = { folder, path, fd: openSync(path, 'w', 0o600) };
    }
    writeSync(file.fd, held.join(''));
    held = [];
    size = 0;
  }

  function drop(): void {
    held = [];
    size = 0;
    if (file === null) return;
    process.removeListener('exit', drop);
    closeSync(file.fd);
    rmSync(file.folder, { recursive: true, force: true });
    file = null;
  }

  return {
    reset: drop,
    write(text) {
      held.push(text);
      size += text.length;
      if (size > HELD) spill();
    },
    async flush() {
      if (file !== null) {
        spill();
        await pipeline(createReadStream(file.path), process.stdout, { end: false });
      } else {
        process.stdout.write(held.join(''));
      }
      drop();
    },
    drop,
  };
}
