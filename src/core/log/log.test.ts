import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../storage/limits.ts';
import { framesOf, thrown } from './frames.ts';
import { logPath, olderLogPath, openLog } from './log.ts';
import { readLog } from './read.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'vekscope-log-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const at = () => new Date('2026-11-20T14:41:08.204Z');

describe('the log', () => {
  it('writes one line for each event, with its facts', () => {
    const log = openLog(data, at);
    log.write('info', 'opened', { calls: 1284, state: 'ok', first: true });
    log.write('warn', 'slow');
    expect(readFileSync(logPath(data), 'utf8')).toBe(
      '2026-11-20T14:41:08.204Z info  opened calls=1284 state=ok first=true\n2026-11-20T14:41:08.204Z warn  slow\n',
    );
    expect(log.failure()).toBeNull();
    if (process.platform !== 'win32') expect(statSync(logPath(data)).mode & 0o777).toBe(0o600);
  });

  it('never takes text that is no word of ours', () => {
    const log = openLog(data, at);
    log.write('info', 'opened', { path: '/home/someone/secret', name: 'my secret', lines: 'a\nb' });
    expect(readLog(data, 1000)).toContain('opened path=? name=? lines=?\n');
  });

  it('names where an error happened and never its message', () => {
    const log = openLog(data, at);
    const error = new TypeError('canary of a store\n    at canary (canary.js:1:2)');
    log.fault('window-error', error);
    const text = readLog(data, 10_000);
    expect(text).toContain('error window-error name=TypeError');
    expect(text).toMatch(/ {4}at .*log\.test\.ts:\d+:\d+/);
    expect(text).not.toContain('canary');
    expect(text).not.toContain(import.meta.dirname);
  });

  it('keeps two files and no more than their size', () => {
    const log = openLog(data, at);
    log.write('info', 'first');
    writeFileSync(logPath(data), `${'x'.repeat(limits.logBytes)}\n`, { flag: 'a' });
    log.write('info', 'second');
    expect(readFileSync(logPath(data), 'utf8')).toBe('2026-11-20T14:41:08.204Z info  second\n');
    expect(readFileSync(olderLogPath(data), 'utf8')).toContain('first');
    expect(readLog(data, 60)).toBe('2026-11-20T14:41:08.204Z info  second\n');
  });

  it('says why it could not be written, and goes on', () => {
    writeFileSync(join(data, 'logs'), 'a file where the folder should be');
    const log = openLog(data, at);
    log.write('info', 'lost');
    expect(log.failure()).not.toBeNull();
    expect(readLog(data, 100)).toBe('');
  });
});

describe('frames', () => {
  it('takes frames of Node and of a browser', () => {
    const error = new Error('m');
    error.stack =
      'Error: m\n    at Object.read [as x] (file:///home/u/src/core/read.ts:3:9)\n    at async http://127.0.0.1:1/assets/index-Ab_1.js:7:11\n    at secret words here\n    at <anonymous>';
    expect(framesOf(error)).toEqual(['Object.read read.ts:3:9', 'index-Ab_1.js:7:11']);
  });

  it('takes none where the message can not be left out, as when it was cut', () => {
    const message = 'a\n    at canary (canary.js:1:2)\n';
    const stack = `Error: ${message}    at read (read.js:3:9)`;
    expect(framesOf({ name: 'Error', message, stack })).toEqual(['read read.js:3:9']);
    expect(framesOf({ name: 'Error', message: `${message}x`, stack })).toEqual([]);
  });

  it('of what is no error there are none', () => {
    expect(framesOf(thrown('text'))).toEqual([]);
  });
});
