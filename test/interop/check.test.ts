import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generateDefaults, generateRepository } from '../../bench/generate.ts';
import { randomFrom, type Random } from '../../bench/generate-random.ts';
import { checkRepository } from '../../src/core/vek/check.ts';
import { repositoryAt, type RepositoryPaths } from '../../src/core/vek/paths.ts';
import { peerPython } from '../support/peers.ts';

const python = peerPython();
const root = mkdtempSync(join(tmpdir(), 'vekscope-check-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The kind of problem of ours that stands for a message of the real fsck (formats/vek.md §6). */
const kinds: readonly [prefix: string, kind: string][] = [
  ['node hash mismatch', 'node-altered'],
  ['missing input blob', 'input-missing'],
  ['missing output blob', 'output-missing'],
  ['input blob hash mismatch', 'input-altered'],
  ['output blob hash mismatch', 'output-altered'],
  ['missing parent node', 'parent-missing'],
  ['missing merge parent', 'merge-parent-missing'],
  ['ref ', 'ref-dangling'],
];

/** What the real tool finds in a copy (it may write to what it opens), in our words and its order. */
function realFsck(folder: string): string[] {
  const copy = mkdtempSync(join(root, 'copy-'));
  cpSync(join(folder, '.vek'), join(copy, '.vek'), { recursive: true });
  const code = 'import json, vek; print(json.dumps(vek.fsck()))';
  const said = execFileSync(python as string, ['-c', code], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const found = JSON.parse(said) as { hash: string; error: string }[];
  return found.map(({ hash, error }) => {
    const kind = kinds.find(([prefix]) => error.startsWith(prefix));
    if (kind === undefined) throw new Error(`An unknown message: ${error}`);
    return `${kind[1]} ${hash}`;
  });
}

const text = (one: { kind: string; hash: string | null }): string => `${one.kind} ${one.hash}`;

/** The same of ours, and all other errors apart. */
async function ownCheck(
  paths: RepositoryPaths,
  workers: number,
): Promise<{ same: string[]; more: string[] }> {
  const result = await checkRepository(paths, { workers });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const errors = result.value.problems.filter((problem) => problem.severity === 'error');
  expect(result.value.ok).toBe(errors.length === 0);
  const known = new Set(kinds.map(([, kind]) => kind));
  return {
    same: errors.filter((one) => known.has(one.kind)).map(text),
    more: errors.filter((one) => !known.has(one.kind)).map(text),
  };
}

type Damage = (db: Database.Database, random: Random) => string | null;

const aNode = (db: Database.Database, random: Random): Record<string, string> => {
  const count = db.prepare<[], number>('SELECT count(*) FROM nodes').pluck().get() as number;
  return db.prepare('SELECT * FROM nodes LIMIT 1 OFFSET ?').get(random.int(count)) as Record<string, string>;
};

/** Each does one kind of damage and returns the hash of the object it touched, if any. */
const damages: Record<string, Damage> = {
  alterTool: (db, random) => {
    db.prepare(`UPDATE nodes SET tool = tool || 'x' WHERE hash = ?`).run(aNode(db, random)['hash']);
    return null;
  },
  alterTime: (db, random) => {
    db.prepare(`UPDATE nodes SET timestamp = '2024-02-03T04:05:06+00:00' WHERE hash = ?`).run(
      aNode(db, random)['hash'],
    );
    return null;
  },
  // One digit of a link, anywhere in it.
  alterLink: (db, random) => {
    const node = aNode(db, random);
    const column = random.pick(['input_hash', 'output_hash', 'parent_hash', 'merge_parent']);
    const old = node[column];
    const at = random.int(64);
    const altered =
      old === undefined || old === null
        ? ''
        : old.slice(0, at) + (old[at] === '0' ? '1' : '0') + old.slice(at + 1);
    db.prepare(`UPDATE nodes SET ${column} = ? WHERE hash = ?`).run(altered, node['hash']);
    return null;
  },
  makeCycle: (db, random) => {
    const [one, other] = [aNode(db, random), aNode(db, random)];
    db.prepare('UPDATE nodes SET parent_hash = ? WHERE hash = ?').run(other['hash'], one['hash']);
    return null;
  },
  deleteNode: (db, random) => {
    db.prepare('DELETE FROM nodes WHERE hash = ?').run(aNode(db, random)['hash']);
    return null;
  },
  alterObject: (db, random) => {
    const object = aNode(db, random)['input_hash'] as string;
    db.prepare(`UPDATE objects SET content = CAST(content || ' ' AS BLOB) WHERE hash = ?`).run(object);
    return object;
  },
  deleteObject: (db, random) => {
    const object = aNode(db, random)['output_hash'] as string;
    db.prepare('DELETE FROM objects WHERE hash = ?').run(object);
    return object;
  },
  danglingRef: (db, random) => {
    db.prepare('INSERT INTO refs VALUES (?, ?)').run(
      `lost-${random.int(1e9)}`,
      random.pick(['', 'abc', 'f'.repeat(64)]),
    );
    return null;
  },
};

describe.skipIf(python === null)('a check beside the real fsck', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);

  it(`agrees on random damage (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    for (let round = 0; round < 4; round++) {
      const folder = join(root, `round-${round}`);
      generateRepository(folder, { ...generateDefaults(1200, seed + round), payload: 120, merges: 0.1 });
      const paths = repositoryAt(folder) as RepositoryPaths;
      const touched = new Set<string>();
      const db = new Database(paths.db);
      for (const damage of Object.values(damages)) {
        const object = damage(db, random);
        if (object !== null) touched.add(object);
      }
      db.close();
      const real = realFsck(folder);
      const own = await ownCheck(paths, 1);
      expect(own.same).toEqual(real);
      expect(real.length).toBeGreaterThan(0);
      for (const object of touched) {
        expect(
          own.more.some((one) => one.startsWith('object-') && one.endsWith(object)),
          object,
        ).toBe(true);
      }
    }
  });

  it(`agrees with two workers as with one (seed ${seed})`, async () => {
    const folder = join(root, 'large');
    generateRepository(folder, { ...generateDefaults(15_000, seed), payload: 60 });
    const paths = repositoryAt(folder) as RepositoryPaths;
    expect(await ownCheck(paths, 2)).toEqual({ same: [], more: [] });
    const random = randomFrom(seed);
    const db = new Database(paths.db);
    for (let i = 0; i < 10; i++) for (const damage of Object.values(damages)) damage(db, random);
    db.close();
    const shared = await ownCheck(paths, 2);
    expect(shared.same).toEqual(realFsck(folder));
    expect(await ownCheck(paths, 1)).toEqual(shared);
  });
});
