import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import '../support/data-folder.ts';
import { errorOf, jsonOut, runCommand, runHere } from '../support/cli.ts';
import { copyGolden } from '../support/goldens.ts';
import { peerPython } from '../support/peers.ts';

const python = peerPython();

type Outcome = { readonly code: number; readonly text: string };

/** Runs the real command. */
function vek(root: string, args: readonly string[]): Promise<Outcome> {
  const program = join(dirname(python ?? ''), 'vek');
  return new Promise((settle) => {
    execFile(program, args, { cwd: root }, (error, out, err) => {
      settle({ code: error === null ? 0 : Number(error.code), text: out + err });
    });
  });
}

type Place = { readonly refs: Record<string, string>; readonly head: string; readonly rows: number[] };

/** Refs, HEAD and how many rows there are: all that these verbs may change. */
function placeOf(root: string): Place {
  const copy = mkdtempSync(join(tmpdir(), 'vekscope-place-'));
  cpSync(join(root, '.vek'), copy, { recursive: true });
  const db = new Database(join(copy, 'vek.db'));
  const refs = Object.fromEntries(
    db.prepare<[], [string, string]>('SELECT name, hash FROM refs').raw().all(),
  );
  const rows = ['nodes', 'objects'].map((table) =>
    Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
  );
  db.close();
  const head = join(root, '.vek', 'HEAD');
  const place = { refs, head: existsSync(head) ? readFileSync(head, 'utf8') : '(none)', rows };
  rmSync(copy, { recursive: true });
  return place;
}

async function ours(root: string, ...args: string[]) {
  const ran = await runHere(...args, '--json', '--repo', root);
  jsonOut(ran);
  return ran;
}

const merge = '5e32db38bf4121461dc1018ce45bebc0d8e118ea125f99d0f22183556e23350d';
const other = '5b9d4e950f3704a409fc91314ec634732e74837cd3da5745af55271174bc5367';

/** Command lines that do the same as the Python command's. Where words differ, `theirs` are its. */
const same: { golden: string; title: string; steps: { ours: string[]; theirs?: string[] }[] }[] = [
  { golden: 'forked', title: 'fork with the default name', steps: [{ ours: ['fork', '5b9d4e'] }] },
  {
    golden: 'forked',
    title: 'fork with a name',
    steps: [
      { ours: ['fork', '5b9d4e', 'try-x'], theirs: ['fork', '5b9d4e', '--name', 'try-x'] },
      { ours: ['fork', '5e32', '--name', 'größer/zwei drei'] },
    ],
  },
  { golden: 'forked', title: 'fork with an empty name', steps: [{ ours: ['fork', '5e32', '--name', ''] }] },
  {
    golden: 'forked',
    title: 'fork moves a branch of that name',
    steps: [{ ours: ['fork', '5b9d4e', '--name', 'try-retry'] }],
  },
  {
    golden: 'forked',
    title: 'fork moves the current branch',
    steps: [{ ours: ['fork', '5b9d4e', '--name', 'main'] }],
  },
  {
    golden: 'forked',
    title: 'fork to where the branch is',
    steps: [{ ours: ['fork', merge, '--name', 'main'] }, { ours: ['fork', other, '--name', 'try-mock'] }],
  },
  { golden: 'forked', title: 'fork by an upper-case prefix', steps: [{ ours: ['fork', '5B9D4E'] }] },
  { golden: 'forked', title: 'fork by wildcards', steps: [{ ours: ['fork', '%4e950f', '--name', 'w'] }] },
  {
    golden: 'forked',
    title: 'fork by a place holder',
    steps: [{ ours: ['fork', '5_9d4e9', '--name', 'w'] }],
  },
  { golden: 'forked', title: 'fork by a full hash', steps: [{ ours: ['fork', other, '--name', 'w'] }] },
  {
    golden: 'forked',
    title: 'branch creates at the tip, switches, and switches back',
    steps: [
      { ours: ['branch', 'new'] },
      { ours: ['branch', 'main'] },
      { ours: ['branch', 'new'] },
      { ours: ['branch', 'new'] },
      { ours: ['branch', 'docs/changelog'] },
      { ours: ['branch', 'from-docs'] },
    ],
  },
  {
    golden: 'forked',
    title: 'tag at the tip and at a call',
    steps: [
      { ours: ['tag', 'here'] },
      { ours: ['tag', 'there', '5b9d4e'] },
      { ours: ['tag', 'full', other] },
      { ours: ['tag', 'a/b c'] },
    ],
  },
  {
    golden: 'empty',
    title: 'branch of an unborn HEAD moves HEAD only',
    steps: [{ ours: ['branch', 'dev'] }, { ours: ['branch', 'dev'] }, { ours: ['branch', 'main'] }],
  },
  {
    golden: 'detached-ref',
    title: 'branch of a HEAD without a ref',
    steps: [{ ours: ['branch', 'main'] }, { ours: ['branch', 'ghost'] }, { ours: ['branch', 'other'] }],
  },
  { golden: 'legacy-v1', title: 'an old database', steps: [{ ours: ['fork', 'be66', '--name', 'x'] }] },
];

