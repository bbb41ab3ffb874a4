import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../test/support/aex/golden-copies.ts';
import { copyGolden } from '../../test/support/goldens.ts';
import { openLog } from '../core/log/log.ts';
import { createConnection } from './connection.ts';
import { listRecents } from './recents.ts';
import { createSessionPool, type SessionPool } from './session-pool.ts';
import { createVekSession } from './vek-session.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-connection-'));
const options = {
  dataDir,
  roots: null,
  initial: null,
  sample: null,
  version: '0.0.0',
  host: 'browser',
} as const;
const folders: string[] = [];

afterEach(() => {
  for (const folder of [...folders.splice(0), dataDir]) rmSync(folder, { recursive: true, force: true });
});

/** Sessions that are opened only when the test says so; `released` counts those that were let go. */
function slowPool() {
  const log = openLog(dataDir);
  const ready = new Map<string, () => void>();
  const released: string[] = [];
  const pool: SessionPool = {
    acquire(store, hear) {
      if (store.kind !== 'vek') throw new Error('only repositories are opened here');
      const session = createVekSession(store, options, log, hear);
      const opened = new Promise<readonly string[]>((settle) => ready.set(store.path, () => settle([])));
      return {
        session: { ...session, opened },
        release: () => {
          released.push(store.path);
          session.close();
        },
      };
    },
    close: () => undefined,
  };
  return { pool, log, ready, released };
}

it('of two folders that are opened at once the later one is shown, whichever is read first', async () => {
  const [first, second] = [copyGolden('linear'), copyGolden('forked')];
  folders.push(first, second);
  const { pool, log, ready, released } = slowPool();
  const connection = createConnection(pool, options, log);
  const answers = [connection.open(first), connection.open(second)] as const;
  const [firstStore, secondStore] = [join(first, '.vek'), join(second, '.vek')];
  ready.get(secondStore)!();
  const later = await answers[1];
  ready.get(firstStore)!();
  expect(await answers[0]).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  expect(later).toMatchObject({ ok: true, value: { path: second, sources: [{ path: secondStore }] } });
  expect(released).toEqual([firstStore]);
  const source = later.ok ? later.value.sources[0]!.id : '';
  expect(connection.source(source)).not.toBeNull();
  connection.close();
});

it('a file that is a ledger is a workspace of its own, and only where it may be opened', async () => {
  const ledger = copyGoldenLedger('small');
  const inside = { ...options, roots: [ledger.paths.db] };
  const pool = createSessionPool(inside, openLog(dataDir));
  const connection = createConnection(pool, inside, openLog(dataDir));
  expect(await connection.open(ledger.paths.db)).toMatchObject({
    ok: true,
    value: { name: 'aex.db', sources: [{ kind: 'aex', name: 'aex.db', path: ledger.paths.db, state: 'ok' }] },
  });
  expect(listRecents(inside)[0]).toMatchObject({ path: ledger.paths.db, open: true });
  expect(await connection.open(ledger.paths.dir)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  connection.close();
  pool.close();
  ledger.drop();
});
