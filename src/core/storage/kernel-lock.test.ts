import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure, value } from '../../../test/support/writes.ts';
import { takeKernelLock } from './kernel-lock.ts';

let folder: string;
let path: string;
const savedPath = process.env['PATH'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vekscope-lock-'));
  path = join(folder, 'note.md.lock');
});
afterEach(() => {
  process.env['PATH'] = savedPath;
  rmSync(folder, { recursive: true, force: true });
});

/** Whether Python's fcntl gets the lock at once, as the runtime would. */
function freeForPython(): boolean {
  const script = `import fcntl, sys\nfcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX | fcntl.LOCK_NB)`;
  return spawnSync('python3', ['-c', script, path]).status === 0;
}

function kernelLists(): boolean {
  const file = openSync(path, 'r');
  const { ino } = fstatSync(file);
  closeSync(file);
  return new RegExp(`FLOCK +ADVISORY +WRITE \\S+ \\S+:${ino} `).test(readFileSync('/proc/locks', 'utf8'));
}

describe.skipIf(process.platform !== 'linux')('a lock of the kernel', () => {
  it('is the one that Python sees, lasts while it is held, and leaves the file', () => {
    const lock = value(takeKernelLock(path, 0));
    expect(lock.held).toBe(true);
    expect([kernelLists(), freeForPython()]).toEqual([true, false]);
    lock.release();
    expect([kernelLists(), freeForPython()]).toEqual([false, true]);
    expect(existsSync(path)).toBe(true);
  });

  it('waits for another, and says which file is locked', async () => {
    const script = `import fcntl, sys, time
f = open(sys.argv[1], "w")
fcntl.flock(f, fcntl.LOCK_EX)
print("has it", flush=True)
time.sleep(float(sys.argv[2]))`;
    const holder = spawn('python3', ['-c', script, path, '1.5']);
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    const error = failure(takeKernelLock(path, 50));
    expect(error.kind).toBe('locked');
    expect(error.message).toContain('note.md.lock');
    const lock = value(takeKernelLock(path, 20_000));
    expect(lock.held).toBe(true);
    lock.release();
  });

  it('is taken by Perl where there is no flock program, and by none where there is neither', () => {
    const bin = join(folder, 'bin');
    const perl = spawnSync('sh', ['-c', 'command -v perl'], { encoding: 'utf8' }).stdout.trim();
    spawnSync('mkdir', [bin]);
    symlinkSync(perl, join(bin, 'perl'));
    process.env['PATH'] = bin;
    const byPerl = value(takeKernelLock(path, 0));
    process.env['PATH'] = savedPath;
    expect([byPerl.held, freeForPython()]).toEqual([true, false]);
    byPerl.release();
    process.env['PATH'] = join(folder, 'nothing');
    expect(value(takeKernelLock(path, 0)).held).toBe(false);
  });

  it('follows no link', () => {
    symlinkSync('/etc/hostname', path);
    expect(failure(takeKernelLock(path, 0)).kind).toBe('io');
  });
});
