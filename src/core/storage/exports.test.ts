import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropExport, exportPath, keepExport, newExport } from './exports.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'vekscope-exports-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

it('waits until it is moved to where a person wants it', async () => {
  const { id, path } = newExport(data);
  expect(exportPath(data, id)).toBeNull();
  writeFileSync(path, 'all');
  expect(exportPath(data, id)).toBe(path);
  const target = join(data, 'proof.json');
  writeFileSync(target, 'older');
  expect(await keepExport(data, id, target)).toEqual({ ok: true, value: null });
  expect(readFileSync(target, 'utf8')).toBe('all');
  expect(readdirSync(join(data, 'exports'))).toEqual([]);
  expect(await keepExport(data, id, target)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
});

it('is found by its id alone', () => {
  writeFileSync(join(data, 'secret'), 'x');
  for (const id of ['', '.', '../secret', 'x'.repeat(64), `${'0'.repeat(63)}/`]) {
    expect(exportPath(data, id)).toBeNull();
    dropExport(data, id);
  }
  expect(existsSync(join(data, 'secret'))).toBe(true);
});

it('never takes the place of a database', async () => {
  for (const [name, content] of [
    ['aex.db', 'SQLite format 3\0 and more'],
    ['aex.db-wal', ''],
  ] as const) {
    const { id, path } = newExport(data);
    writeFileSync(path, 'proof');
    writeFileSync(join(data, name), content);
    expect(await keepExport(data, id, join(data, name))).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(readFileSync(join(data, name), 'utf8')).toBe(content);
  }
  const { id, path } = newExport(data);
  writeFileSync(path, 'proof');
  expect(await keepExport(data, id, join(data, 'none', 'x.json'))).toMatchObject({ ok: false });
  expect(existsSync(path)).toBe(true);
});

it('is removed when nobody fetched it', () => {
  const old = newExport(data);
  const young = newExport(data);
  for (const { path } of [old, young]) writeFileSync(path, 'x');
  utimesSync(old.path, 0, 0);
  newExport(data);
  expect([existsSync(old.path), existsSync(young.path)]).toEqual([false, true]);
  dropExport(data, young.id);
  expect(existsSync(young.path)).toBe(false);
});
