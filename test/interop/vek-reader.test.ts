import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import type { NodeRecord } from '../../src/contract/vek.ts';
import { pythonJsonDumps } from '../../src/core/json/pretty.ts';
import type { Result } from '../../src/core/result.ts';
import { exportJson, exportJsonl } from '../../src/core/vek/export.ts';
import { blobHash, nodeHash } from '../../src/core/vek/hash.ts';
import { readHeadLock } from '../../src/core/vek/head.ts';
import { log } from '../../src/core/vek/log.ts';
import { materialise } from '../../src/core/vek/materialise.ts';
import { repositoryAt, type RepositoryPaths } from '../../src/core/vek/paths.ts';
import { resolveHash } from '../../src/core/vek/resolve.ts';
import { status } from '../../src/core/vek/status.ts';
import { lookAtVek, type VekLook } from '../../src/core/vek/store.ts';
import '../support/data-folder.ts';
import { folderState } from '../support/folder-state.ts';
import { peerPython, projectRoot } from '../support/peers.ts';

type Shown = NodeRecord & { readonly input: string; readonly output: string };
type Answers = {
  readonly status: unknown;
  readonly branch: readonly [string, string][];
  readonly tag: readonly [string, string][];
  readonly checkpoints: readonly [string, string][];
  readonly log: readonly NodeRecord[];
  readonly logs: Readonly<Record<string, Readonly<Record<string, readonly NodeRecord[]>>>>;
  readonly show: Readonly<Record<string, Shown>>;
  readonly cat: Readonly<Record<string, string>>;
  readonly export_json: string;
  readonly export_jsonl: string;
  readonly export_of: Readonly<Record<string, string>>;
  readonly fsck: readonly unknown[];
  readonly prefixes: Readonly<Record<string, string>>;
};

const python = peerPython();
const script = join(projectRoot, 'test', 'support', 'random_vek.py');

function freshFolder(): string {
  return realpathSync.native(mkdtempSync(join(tmpdir(), 'vekscope-random-')));
}

