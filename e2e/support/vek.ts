import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, type Locator, type Page } from '@playwright/test';
import { blobHash, nodeHash } from '../../src/core/vek/hash.ts';
import { peerPython, projectRoot } from '../../test/support/peers.ts';

/** Runs our own terminal on a folder and gives the one JSON value it prints, whatever its exit code. */
export function terminal(folder: string, data: string, ...args: string[]): unknown {
  const ran = spawnSync(
    process.execPath,
    [join(projectRoot, 'bin', 'vekscope'), ...args, '--repo', folder, '--json'],
    {
      env: { ...process.env, VEKSCOPE_DATA: data },
      encoding: 'utf8',
    },
  );
  if (ran.stdout === '') throw new Error(`The terminal printed nothing. ${ran.stderr}`);
  return JSON.parse(ran.stdout);
}

/** What the real Python tool says of a repository; null where it is not installed. */
export type RealView = {
  readonly fsck: readonly unknown[];
  readonly branches: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly head: string;
};

/** Asks the real tool; `code` may do something first, with `vek` imported and the folder as working directory. */
export function realVek(folder: string, code = ''): RealView | null {
  const python = peerPython();
  if (python === null) return null;
  const script = `
import json, vek
${code}
print(json.dumps({"fsck": vek.fsck(), "branches": dict(vek.branch()), "tags": dict(vek.tag()), "head": vek.status()["branch"]}))
`;
  return JSON.parse(execFileSync(python, ['-c', script], { cwd: folder, encoding: 'utf8' })) as RealView;
}

/** Both tools must find the repository whole, with the same branches and HEAD. */
export function expectAgreement(
  folder: string,
  data: string,
  expected: { branches: string[]; head: string },
): void {
  expect(terminal(folder, data, 'fsck')).toMatchObject({ ok: true });
  const branches = terminal(folder, data, 'branch') as [string, string][];
  expect(branches.map(([name]) => name)).toEqual(expected.branches);
  expect(terminal(folder, data, 'status')).toMatchObject({ branch: expected.head });
  const real = realVek(folder);
  if (real === null) return;
  expect(real.fsck).toEqual([]);
  expect(Object.entries(real.branches)).toEqual(branches);
  expect(real.head).toBe(expected.head);
}

let clock = Date.UTC(2031, 0, 1);

/** What a call is stored as beside tool, input and output. */
export type CallOptions = {
  /** the branch that moves; `main` unless told */
  readonly branch?: string;
  /** `now` for calls that a running agent makes; a made-up clock that only goes forward unless told */
  readonly at?: 'now';
};

/** Stores a call from this process, as another agent would: one transaction, the branch moves. Returns its hash. */
export function storeCall(
  folder: string,
  tool: string,
  input: unknown,
  output: unknown,
  options: CallOptions = {},
): string {
  return storeBytes(folder, tool, bytesOf(input), bytesOf(output), options);
}

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** The same with the stored bytes themselves, which need be no JSON. */
export function storeBytes(
  folder: string,
  tool: string,
  input: Buffer,
  output: Buffer,
  { branch = 'main', at }: CallOptions = {},
): string {
  return changeStore(folder, (db) => {
    const [inputHash, outputHash] = [input, output].map((bytes) => {
      const hash = blobHash(bytes);
      db.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)').run(hash, bytes);
      return hash;
    }) as [string, string];
    const tip =
      db.prepare<[string], string>('SELECT hash FROM refs WHERE name = ?').pluck().get(branch) ?? null;
    clock += 1000;
    const record = {
      tool,
      input_hash: inputHash,
      output_hash: outputHash,
      parent_hash: tip,
      timestamp: new Date(at === 'now' ? Date.now() : clock)
        .toISOString()
        .replace(/\.\d+Z$/, '.000001+00:00'),
      merge_parent: null,
    };
    const hash = nodeHash(record);
    db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, NULL)').run(
      hash,
      tool,
      inputHash,
      outputHash,
      tip,
      record.timestamp,
    );
    db.prepare('INSERT OR REPLACE INTO refs VALUES (?, ?)').run(branch, hash);
    return hash;
  });
}

/** Changes a store from this process in one transaction, as another process would. */
export function changeStore<T>(folder: string, work: (db: Database.Database) => T): T {
  const db = new Database(join(folder, '.vek', 'vek.db'));
  db.pragma('journal_mode = WAL');
  try {
    return db.transaction(() => work(db)).immediate();
  } finally {
    db.close();
  }
}

/** The rows of the graph, and single ones by the first eight digits of their hash or by their words. */
export function graph(page: Page) {
  const grid = page.getByRole('grid', { name: 'Calls, newest first' });
  return {
    grid,
    rows: grid.getByRole('row'),
    row: (words: string) =>
      /^[0-9a-f]{8}$/.test(words)
        ? grid.locator(`[role=row][id^="call-${words}"]`)
        : grid.getByRole('row').filter({ hasText: words }),
    selected: grid.locator('[role=row][aria-selected=true]'),
  };
}

/** The inspector of the selected call. */
export function inspector(page: Page) {
  return page.getByRole('region', { name: 'Inspector', exact: true }).last();
}

/** The open dialog. */
export function dialog(page: Page) {
  return page.getByRole('dialog');
}

/** The text that Monaco shows in the input or output of `where`, with blanks as blanks. */
export async function codeOf(where: Locator, what: 'Input' | 'Output'): Promise<string> {
  const lines = where.getByRole('region', { name: what, exact: true }).locator('.view-line');
  const texts = await lines.evaluateAll((all) =>
    all
      .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
      .toSorted((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
  return texts.join('\n').replaceAll('\u00a0', ' ');
}
