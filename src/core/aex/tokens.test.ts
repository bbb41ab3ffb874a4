import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generateLedger } from '../../../test/support/aex/generate.ts';
import { WITHHELD } from './secrets.ts';
import { lookAtLedger } from './store.ts';
import { maskerIn } from './tokens.ts';

const dir = mkdtempSync(join(tmpdir(), 'vekscope-tokens-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('withholds the beginning of a token that is too long to be used, and every other one', () => {
  const file = join(dir, 'aex.db');
  generateLedger(file, { entries: 200, seed: 3 });
  const db = new Database(file);
  const names = db.prepare<[], string>('SELECT name FROM agents ORDER BY name').pluck().all();
  const long = 'zq7w'.repeat(50_000);
  db.prepare('UPDATE agents SET api_token = ? WHERE name = ?').run(long, names[0]);
  db.prepare('UPDATE agents SET api_token = ? WHERE name = ?').run('0123456789abcdef', names[1]);
  db.close();
  const said = lookAtLedger({ db: file, dir }, (look) => {
    const masker = maskerIn(look);
    return [masker.text('with 0123456789abcdef in it'), masker.text(`with ${long.slice(0, 60_000)} in it`)];
  });
  expect(said.ok ? said.value : said.error).toEqual([`with ${WITHHELD} in it`, `with ${WITHHELD} in it`]);
});
