import { copyFileSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBelow } from '../random.ts';
import { makeRealAex, type RealAex } from './daemon.ts';
import { generateLedger } from './generate.ts';
import { anyRequest, ask, createAgents, runTraffic } from './traffic.ts';

/** A ledger that the real AEX wrote, as a copy of its own. */
export type Healthy = {
  readonly name: string;
  readonly db: string;
  /** agents that were deleted: their entries can't be verified any more (formats/aex.md §18.4) */
  readonly deleted: readonly string[];
};

const MONDAY = Date.UTC(2026, 2, 2, 9) / 1000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Copies a ledger with what lies beside it into a folder of its own below `into`; the copy's path. */
export function copyLedger(db: string, into: string): string {
  const folder = mkdtempSync(join(into, 'ledger-'));
  for (const end of ['', '-wal']) {
    if (existsSync(db + end)) copyFileSync(db + end, join(folder, `aex.db${end}`));
  }
  const models = join(db, '..', 'models.yaml');
  if (existsSync(models)) copyFileSync(models, join(folder, 'models.yaml'));
  return join(folder, 'aex.db');
}

/** Leaves some requests without an answer; they are in flight when this ends. */
async function inFlight(aex: RealAex, random: (below: number) => number): Promise<void> {
  const agents = [...aex.tokens.keys()];
  for (let i = 0; i < 4; i++) {
    const body = {
      messages: [{ role: 'user', content: `wait ${i} ${random(1e6)} [[hang=9000]]` }],
      max_tokens: 9,
    };
    void ask(aex, { agent: agents[random(agents.length)]!, path: '/v1/chat/completions', body });
  }
  await pause(400);
}

/** Days of one request after the other, on a clock that is moved, then an agent is deleted. */
async function stepped(seed: number, into: string, requests: number): Promise<readonly Healthy[]> {
  const random = randomBelow(seed);
  const aex = await makeRealAex({ at: MONDAY });
  try {
    await createAgents(aex, random);
    await aex.start();
    const now = await runTraffic(aex, random, { requests, clock: MONDAY });
    await aex.stop();
    const whole = { name: 'stepped', db: copyLedger(aex.copy(), into), deleted: [] };
    await aex.peer.cli([['agent', 'delete', 'researcher']]);
    await aex.start();
    aex.tokens.delete('researcher');
    await runTraffic(aex, random, { requests: 15, clock: now });
    await aex.stop();
    return [whole, { name: 'deleted', db: copyLedger(aex.copy(), into), deleted: ['researcher'] }];
  } finally {
    await aex.close();
  }
}

/** Many requests at once on the machine's clock, with the daemon still running when the copy is made. */
async function busy(seed: number, into: string, requests: number): Promise<readonly Healthy[]> {
  const random = randomBelow(seed);
  const aex = await makeRealAex();
  try {
    await createAgents(aex, random);
    await aex.start();
    await runTraffic(aex, random, { requests, together: 8 });
    await pause(300);
    await aex.stop();
    return [{ name: 'busy', db: copyLedger(aex.copy(), into), deleted: [] }];
  } finally {
    await aex.close();
  }
}

/** Killed with requests in flight; restarted before their reservations ran out, killed again, restarted after. */
async function crashed(seed: number, into: string, requests: number): Promise<readonly Healthy[]> {
  const random = randomBelow(seed);
  const aex = await makeRealAex({ at: MONDAY });
  const made: Healthy[] = [];
  const keep = (name: string): number => made.push({ name, db: copyLedger(aex.copy(), into), deleted: [] });
  try {
    await createAgents(aex, random);
    await aex.start();
    let now = await runTraffic(aex, random, { requests, clock: MONDAY });
    await inFlight(aex, random);
    await aex.kill();
    keep('killed');
    aex.at((now += 20));
    await aex.start();
    now = await runTraffic(aex, random, { requests: 10, clock: now });
    await inFlight(aex, random);
    await aex.kill();
    keep('restarted early');
    aex.at((now += 3600));
    await aex.start();
    await runTraffic(aex, random, { requests: 10, clock: now });
    await aex.stop();
    keep('restarted later');
    return made;
  } finally {
    await aex.close();
  }
}

/** The machine's clock is put back in between. */
async function putBack(seed: number, into: string, requests: number): Promise<readonly Healthy[]> {
  const random = randomBelow(seed);
  const aex = await makeRealAex({ at: MONDAY });
  try {
    await createAgents(aex, random);
    await aex.start();
    const now = await runTraffic(aex, random, { requests: Math.round(requests / 2), clock: MONDAY });
    await runTraffic(aex, random, { requests: Math.round(requests / 2), clock: now - 5000 });
    await ask(aex, anyRequest(random, 'researcher'));
    await aex.stop();
    return [{ name: 'clock put back', db: copyLedger(aex.copy(), into), deleted: [] }];
  } finally {
    await aex.close();
  }
}

function generated(seed: number, into: string): Healthy {
  const folder = join(into, 'generated');
  mkdirSync(folder);
  generateLedger(join(folder, 'aex.db'), { entries: 3000, seed, open: 3 });
  return { name: 'generated', db: join(folder, 'aex.db'), deleted: [] };
}

/** Healthy ledgers of many shapes by a seed, in a new folder, which the caller removes. */
export async function healthyLedgers(
  seed: number,
  requests = 90,
): Promise<{ readonly folder: string; readonly ledgers: readonly Healthy[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'vekscope-healthy-'));
  const made = await Promise.all([
    stepped(seed, folder, requests),
    busy(seed + 1, folder, requests),
    crashed(seed + 2, folder, Math.round(requests / 2)),
    putBack(seed + 3, folder, Math.round(requests / 2)),
  ]);
  return { folder, ledgers: [...made.flat(), generated(seed, folder)] };
}
