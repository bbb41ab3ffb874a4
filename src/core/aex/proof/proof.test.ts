import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { chainDatabase, chained } from '../../../../test/support/aex/chain-database.ts';
import {
  copyGoldenLedger,
  goldenLedgers,
  goldenVerdicts,
} from '../../../../test/support/aex/golden-copies.ts';
import type { LedgerPaths } from '../paths.ts';
import { PROOF_SCRIPT_NAME } from '../../../contract/ledger-report.ts';
import { proofScript, writeProof } from './proof.ts';
import { PROOF_SCRIPT } from './script.ts';

const drops: (() => void)[] = [];
afterEach(() => {
  for (const drop of drops.splice(0)) drop();
});

function golden(name: string): LedgerPaths {
  const { paths, drop } = copyGoldenLedger(name);
  drops.push(drop);
  return paths;
}

async function proofOf(paths: LedgerPaths): Promise<string> {
  const file = join(paths.dir, 'written.json');
  const made = await writeProof(paths, { version: '0.0.0', file, report: null });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const text = readFileSync(file, 'utf8');
  expect(made.value.bytes).toBe(Buffer.byteLength(text));
  return text;
}

const paid = (cost: string): string => `{"cost_micro":${cost},"estimated_micro":0}`;

type Ran = { readonly code: number; readonly out: string };

async function run(dir: string, proof: string | null): Promise<Ran> {
  const script = join(dir, PROOF_SCRIPT_NAME);
  const file = join(dir, 'proof.json');
  writeFileSync(script, await proofScript().text());
  if (proof !== null) writeFileSync(file, proof);
  try {
    const out = execFileSync('python3', [script, ...(proof === null ? [] : [file])], { encoding: 'utf8' });
    return { code: 0, out };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { code: status, out: stdout };
  }
}

describe('the proof', () => {
  it('has a script that a person can read', () => {
    const lines = PROOF_SCRIPT.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(115);
    expect(PROOF_SCRIPT.match(/^import .*$/gm)).toEqual(['import hashlib, itertools, json, sys']);
  });

  it.each(goldenLedgers)('%s is judged as the original judges it', async (name) => {
    const paths = golden(name);
    const { verify_hash_chain: chain, replay_ledger_balances: balances } = goldenVerdicts(name);
    const { code, out } = await run(paths.dir, await proofOf(paths));
    const line = (what: string, verdict: typeof chain): string =>
      `${what}: ${verdict.ok ? 'ok' : 'NOT OK'} - ${verdict.detail}`;
    // The original stops at the first break.
    const firsts = out.split('\n').map((text) => text.replace(/^(chain: NOT OK - [^;]*).*/, '$1'));
    expect(firsts.slice(0, 2)).toEqual([line('chain', chain), line('balances', balances)]);
    expect(code).toBe(chain.ok && balances.ok ? 0 : 1);
  });

  it('holds no token of the ledger, and says what it withholds', async () => {
    const paths = golden('small');
    const db = new Database(paths.db);
    const [token, tokenHash] = db.prepare('SELECT api_token, token_hash FROM agents').raw().get() as string[];
    db.prepare(`UPDATE event_log SET payload_json = '{"reason":"' || ? || '"}' WHERE seq = 9`).run(token);
    db.close();
    const proof = await proofOf(paths);
    expect(proof).not.toContain(token);
    expect(proof).not.toContain(tokenHash);
    expect(JSON.parse(proof)).toMatchObject({ withheld: 1, event_count: 13, head: { seq: 13 } });
    const { code, out } = await run(paths.dir, proof);
    expect(out).toContain('chain: ok - hash chain verified for 13 events');
    expect(out).toContain('1 entries hold a token or key and are withheld, the first is seq=9');
    expect(out).not.toContain('balances: ok');
    expect(code).toBe(3);
  });

  it('notices what was changed in the file itself', async () => {
    const paths = golden('small');
    const proof = await proofOf(paths);
    expect(await run(paths.dir, proof.replace(/,\n\{"seq":13,.*/, ''))).toMatchObject({
      code: 1,
      out: expect.stringContaining('head: NOT OK'),
    });
    expect((await run(paths.dir, proof.slice(0, -200))).code).toBe(2);
    expect((await run(paths.dir, '{}')).code).toBe(2);
    expect((await run(paths.dir, null)).code).toBe(2);
  });

  it('is walked on past a break: every break and every gap is named', async () => {
    const paths = golden('small');
    const db = new Database(paths.db);
    db.exec(`UPDATE event_log SET payload_json = payload_json || ' ' WHERE seq IN (2, 6);
             DELETE FROM event_log WHERE seq IN (9, 10);`);
    db.close();
    const { code, out } = await run(paths.dir, await proofOf(paths));
    expect(code).toBe(1);
    expect(out).toContain(
      'chain: NOT OK - event_hash mismatch at seq=2; event_hash mismatch at seq=6; prev_hash mismatch at seq=11\n',
    );
    expect(out).toContain('numbers: NOT OK - 9 to 10 are missing\n');
    expect(out).toMatch(/^head: ok - 13 [0-9a-f]{64}$/m);
  });

  it('keeps exact amounts, odd values and partitions', async () => {
    const content = { agent: 'é😀', event_type: 'usage.commit', execution_id: null };
    const rows = chained([
      { ...content, seq: 1, payload_json: paid('9007199254740993'), chain_partition: 'tenant:x' },
      { ...content, seq: 2, payload_json: paid('"5"'), chain_partition: 'tenant:y' },
    ]);
    const sum = 9007199254740998n;
    const good = chainDatabase(rows, [{ name: 'é😀', spent: sum, reserved: 0 }]);
    drops.push(good.drop);
    expect((await run(good.paths.dir, await proofOf(good.paths))).code).toBe(0);
    const bad = chainDatabase(
      rows.map((row) => Object.assign(row, row.seq === 2 ? { payload_json: Buffer.from(paid('"5"')) } : {})),
      [{ name: 'é😀', spent: sum, reserved: 0 }],
    );
    drops.push(bad.drop);
    const { code, out } = await run(bad.paths.dir, await proofOf(bad.paths));
    expect(code).toBe(1);
    expect(out).toContain('chain: NOT OK - event_hash mismatch at partition=tenant:y seq=2');
  });
});
