import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRealAex, type RealAex } from '../support/aex/daemon.ts';
import { generateLedger } from '../support/aex/generate.ts';
import { runTraffic } from '../support/aex/traffic.ts';
import { pinnedNode } from '../support/cli.ts';
import { peerPython, projectRoot } from '../support/peers.ts';
import { randomBelow } from '../support/random.ts';

const python = peerPython();
const seed = Number(process.env['VEKSCOPE_SEED'] ?? Date.now() % 1_000_000);
const random = randomBelow(seed + 11);
const data = mkdtempSync(join(tmpdir(), 'vekscope-two-'));
let aex: RealAex;

type Looked = {
  readonly failed?: unknown;
  readonly ok?: boolean;
  readonly seen?: string;
  readonly entries?: number;
  readonly lines?: number;
  readonly grave?: readonly string[];
};

/** A Vekscope in a process of its own, with the app folder of the other one. */
function startLooker() {
  const script = join(projectRoot, 'test', 'support', 'aex', 'looker.ts');
  const child = spawn(pinnedNode, [script, dirname(aex.db), data], {
    env: { ...process.env, SQLITE_USE_URI: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const printed = text(child.stdout);
  return {
    end: async (): Promise<readonly Looked[]> => {
      child.stdin.end();
      return (await printed)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Looked);
    },
  };
}

if (python === null) console.warn('Two lookers are not tried: the Python peers are not installed.');

describe.skipIf(python === null)(`two Vekscopes beside AEX that writes (seed ${seed})`, () => {
  beforeAll(async () => {
    aex = await makeRealAex();
    // long enough that an index of it is kept
    generateLedger(join(data, 'made.db'), { entries: 9_000, seed, open: 0 });
    renameSync(join(data, 'made.db'), aex.db);
    for (const name of ['busy', 'écrivain 😀']) await aex.createAgent(name, 5, 100_000);
    await aex.createAgent('tight one', 0.002, 100);
    await aex.start();
  }, 120_000);
  afterAll(async () => {
    await aex.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('both show all of it at any time, and neither takes what the other one saw for a cut end', async () => {
    const lookers = [startLooker(), startLooker()];
    for (let part = 0; part < 2; part++) {
      await runTraffic(aex, random, { requests: 90, together: 8 });
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    const all = await Promise.all(lookers.map((one) => one.end()));
    const { chain } = await aex.peer.verdicts(aex.db);
    const entries = Number(/for (\d+) events/.exec(chain.detail)![1]);
    for (const looked of all) {
      for (const one of looked) {
        expect({ seed, ...one }).toMatchObject({ seed, ok: true, grave: [] });
        expect(['first', 'same', 'grown']).toContain(one.seen);
        expect(one.lines).toBeGreaterThanOrEqual(one.entries!);
      }
      expect(looked.length).toBeGreaterThan(1);
      expect(looked.at(-1)).toMatchObject({ entries, lines: entries });
      expect(looked.map((one) => one.entries)).toEqual(
        looked.map((one) => one.entries!).toSorted((a, b) => a - b),
      );
    }
    // what they keep is whole, and nothing half-written is left
    // beside the memory lies only the file that two processes lock
    const seen = readdirSync(join(data, 'ledgers-seen')).filter((name) => name !== 'lock');
    expect(seen).toHaveLength(1);
    const kept = JSON.parse(readFileSync(join(data, 'ledgers-seen', seen[0]!), 'utf8')) as {
      restored: unknown[];
    };
    expect(kept.restored).toEqual([]);
    const files = readdirSync(data, { recursive: true }).map(String);
    expect(files.filter((name) => name.endsWith('.ledger')).length).toBe(1);
    expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }, 240_000);
});
