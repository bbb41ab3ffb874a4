import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generateDefaults, generateRepository, timestampText } from '../../bench/generate.ts';
import { peerPython } from '../support/peers.ts';

const python = peerPython();
const root = mkdtempSync(join(tmpdir(), 'vekscope-generated-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const judge = `
import json, sqlite3, sys, vek
bad = 0
db = sqlite3.connect(".vek/vek.db")
for (raw,) in db.execute("SELECT content FROM objects"):
    if json.dumps(json.loads(raw), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() != raw: bad += 1
db.close()
print(json.dumps({"fsck": vek.fsck(), "status": vek.status(), "bad": bad, "gc": vek.gc(dry_run=True)}))
`;

/** Generates 300 calls and digests the file. */
function digest(seed: number, name: string): string {
  const folder = join(root, name);
  generateRepository(folder, generateDefaults(300, seed));
  expect(readdirSync(join(folder, '.vek')).sort()).toEqual(['HEAD', 'config', 'objects', 'refs', 'vek.db']);
  return createHash('sha256')
    .update(readFileSync(join(folder, '.vek', 'vek.db')))
    .digest('hex');
}

describe('the repository generator', () => {
  it('is the same for the same seed, and leaves no WAL', () => {
    const first = digest(7, 'a');
    expect(digest(7, 'b')).toBe(first);
    expect(digest(8, 'c')).not.toBe(first);
  });

  it('writes times as the real tool does', () => {
    expect(timestampText(1_741_255_260_000_000)).toBe('2025-03-06T10:01:00+00:00');
    expect(timestampText(1_741_255_260_000_042)).toBe('2025-03-06T10:01:00.000042+00:00');
  });

  it.skipIf(python === null)('writes what the real tool finds whole, in canonical form', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`generator seed ${seed}`);
    const folder = join(root, 'real');
    const made = generateRepository(folder, generateDefaults(2000, seed));
    expect(made.merges).toBeGreaterThan(10);
    const said = JSON.parse(execFileSync(python as string, ['-c', judge], { cwd: folder, encoding: 'utf8' }));
    expect(said.fsck).toEqual([]);
    expect(said.bad).toBe(0);
    expect(said.status).toMatchObject({
      branch: 'main',
      nodes: 2000,
      objects: made.objects,
      refs: made.refs,
    });
    expect(said.gc).toMatchObject({ unreachable_nodes: [], orphan_objects: [] });
  });
});