function read<T>(paths: RepositoryPaths, work: (s: VekLook) => T): T {
  const looked = lookAtVek(paths, work);
  if (!looked.ok) throw new Error(looked.error.message);
  return looked.value;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe.skipIf(python === null)('a random repository of the real tool', () => {
  const seeds = [0, 1, 2].map(() => Math.floor(Math.random() * 2 ** 31));
  it.each(seeds)('is read as the tool reads it (seed %i)', (seed) => {
    console.log(`seed of the random repository: ${seed}`);
    const folder = freshFolder();
    const output = execFileSync(python!, [script, folder, String(seed), '80'], {
      maxBuffer: 2 ** 28,
      encoding: 'utf8',
    });
    const expected = JSON.parse(output) as Answers;
    const paths = repositoryAt(folder)!;
    const before = folderState(folder);
    compare(paths, expected);
    expect(folderState(folder)).toEqual(before);
    const printed = execFileSync(python!, ['-m', 'vek.cli', 'export'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    expect(`${read(paths, (s) => Array.from(exportJson(s)).join(''))}\n`).toBe(printed);
  });
});

function compare(paths: RepositoryPaths, expected: Answers): void {
  read(paths, (s) => {
    expect(s.problems).toEqual([]);
    expect(valueOf(status(s))).toEqual(expected.status);
    const refsOf = (kind: string): [string, string][] =>
      s.refs().flatMap((ref) => (ref.kind === kind ? [[ref.label, ref.hash] as [string, string]] : []));
    expect(refsOf('branch')).toEqual(expected.branch);
    expect(refsOf('checkpoint')).toEqual(expected.checkpoints);
    // The tool lists a branch TAG/odd among the tags too (formats/vek.md §5).
    expect(refsOf('tag')).toEqual(expected.tag.filter(([label]) => !label.startsWith('TAG/')));
    expect(valueOf(log(s))).toEqual(expected.log);
    for (const [branch, byN] of Object.entries(expected.logs)) {
      for (const [n, records] of Object.entries(byN))
        expect(valueOf(log(s, { branch, n: Number(n) }))).toEqual(records);
    }
    for (const [hash, shown] of Object.entries(expected.show)) compareCall(s, hash, shown);
    for (const [hash, hex] of Object.entries(expected.cat)) {
      const object = s.object(s.node(hash)!.input_hash)!;
      expect(Buffer.from(object.bytes).toString('hex')).toBe(hex);
    }
    for (const [prefix, answer] of Object.entries(expected.prefixes)) {
      const resolved = resolveHash(s, prefix);
      if (answer.startsWith('error: ambiguous'))
        expect(resolved).toMatchObject({ error: { kind: 'ambiguous' } });
      else expect(valueOf(resolved)).toBe(answer);
    }
    expect(Array.from(exportJson(s)).join('')).toBe(expected.export_json);
    expect(Array.from(exportJsonl(s)).join('')).toBe(expected.export_jsonl);
    for (const [branch, text] of Object.entries(expected.export_of)) {
      expect(Array.from(exportJsonl(s, branch)).join('')).toBe(text);
    }
    expect(expected.fsck).toEqual([]);
  });
}

function compareCall(s: VekLook, hash: string, expected: Shown): void {
  const { record, input, output, missing } = valueOf(materialise(s, hash));
  const { input: expectedInput, output: expectedOutput, ...fields } = expected;
  expect(record).toEqual(fields);
  expect(pythonJsonDumps(input)).toBe(expectedInput);
  expect(pythonJsonDumps(output)).toBe(expectedOutput);
  expect(missing).toEqual([]);
  expect(nodeHash(record)).toBe(hash);
  for (const object of [record.input_hash, record.output_hash])
    expect(blobHash(s.object(object)!.bytes)).toBe(object);
}

const livingAgent = `
import os, sys, vek
os.chdir(sys.argv[1])
vek.init()
vek.store("first", {"n": 0}, None)
print("ready", flush=True)
for line in sys.stdin:
    word = line.strip()
    if word == "store":
        vek.store("later", {"n": 1}, None)
        print("done", flush=True)
    elif word == "session":
        with vek.session() as session:
            session.store("inside", {"n": 2}, None)
            print("done", flush=True)
            sys.stdin.readline()
        print("done", flush=True)
`;

function agent(): { folder: string; say: (word: string) => Promise<void>; crash: () => Promise<void> } {
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  const child = spawn(python!, ['-c', livingAgent, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = once(child, 'exit');
  return {
    folder,
    say: async (word) => {
      if (word !== '') child.stdin.write(`${word}\n`);
      if ((await lines.next()).done === true) throw new Error('the agent ended');
    },
    crash: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function counts(folder: string): { nodes: number; files: string[] } {
  const paths = repositoryAt(folder)!;
  const before = folderState(folder);
  const { nodes } = read(paths, (s) => s.counts());
  expect(folderState(folder)).toEqual(before);
  return {
    nodes,
    files: readdirSync(paths.dir)
      .filter((name) => name.startsWith('vek.db'))
      .sort(),
  };
}

describe.skipIf(python === null)('beside a living agent of the real tool', () => {
  it('each call is seen when it is stored, a session when it ends', async () => {
    const { folder, say, crash } = agent();
    await say('');
    expect(counts(folder)).toEqual({ nodes: 1, files: ['vek.db'] });
    await say('store');
    expect(counts(folder)).toEqual({ nodes: 2, files: ['vek.db'] });
    await say('session');
    expect(counts(folder)).toMatchObject({ nodes: 2, files: ['vek.db', 'vek.db-shm', 'vek.db-wal'] });
    expect(readHeadLock(repositoryAt(folder)!)).toMatchObject({ stale: false });
    await say('go on');
    expect(readHeadLock(repositoryAt(folder)!)).toBeNull();
    expect(counts(folder)).toEqual({ nodes: 3, files: ['vek.db'] });
    await crash();
  });

  it('a crash in a session leaves what was committed', async () => {
    const { folder, say, crash } = agent();
    await say('');
    await say('session');
    await crash();
    expect(existsSync(join(folder, '.vek', 'vek.db-wal'))).toBe(true);
    expect(counts(folder).nodes).toBe(1);
    expect(readHeadLock(repositoryAt(folder)!)).toMatchObject({ stale: false });
  });

  it('looks in a row never disturb an agent that stores, and nothing is left beside', async () => {
    const { folder, say, crash } = agent();
    await say('');
    const paths = repositoryAt(folder)!;
    let seen = 1;
    for (let stored = 0; stored < 25; stored += 1) {
      const storing = say('store');
      for (let i = 0; i < 4; i += 1) {
        const nodes = read(paths, (s) => s.counts().nodes);
        expect(nodes).toBeGreaterThanOrEqual(seen);
        seen = nodes;
      }
      await storing;
    }
    expect(counts(folder)).toEqual({ nodes: 26, files: ['vek.db'] });
    await crash();
  });
});