/** Where both refuse, and nothing is changed. `kind` is ours. */
const refused: [golden: string, kind: string, args: string[]][] = [
  ['forked', 'exists', ['tag', 'green']],
  ['forked', 'not-found', ['fork', 'fffffff']],
  ['forked', 'not-found', ['fork', '0'.repeat(64)]],
  ['forked', 'not-found', ['fork', other.toUpperCase()]],
  ['forked', 'ambiguous', ['fork', '%']],
  ['forked', 'ambiguous', ['tag', 'x', '_']],
  ['forked', 'not-found', ['fork', '632b4a98c5c5']], // an object
  ['forked', 'not-found', ['tag', 'x', 'fffffff']],
  ['empty', 'bad-request', ['tag', 'x']],
  ['empty', 'not-found', ['fork', 'ab']],
  ['detached-ref', 'bad-request', ['tag', 'x']],
  ['corrupt-no-head', 'not-found', ['branch', 'x']],
  ['corrupt-no-head', 'not-found', ['tag', 'x']],
];

/** What the Python command does, and a person would regret. */
const harmful: [title: string, kind: string, args: string[]][] = [
  ['a tag as the current branch', 'refused', ['branch', 'tag/green']],
  ['a checkpoint as the current branch', 'refused', ['branch', 'checkpoint/tests-pass']],
  ['a fork over a tag', 'bad-request', ['fork', '5b9d4e', '--name', 'tag/green']],
  ['a name that HEAD does not keep', 'bad-request', ['branch', ' x ']],
  ['no name', 'bad-request', ['branch', '']],
  ['a line break', 'bad-request', ['fork', '5b9d4e', '--name', 'a\nb']],
  ['a tag at an object', 'not-found', ['tag', 'blob', '632b4a98c5c5']],
  ['a tag at nothing', 'not-found', ['tag', 'blob', '0'.repeat(64)]],
];

