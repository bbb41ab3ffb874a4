import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { copyGolden, expectedOf } from '../../../test/support/goldens.ts';
import { testHash, testTime } from '../../../test/support/graphs.ts';
import { limits } from '../storage/limits.ts';
import { storeSignature } from '../storage/signature.ts';
import { loadIndex, openIndex, saveIndex, type OpenedIndex } from './index-cache.ts';
import { readIndex, toTransfer, type VekIndex } from './index-read.ts';
import { repositoryAt, type RepositoryPaths } from './paths.ts';

type Scene = { paths: RepositoryPaths; dataDir: string; index: VekIndex; signature: string; file: string };

function saved(name = 'forked'): Scene {
  const paths = repositoryAt(copyGolden(name))!;
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
  const signature = storeSignature(paths.db)!;
  const read = readIndex(paths);
  if (!read.ok) throw new Error(read.error.message);
  expect(saveIndex(paths, dataDir, read.value, signature)).toBe(true);
  const [file] = readdirSync(join(dataDir, 'indexes'));
  return { paths, dataDir, index: read.value, signature, file: join(dataDir, 'indexes', file!) };
}

/** Plain data without the parts that only describe memory. */
function plain(index: VekIndex): unknown {
  const { capacity: _capacity, shared: _shared, ...data } = toTransfer(index);
  return data;
}

function addCall(paths: RepositoryPaths, number: number): void {
  const db = new Database(paths.db);
  db.prepare(`INSERT INTO nodes VALUES (?, 'new', 'i', 'o', NULL, ?, NULL)`).run(
    testHash(number),
    testTime(number),
  );
  db.close();
}

describe('the index in the app folder', () => {
  it('comes back as it was', () => {
    for (const name of ['forked', 'corrupt-parent-missing', 'corrupt-cycle', 'empty']) {
      const { paths, dataDir, index, signature } = saved(name);
      const loaded = loadIndex(paths, dataDir)!;
      expect(loaded.signature).toBe(signature);
      expect(plain(loaded.index)).toEqual(plain(index));
    }
    const { paths, dataDir } = saved();
    const [, hash] = (expectedOf('forked')['branch'] as [string, string][])[0]!;
    expect(loadIndex(paths, dataDir)!.index.find(hash)).toBeGreaterThanOrEqual(0);
  });

  it('is refused, or read right, with any one byte changed and at any length', () => {
    const { paths, dataDir, index, file } = saved();
    const bytes = readFileSync(file);
    const right = plain(index);
    let refused = 0;
    for (let at = 0; at < bytes.length; at += at < 2_000 ? 1 : 37) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 1 << (at % 8);
      writeFileSync(file, damaged);
      const loaded = loadIndex(paths, dataDir);
      if (loaded === null) refused++;
      else expect(plain(loaded.index)).toEqual(right);
    }
    expect(refused).toBeGreaterThan(bytes.length / 40);
    for (const length of [0, 5, 15, 16, 40, 1_000, bytes.length - 8, bytes.length - 1]) {
      writeFileSync(file, bytes.subarray(0, length));
      expect(loadIndex(paths, dataDir)).toBeNull();
    }
    writeFileSync(file, Buffer.concat([bytes, Buffer.alloc(8)]));
    expect(loadIndex(paths, dataDir)).toBeNull();
  });

  it('is not taken for another database at the same path', () => {
    const { paths, dataDir } = saved();
    copyFileSync(paths.db, `${paths.db}.new`);
    renameSync(`${paths.db}.new`, paths.db);
    expect(loadIndex(paths, dataDir)).toBeNull();
  });

  it('cannot be written, and says so, where the folder is a file', () => {
    const { paths, index, signature, file } = saved();
    expect(saveIndex(paths, file, index, signature)).toBe(false);
  });

  it('keeps the newest files only', () => {
    const { paths, dataDir, index, signature, file } = saved();
    for (let i = 0; i < limits.indexFiles + 5; i++) {
      const other = join(dataDir, 'indexes', `${String(i).padStart(32, '0')}.index`);
      writeFileSync(other, 'x');
      utimesSync(other, 1_000 + i, 1_000 + i);
    }
    saveIndex(paths, dataDir, index, signature);
    const left = readdirSync(join(dataDir, 'indexes'));
    expect(left).toHaveLength(limits.indexFiles);
    expect(left.some((name) => file.endsWith(name))).toBe(true);
  });
});

function open(scene: Scene): OpenedIndex {
  const opened = openIndex(scene.paths, scene.dataDir);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

describe('openIndex', () => {
  it('takes the file while nothing changed, extends it after a call, reads anew after a removal', () => {
    const scene = saved();
    expect(open(scene)).toMatchObject({ unsaved: false, signature: scene.signature });
    addCall(scene.paths, 77);
    const more = open(scene);
    expect(more.index.count).toBe(scene.index.count + 1);
    expect(more.index.find(testHash(77))).toBe(scene.index.count);
    expect(more).toMatchObject({ unsaved: false, signature: storeSignature(scene.paths.db) });
    const db = new Database(scene.paths.db);
    db.exec('DELETE FROM nodes WHERE rowid = 3');
    db.close();
    expect(open(scene)).toMatchObject({ unsaved: true, index: { count: scene.index.count } });
  });

  it('reads the store where there is no file, and fails with it', () => {
    const scene = saved();
    rmSync(scene.file);
    expect(open(scene)).toMatchObject({ unsaved: true, index: { count: scene.index.count } });
    rmSync(scene.paths.db);
    expect(openIndex(scene.paths, scene.dataDir)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  });
});
