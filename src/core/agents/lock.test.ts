import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kernelLocks, readLocks, readRunning } from './lock.ts';

let dir: string;
let child: ChildProcess | null = null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vekscope-lock-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
  rmSync(dir, { recursive: true, force: true });
});

const linux = process.platform === 'linux';

/** Holds the lock as the runtime does, in a process of its own, until it is ended. */
async function hold(): Promise<ChildProcess> {
  const held = spawn('flock', ['--exclusive', '--no-fork', join(dir, '.lock'), 'sleep', '60']);
  child = held;
  const end = performance.now() + 5_000;
  while (performance.now() < end && readRunning(dir).state !== 'running') {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return held;
}

describe('who holds the lock of an agent', () => {
  it.runIf(linux)(
    'is known from the kernel while a process holds it, and no longer when it is dead',
    async () => {
      writeFileSync(join(dir, '.lock'), 'pid=1 acquired=2026-06-08T09:00:00+02:00\n');
      expect(readRunning(dir)).toMatchObject({ state: 'idle', pid: null });
      const held = await hold();
      expect(readRunning(dir)).toMatchObject({ state: 'running', pid: held.pid });
      const ended = new Promise((resolve) => held.on('exit', resolve));
      held.kill('SIGKILL');
      await ended;
      expect(readRunning(dir).state).toBe('idle');
    },
  );

  it.runIf(linux)('a lock on another file is none', async () => {
    await hold();
    const other = mkdtempSync(join(tmpdir(), 'vekscope-lock-'));
    writeFileSync(join(other, '.lock'), 'pid=1\n');
    expect(readRunning(other).state).toBe('idle');
    rmSync(other, { recursive: true });
  });

  it('reads the list of the kernel, without those that only wait', () => {
    const text = [
      '1: FLOCK  ADVISORY  WRITE 4711 fe:00:1141257 0 EOF',
      '1: -> FLOCK  ADVISORY  WRITE 4712 fe:00:1141257 0 EOF',
      '2: POSIX  ADVISORY  READ  12 00:2b:99 0 EOF',
      '3: OFDLCK ADVISORY  WRITE -1 08:01:7 0 EOF',
      'something else',
    ].join('\n');
    expect(readLocks(text)).toEqual([
      { pid: 4711, device: 'fe:00', inode: 1141257 },
      { pid: -1, device: '08:01', inode: 7 },
    ]);
  });

  it('is only probable where the kernel does not tell, and says so', () => {
    const lock = join(dir, '.lock');
    expect(readRunning(dir, null)).toMatchObject({ state: 'idle' });
    writeFileSync(lock, `pid=${process.pid} acquired=T\n`);
    expect(readRunning(dir, null)).toMatchObject({ state: 'probably', pid: process.pid });
    writeFileSync(lock, 'pid=2147483646 acquired=T\n');
    expect(readRunning(dir, null)).toMatchObject({ state: 'idle', pid: null });
    writeFileSync(lock, 'nothing\n');
    expect(readRunning(dir, null)).toMatchObject({ state: 'unknown' });
  });

  it('a link in place of the lock is not followed', () => {
    symlinkSync('/etc/hostname', join(dir, '.lock'));
    expect(readRunning(dir).state).toBe('unknown');
  });

  it.runIf(linux)('looking leaves no lock on the file', () => {
    const lock = join(dir, '.lock');
    writeFileSync(lock, '');
    expect(readRunning(dir).state).toBe('idle');
    expect(kernelLocks()?.some(({ inode }) => inode === statSync(lock).ino)).toBe(false);
  });
});
