import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasModes, runAsNobody } from '../support/as-nobody.ts';
import { copyGoldenLedger } from '../support/aex/golden-copies.ts';
import { errorOf } from '../support/cli.ts';
import { folderState } from '../support/folder-state.ts';
import { leaveLog } from '../support/aex/left-log.ts';

let base: string;
let folder: string;
let db: string;
/** the app folder, which everybody may use */
let data: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'vekscope-modes-'));
  chmodSync(base, 0o755);
  folder = join(base, 'ledger');
  data = join(base, 'data');
  mkdirSync(folder);
  mkdirSync(data);
  chmodSync(data, 0o777);
  const { paths, drop } = copyGoldenLedger('week');
  for (const name of ['aex.db', 'models.yaml']) copyFileSync(join(paths.dir, name), join(folder, name));
  drop();
  db = join(folder, 'aex.db');
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const verify = (path = db, dataDir = data) => runAsNobody(['ledger', 'verify', path], dataDir);
const failureOf = (path: string) => errorOf(runAsNobody(['ledger', 'verify', path, '--json'], data));

describe.skipIf(!hasModes)('ledgers that this user may read only in part', () => {
  it('may be read-only, with their folder', () => {
    chmodSync(db, 0o444);
    chmodSync(folder, 0o555);
    const before = folderState(folder);
    expect(verify()).toMatchObject({ code: 0, err: '' });
    chmodSync(folder, 0o711);
    expect(verify()).toMatchObject({ code: 0, err: '' });
    chmodSync(folder, 0o555);
    expect(folderState(folder)).toEqual(before);
  });

  it('are named when the file, or the folder, is closed, and nothing is searched elsewhere instead', () => {
    chmodSync(db, 0o000);
    for (const path of [db, folder]) {
      const { kind, message, hint } = failureOf(path);
      expect(kind).toBe('io');
      expect(message).toContain(db);
      expect(hint).toContain('permissions');
    }
    expect(runAsNobody(['inspect', folder], data).out).toContain('unreadable');
    chmodSync(folder, 0o700);
    expect(failureOf(db)).toMatchObject({ kind: 'io', message: `${db} may not be used by this user.` });
    expect(failureOf(folder)).toMatchObject({
      kind: 'io',
      message: `${folder} may not be used by this user.`,
    });
  });

  it('are found beside a folder that is closed', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o000);
    const ran = verify(folder);
    expect(ran).toMatchObject({ code: 0, err: `${closed} can't be read.\n` });
  });

  it('are not read without their log, whose name is told', () => {
    leaveLog(db);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    const before = folderState(folder);
    expect(verify()).toMatchObject({ code: 1, err: '' });
    chmodSync(`${db}-shm`, 0o000);
    expect(verify().out).toContain('237 entries');
    chmodSync(`${db}-shm`, 0o644);
    expect(folderState(folder)).toEqual(before);
    chmodSync(`${db}-wal`, 0o000);
    expect(failureOf(db)).toMatchObject({ kind: 'io', message: `${db}-wal may not be used by this user.` });
    rmSync(`${db}-shm`);
    expect(failureOf(db)).toMatchObject({ kind: 'io', message: `${db}-wal may not be used by this user.` });
  });

  it('are not read where they need a copy and the app folder can’t take one', () => {
    leaveLog(db);
    rmSync(`${db}-shm`);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    const closed = join(base, 'closed');
    mkdirSync(closed, { mode: 0o555 });
    const { message, hint } = errorOf(runAsNobody(['ledger', 'verify', db, '--json'], join(closed, 'new')));
    expect(message).toBe(
      `${db} has the log of a writer beside it, so it is read from a copy, and ${join(closed, 'new')} can’t be written.`,
    );
    expect(hint).toBe('Check its permissions, or name another folder in VEKSCOPE_DATA.');
  });

  it('are checked without their price list, and that is said', () => {
    const list = join(folder, 'models.yaml');
    chmodSync(list, 0o000);
    expect(verify().code).toBe(0);
    expect(runAsNobody(['ledger', 'balances', db], data).err).toBe(
      `${list} can't be used: It can't be read (EACCES).\n`,
    );
  });

  it('are remembered only where the app folder can be written, and else that is said', () => {
    const remembered = 'What it is now is remembered for the next look.';
    const closed = join(base, 'closed');
    mkdirSync(closed);
    writeFileSync(join(base, 'file'), '');
    for (const [mode, path] of [
      [0o555, closed],
      [0o000, closed],
      [0o555, join(closed, 'new')],
      [0o555, join(base, 'file')],
    ] as const) {
      chmodSync(closed, mode);
      const { code, out, err } = verify(db, path);
      expect({ path, code, err }).toEqual({ path, code: 0, err: '' });
      expect(out).toContain(`It could not be remembered for the next look: ${path} can't be written.`);
      expect(out).not.toContain(remembered);
    }
    expect(verify().out).toContain(remembered);
    chmodSync(data, 0o555);
    chmodSync(join(data, 'ledgers-seen'), 0o555);
    const again = verify().out;
    expect(again).toContain('It is as it was seen');
    expect(again).toContain(`${data} can't be written`);
    chmodSync(data, 0o777);
  });

  it('are remembered where they do not add up too, and that is said', () => {
    leaveLog(db);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    const { code, out } = verify();
    expect(code).toBe(1);
    expect(out).toContain('It does not add up; what it is now is remembered all the same');
    expect(readdirSync(data)).toContain('ledgers-seen');
  });
});
