import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedLedger } from '../../test/support/aex/generate.ts';
import { startAexPeer, type PeerVerdicts } from '../../test/support/aex/peer.ts';
import { peerPython, projectRoot } from '../../test/support/peers.ts';
import { node, percentile, type Line } from '../support.ts';
import type { LedgerProbe } from './probe.ts';

type Say = (text: string) => void;
type Table = (rows: readonly Line[]) => void;

const ms = (value: number): string => (value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);
const spread = (values: readonly number[]): string => values.map(ms).join(', ');
const whole = (value: number): string => Math.round(value).toLocaleString('en');
const rate = (entries: number, took: number): string =>
  `${((took * 1000) / entries).toFixed(2)} µs each, ${whole(entries / (took / 1000))} a second`;

/** One measurement in a process of its own. */
function probe(
  what: 'first' | 'again' | 'check' | 'alone' | 'reading',
  db: string,
  data: string,
): LedgerProbe {
  const script = join(projectRoot, 'bench', 'ledger', 'probe.ts');
  // as bin/vekscope runs it: what is compiled once stays compiled
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'vekscope-bench-compiled') };
  const out = execFileSync(node, [script, what, db, data], { encoding: 'utf8', env, maxBuffer: 1 << 26 });
  return JSON.parse(out.trim().split('\n').at(-1)!) as LedgerProbe;
}

/** The original's own chain, balances, invariants and start check on the same file. */
async function peerChecks(db: string, times: number): Promise<readonly PeerVerdicts[]> {
  if (peerPython() === null) return [];
  const home = mkdtempSync(join(tmpdir(), 'vekscope-bench-aex-'));
  const found: PeerVerdicts[] = [];
  for (let i = 0; i < times; i++) {
    const peer = startAexPeer(home);
    found.push(await peer.verdicts(db));
    peer.close();
  }
  rmSync(home, { recursive: true, force: true });
  return found;
}

/** Opens, filters, draws and checks a large ledger, its check beside the original's on the same file. */
export async function measureLedger(say: Say, table: Table, entries: number, seed: number): Promise<void> {
  const db = cachedLedger(entries, seed);
  const data = mkdtempSync(join(tmpdir(), 'vekscope-bench-ledger-'));
  try {
    say('## Ledger');
    say('');
    say(`${whole(entries)} entries, ${whole(statSync(db).size / 1e6)} MB.`);
    say('');
    const firsts = [1, 2, 3].map(() => probe('first', db, data));
    const again = [1, 2].map(() => probe('again', db, data));
    const last = again.at(-1)!;
    const of = (list: readonly LedgerProbe[], key: 'screenMs' | 'readyMs'): string =>
      spread(list.map((one) => one[key] ?? Number.NaN));
    table([
      {
        what: 'first screen: accounts and newest entries, the first time',
        value: of(firsts, 'screenMs'),
        target: '0.3 s',
      },
      { what: 'all entries read, with balances and filters, the first time', value: of(firsts, 'readyMs') },
      { what: 'first screen, opened again', value: of(again, 'screenMs'), target: '0.3 s' },
      { what: 'all entries there, opened again', value: of(again, 'readyMs') },
      ...last.asked!.map(({ what, ms: took, total }) => ({
        what: `${what} (${whole(total)})`,
        value: ms(took),
        target: '150 ms',
      })),
      {
        what: 'a frame of the timeline while zooming and moving: median, slowest of 90',
        value: `${ms(percentile(last.frames!, 0.5))}, ${ms(Math.max(...last.frames!))}`,
        target: '16.7 ms',
      },
      { what: 'most memory of the process, the first time', value: `${whole(firsts[0]!.peakMb)} MB` },
      { what: 'most memory of the process, again and with all questions', value: `${whole(last.peakMb)} MB` },
    ]);
    await sayChecks(say, table, db, entries, seed);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const two = ({ chain_ms: chain, balances_ms: balances }: PeerVerdicts): number => chain + balances;
const everything = (one: PeerVerdicts): number => two(one) + one.invariants_ms;

async function sayChecks(say: Say, table: Table, db: string, entries: number, seed: number): Promise<void> {
  const checks = [1, 2, 3].map(() => probe('check', db, ''));
  const took = percentile(
    checks.map(({ checkMs }) => checkMs!),
    0.5,
  );
  const alone = probe('alone', db, '');
  const read = probe('reading', db, '');
  const quarter = probe('check', cachedLedger(Math.round(entries / 4), seed), '');
  const peers = await peerChecks(db, 2);
  const theirs = percentile(peers.map(everything), 0);
  const theirTwo = percentile(peers.map(two), 0);
  const ratio = (other: number): string => (peers.length === 0 ? '–' : `${(other / took).toFixed(1)} ×`);
  const first = checks[0]!;
  const count = first.entries!;
  say('### Checking it');
  say('');
  say(
    `${first.detail}, ${first.ok === true ? 'no error' : 'WITH ERRORS'}; ${peers.length === 0 ? 'the original is not installed' : `the original says: ${peers[0]!.chain.detail}`}. The original's time is that of its chain, its balances and its audit (the invariants, of which the chain is one); ours is that of chain, balances and the same invariants, and of all records compared with each other.`,
  );
  say('');
  table([
    {
      what: 'a full check, each in a new process',
      value: spread(checks.map(({ checkMs }) => checkMs!)),
      beside: peers.length === 0 ? 'not installed' : spread(peers.map(everything)),
      ratio: ratio(theirs),
    },
    {
      what: 'the same, beside only chain and balances of the original',
      value: ms(took),
      beside: peers.length === 0 ? '–' : spread(peers.map(two)),
      ratio: ratio(theirTwo),
    },
    {
      what: 'the same, an entry',
      value: rate(count, took),
      beside: peers.length === 0 ? '–' : rate(count, theirs),
    },
    {
      what: 'the same in one thread',
      value: ms(alone.checkMs!),
      beside: peers.length === 0 ? '–' : spread(peers.map(everything)),
      ratio: peers.length === 0 ? '–' : `${(theirs / alone.checkMs!).toFixed(1)} ×`,
    },
    {
      what: 'processor time of it, all threads',
      value: ms(
        percentile(
          checks.map(({ cpuMs }) => cpuMs),
          0.5,
        ),
      ),
    },
    {
      what: 'most memory of the process',
      value: `${whole(first.peakMb)} MB`,
      beside: peers.length === 0 ? '–' : `${whole(peers[0]!.peak_mb)} MB`,
    },
    {
      what: `most memory with a quarter of the entries (${whole(quarter.entries!)})`,
      value: `${whole(quarter.peakMb)} MB`,
    },
    { what: 'only reading the rows, one thread', value: `${ms(read.readMs!)}, ${rate(count, read.readMs!)}` },
    {
      what: 'only reading and hashing them, one thread',
      value: `${ms(read.hashMs!)}, ${rate(count, read.hashMs!)}`,
    },
    { what: 'a full check as a multiple of only reading', value: `${(took / read.readMs!).toFixed(1)} ×` },
  ]);
}
