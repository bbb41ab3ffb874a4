import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/json/canonical.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { runHere } from '../support/cli.ts';
import { folderState } from '../support/folder-state.ts';
import { copyGolden, expectedOf, goldenCases } from '../support/goldens.ts';

const root = mkdtempSync(join(tmpdir(), 'vekscope-evidence-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A stranger's own few lines, by the recipe that stands in the file. */
const STRANGER = `
import hashlib, json, os, sqlite3, sys
path = os.path.join(sys.argv[1], ".vek", "vek.db")
db = sqlite3.connect("file:" + path + "?mode=ro&immutable=1", uri=True)
def names(table):
    rows = [h for (h,) in db.execute("SELECT hash FROM " + table + " WHERE typeof(hash) = 'text' ORDER BY hash")]
    return {"count": len(rows), "sha256": hashlib.sha256("".join(h + "\\n" for h in rows).encode()).hexdigest()}
data = open(path, "rb").read()
print(json.dumps({"calls": names("nodes"), "objects": names("objects"), "refs": db.execute("SELECT name, hash FROM refs ORDER BY name").fetchall(),
  "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}))
`;

function python(): string | null {
  try {
    execFileSync('python3', ['-c', 'import sqlite3']);
    return 'python3';
  } catch {
    return null;
  }
}

type Evidence = {
  readonly times: unknown;
  readonly result: string;
  readonly store: {
    readonly folder: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly rescued: boolean;
  };
  readonly digests: {
    readonly calls: unknown;
    readonly objects: unknown;
    readonly recipe: readonly string[];
  };
  readonly refs: readonly { readonly name: string; readonly hash: string }[];
  readonly findings: readonly {
    readonly kind: string;
    readonly hash: string | null;
    readonly recomputed?: string;
  }[];
};

let files = 0;
async function exported(folder: string, ending = 'json'): Promise<string> {
  const file = join(root, `${++files}.${ending}`);
  const ran = await runHere('fsck', '--repo', folder, '--evidence', file);
  expect([0, 1]).toContain(ran.code);
  return readFileSync(file, 'utf8');
}

const readable = goldenCases().filter((name) => name !== 'corrupt-not-a-database');

describe.each(readable)('evidence of %s', (name) => {
  it('leaves the store alone, is canonical, and is the same again apart from its times', async () => {
    const folder = copyGolden(name);
    const before = folderState(join(folder, '.vek'));
    const text = await exported(folder);
    const parsed = parseJson(text.trimEnd());
    expect(parsed.ok && canonicalText(parsed.node)).toMatchObject({ ok: true, text: text.trimEnd() });
    const { times, ...first } = JSON.parse(text) as Evidence;
    const { times: _, ...second } = JSON.parse(await exported(folder)) as Evidence;
    expect(times).toBeDefined();
    expect(second).toEqual(first);
    expect(first.store.folder).toBe(basename(folder));
    expect(text).not.toContain(tmpdir());
    expect(folderState(join(folder, '.vek'))).toEqual(before);
    rmSync(folder, { recursive: true });
  });

  it.skipIf(python() === null)('holds digests that a stranger gets too', async () => {
    const folder = copyGolden(name);
    const { digests, store, refs } = JSON.parse(await exported(folder)) as Evidence;
    const said =
      store.bytes === 0 || store.rescued
        ? null
        : execFileSync('python3', ['-c', STRANGER, folder], { encoding: 'utf8' });
    if (said !== null) {
      const own = JSON.parse(said) as {
        calls: unknown;
        objects: unknown;
        refs: [string, string][];
        sha256: string;
        bytes: number;
      };
      expect({ calls: digests.calls, objects: digests.objects }).toEqual({
        calls: own.calls,
        objects: own.objects,
      });
      expect([store.sha256, store.bytes]).toEqual([own.sha256, own.bytes]);
      expect(refs.map((ref) => [ref.name, ref.hash])).toEqual(own.refs);
    }
    rmSync(folder, { recursive: true });
  });
});

describe('evidence', () => {
  it('holds every finding with the stored and the recomputed hash, and no contents', async () => {
    const folder = copyGolden('corrupt-object-altered');
    const { object } = expectedOf('corrupt-object-altered')['touched'] as { object: string };
    const text = await exported(folder);
    const evidence = JSON.parse(text) as Evidence;
    expect(evidence.result).toBe('damaged');
    const finding = evidence.findings.find((one) => one.kind === 'object-altered');
    expect(finding).toMatchObject({ hash: object, recomputed: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(finding?.recomputed).not.toBe(object);
    rmSync(folder, { recursive: true });
    const values = copyGolden('values');
    const said = await exported(values);
    for (const content of ['hello', 'trailing']) expect(said).not.toContain(content);
    rmSync(values, { recursive: true });
  });

  it('comes as text for people too', async () => {
    const folder = copyGolden('corrupt-parent-missing');
    const text = await exported(folder, 'md');
    expect(text).toContain('- Result: damaged');
    expect(text).toContain('No ref reaches 2 calls');
    expect(text).toContain('## Checked and sound');
    rmSync(folder, { recursive: true });
  });

  it('is never written over a file, nor into the repository', async () => {
    const folder = copyGolden('linear');
    const there = join(root, 'there.json');
    writeFileSync(there, 'mine');
    expect((await runHere('fsck', '--repo', folder, '--evidence', there)).code).toBe(2);
    expect(readFileSync(there, 'utf8')).toBe('mine');
    const inside = join(folder, '.vek', 'evidence.json');
    expect((await runHere('fsck', '--repo', folder, '--evidence', inside)).code).toBe(2);
    expect(existsSync(inside)).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe('fsck', () => {
  it('says with --verbose what holds, and without it the same as before', async () => {
    const folder = copyGolden('corrupt-parent-missing');
    const plain = JSON.parse((await runHere('fsck', '--json', '--repo', folder)).out) as object;
    expect(Object.keys(plain)).toEqual(['ok', 'problems', 'checked']);
    const verbose = JSON.parse(
      (await runHere('fsck', '--verbose', '--json', '--repo', folder)).out,
    ) as object;
    expect(verbose).toMatchObject({ ...plain, unreached_calls: 2, not_checked: [] });
    const words = (await runHere('fsck', '--verbose', '--repo', folder)).out;
    expect(words).toContain('SQLite’s quick_check passed');
    expect(words).toContain('do not run gc');
    rmSync(folder, { recursive: true });
  });
});
