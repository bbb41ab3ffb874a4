import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import '../support/data-folder.ts';
import { errorOf, runCommand, runHere } from '../support/cli.ts';
import { folderState } from '../support/folder-state.ts';
import { copyGolden } from '../support/goldens.ts';
import { peerPython } from '../support/peers.ts';

const python = peerPython();

/** A golden repository that another program changed. */
function changed(golden: string, work: (db: Database.Database) => void): string {
  const root = copyGolden(golden);
  const db = new Database(join(root, '.vek', 'vek.db'));
  work(db);
  db.close();
  return root;
}

describe('the terminal on stores that other programs changed', () => {
  it.each([
    ['nodes', ['status', 'log', 'export'], ['branch', 'tag']],
    ['refs', ['status', 'log', 'export', 'branch', 'tag'], []],
    ['objects', ['status', 'export'], ['log', 'branch', 'tag']],
  ])(
    'without the table %s there is no answer that needs it, not an empty one',
    async (table, needy, others) => {
      const root = changed('linear', (db) => db.exec(`DROP TABLE ${table}`));
      for (const verb of needy) {
        const ran = await runHere(verb, '--json', '--repo', root);
        expect({ verb, code: ran.code }).toEqual({ verb, code: 2 });
        expect(errorOf(ran)).toMatchObject({
          kind: 'damaged',
          message: expect.stringContaining(`table ${table} is missing`),
        });
      }
      for (const verb of others) expect((await runHere(verb, '--json', '--repo', root)).code).toBe(0);
      const fsck = await runHere('fsck', '--json', '--repo', root);
      expect({ code: fsck.code, ok: (JSON.parse(fsck.out) as { ok: boolean }).ok }).toEqual({
        code: 1,
        ok: false,
      });
    },
  );

  it.skipIf(python === null)('lists tags in the order of the Python tool, whatever their names', async () => {
    const root = changed('linear', (db) => {
      const insert = db.prepare(
        `INSERT INTO refs SELECT ?, hash FROM refs WHERE name = 'main' ON CONFLICT DO NOTHING`,
      );
      for (const name of ['tag/', 'TAG/odd', 'Tag/x', 'tag/tag/x', 'tag/A', 'tag/\u{1f600}', 'tag/\uffff']) {
        insert.run(name);
      }
    });
    const script = 'import json, vek; print(json.dumps(vek.tag(), ensure_ascii=False))';
    const real = spawnSync(python!, ['-c', script], { cwd: root, encoding: 'utf8' });
    const ran = await runHere('tag', '--json', '--repo', root);
    expect(JSON.parse(ran.out)).toEqual(JSON.parse(real.stdout));
  });
});

it('where the app folder can not be made, a write says so and changes nothing', async () => {
  const root = copyGolden('linear');
  const before = folderState(join(root, '.vek'));
  const blocked = join(root, 'a file');
  writeFileSync(blocked, '');
  const env = { VEKSCOPE_DATA: join(blocked, 'data') };
  for (const verb of ['tag', 'undo']) {
    const ran = await runCommand([verb, ...(verb === 'tag' ? ['x'] : []), '--json'], { cwd: root, env });
    expect({ verb, code: ran.code }).toEqual({ verb, code: 2 });
    expect(errorOf(ran).message).not.toContain('should not');
  }
  const served = await runCommand(['serve', '--port', '0', '--json'], { cwd: root, env });
  expect({ code: served.code, kind: errorOf(served).kind }).toEqual({ code: 2, kind: 'not-found' });
  expect(folderState(join(root, '.vek'))).toEqual(before);
});