describe.skipIf(python === null)('beside the Python command', () => {
  it.each(same)('$golden: $title', async ({ golden, steps }) => {
    const [mine, theirs] = [copyGolden(golden), copyGolden(golden)];
    for (const step of steps) {
      const real = await vek(theirs, step.theirs ?? step.ours);
      expect(real).toMatchObject({ code: 0 });
      const ran = await ours(mine, ...step.ours);
      expect({ code: ran.code, out: ran.out }).toMatchObject({ code: 0 });
      expect(Object.keys(JSON.parse(ran.out) as object)).toEqual(['operation']);
      expect(placeOf(mine)).toEqual(placeOf(theirs));
    }
    expect((await vek(mine, ['fsck'])).text).toContain('no errors');
    expect((await vek(mine, ['branch'])).text).toBe((await vek(theirs, ['branch'])).text);
  });

  it.each(refused)('%s: both refuse (%s) %j', async (golden, kind, args) => {
    const [mine, theirs] = [copyGolden(golden), copyGolden(golden)];
    const before = placeOf(mine);
    expect((await vek(theirs, args)).code).not.toBe(0);
    const ran = await ours(mine, ...args);
    expect({ code: ran.code, kind: errorOf(ran).kind }).toEqual({ code: 2, kind });
    expect(placeOf(mine)).toEqual(before);
  });

  it('prints what the Python command prints', async () => {
    const root = copyGolden('forked');
    for (const args of [
      ['status'],
      ['log', '-n', '4'],
      ['branch'],
      ['tag'],
      ['show', '0c07'],
      ['show', 'b9f1'],
      ['log'],
      ['cat-file', '632b'],
    ]) {
      const real = await vek(root, args);
      const ran = await runHere(...args, '--repo', root);
      // oxlint-disable-next-line no-control-regex -- the real command always colours
      expect(ran.out).toBe(real.text.replaceAll(/\u001b\[\d+m/g, ''));
    }
    for (const args of [['cat-file', '632b', '--raw'], ['export'], ['export', '--format', 'jsonl']]) {
      expect((await runCommand([...args], { cwd: root })).out).toBe((await vek(root, args)).text);
    }
  });

  it('what a moved branch alone reached can be had back after a gc of the Python command', async () => {
    const root = copyGolden('forked');
    const before = placeOf(root);
    for (const name of ['docs/changelog', 'main', 'try-mock', 'try-retry']) {
      expect((await ours(root, 'fork', '0c079bb9e1', '--name', name)).code).toBe(0);
    }
    expect((await vek(root, ['gc'])).code).toBe(0);
    for (let i = 0; i < 4; i += 1) {
      const ran = await ours(root, 'undo');
      expect({ code: ran.code, out: ran.out }).toMatchObject({ code: 0 });
    }
    const after = placeOf(root);
    expect({ refs: after.refs, head: after.head }).toEqual({ refs: before.refs, head: before.head });
    expect((await vek(root, ['fsck'])).text).toContain('no errors');
  });
});

describe('names that do harm', () => {
  it.each(harmful)('%s: refused (%s)', async (_, kind, args) => {
    const root = copyGolden('forked');
    const before = placeOf(root);
    const ran = await ours(root, ...args);
    expect({ code: ran.code, kind: errorOf(ran).kind }).toEqual({ code: 2, kind });
    expect(errorOf(ran).message).not.toBe('');
    expect(placeOf(root)).toEqual(before);
  });
});

describe('undo', () => {
  it('takes back fork, branch and tag, newest first, and says when nothing is left', async () => {
    const root = copyGolden('forked');
    const places = [placeOf(root)];
    for (const args of [
      ['fork', '5b9d4e', 'x'],
      ['tag', 't'],
      ['branch', 'y'],
      ['branch', 'main'],
      ['fork', '5b9d4e', 'main'],
    ]) {
      expect((await ours(root, ...args)).code).toBe(0);
      places.push(placeOf(root));
    }
    places.pop();
    for (const place of places.toReversed()) {
      expect((await runHere('undo', '--repo', root)).out).toMatch(/^Undo: /);
      expect(placeOf(root)).toEqual(place);
    }
    expect(errorOf(await ours(root, 'undo')).kind).toBe('not-found');
  });

  it('does not touch what another program moved since', async () => {
    const root = copyGolden('forked');
    await ours(root, 'tag', 't');
    const db = new Database(join(root, '.vek', 'vek.db'));
    db.prepare("UPDATE refs SET hash = ? WHERE name = 'tag/t'").run(other);
    db.close();
    const before = placeOf(root);
    const ran = await ours(root, 'undo');
    expect(ran.code).toBe(2);
    errorOf(ran);
    expect(placeOf(root)).toEqual(before);
  });

  it('waits for nobody: a session that holds HEAD.lock is named', async () => {
    const root = copyGolden('forked');
    writeFileSync(join(root, '.vek', 'HEAD.lock'), String(Date.now() / 1000));
    const ran = await ours(root, 'branch', 'x');
    expect({ code: ran.code, kind: errorOf(ran).kind }).toEqual({ code: 2, kind: 'locked' });
  });
});
