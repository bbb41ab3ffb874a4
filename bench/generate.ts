import Database from 'better-sqlite3';
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callMaker, type Call } from './generate-calls.ts';
import { randomFrom, type Random } from './generate-random.ts';

/** What to generate. Shares are probabilities per call. */
export type GenerateOptions = {
  readonly nodes: number;
  readonly seed: number;
  /** branches in the end, with `main` */
  readonly branches: number;
  readonly merges: number;
  readonly tags: number;
  /** mean bytes of one object */
  readonly payload: number;
  /** share of calls whose input or output was seen before */
  readonly repeat: number;
  /** how far the clock of a branch may be wrong, in seconds, both ways */
  readonly skewSeconds: number;
};

/** What was written: counts of rows and sizes in bytes. */
export type Generated = {
  readonly root: string;
  readonly nodes: number;
  readonly objects: number;
  readonly refs: number;
  readonly merges: number;
  readonly payloadBytes: number;
  readonly fileBytes: number;
};

type Branch = { readonly name: string; tip: string; clock: number; fresh: number };
type Past = { readonly tool: string; readonly input: string; readonly output: string };

const schema = `
  CREATE TABLE objects (hash TEXT PRIMARY KEY, content BLOB NOT NULL);
  CREATE TABLE nodes (hash TEXT PRIMARY KEY, tool TEXT NOT NULL, input_hash TEXT NOT NULL, output_hash TEXT NOT NULL,
    parent_hash TEXT, timestamp TEXT NOT NULL, merge_parent TEXT);
  CREATE TABLE refs (name TEXT PRIMARY KEY, hash TEXT NOT NULL);
`;
const branchNames = [
  'try-retry',
  'try-mock',
  'docs/changelog',
  'experiment',
  'fix/parser',
  'review',
  'größer',
  'agent',
];

/** Fills in the usual values: branches and tags grow with the square root of the size. */
export function generateDefaults(nodes: number, seed: number): GenerateOptions {
  const root = Math.max(2, Math.round(Math.sqrt(nodes) / 5));
  return {
    nodes,
    seed,
    branches: root,
    merges: 0.03,
    tags: root,
    payload: 500,
    repeat: 0.15,
    skewSeconds: 4,
  };
}

/**
 * Writes a repository as the Python tool would (formats/vek.md §1 to §3) into `root/.vek`, with true hashes, closed
 * and without a WAL. The same options give the same rows. Throws when there is a `.vek` already.
 */
export function generateRepository(root: string, options: GenerateOptions): Generated {
  const dir = join(root, '.vek');
  if (existsSync(dir)) throw new Error(`${dir} exists already.`);
  for (const folder of [dir, join(dir, 'objects'), join(dir, 'refs')]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(dir, 'HEAD'), 'ref: main\n');
  writeFileSync(join(dir, 'config'), '[core]\n');
  const file = join(dir, 'vek.db');
  const db = new Database(file);
  try {
    for (const pragma of [
      'page_size = 4096',
      'journal_mode = OFF',
      'synchronous = OFF',
      'cache_size = -800000',
    ])
      db.pragma(pragma);
    db.exec(schema);
    db.pragma('user_version = 3');
    db.exec('BEGIN');
    const written = fill(db, options);
    db.exec('COMMIT');
    db.pragma('journal_mode = WAL');
    return { root, ...written, fileBytes: statSync(file).size };
  } finally {
    db.close();
  }
}

function fill(db: Database.Database, options: GenerateOptions): Omit<Generated, 'root' | 'fileBytes'> {
  const random = randomFrom(options.seed);
  const nextCall = callMaker(random, options.payload);
  const insertObject = db.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)');
  const insertNode = db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?)');
  const insertRef = db.prepare('INSERT INTO refs VALUES (?, ?)');
  let payloadBytes = 0;
  let objects = 0;
  let merges = 0;
  let refs = 0;
  let now = 1_740_819_600_000_000 + random.int(1_000_000);

  const put = (text: string): string => {
    const bytes = Buffer.from(text);
    const name = hash('sha256', `blob ${bytes.length}\0${text}`);
    if (insertObject.run(name, bytes).changes === 1) {
      objects++;
      payloadBytes += bytes.length;
    }
    return name;
  };
  const add = (
    branch: Branch,
    tool: string,
    input: string,
    output: string,
    mergeParent: string | null,
  ): void => {
    // Now and then a whole second, whose text has no fraction.
    now += 50_000 + Math.round(random.exponential(4_000_000));
    const time = timestampText(random.chance(0.002) ? now - (now % 1_000_000) : now + branch.clock);
    const parent = branch.tip === '' ? null : branch.tip;
    const merge = mergeParent === null ? '' : `"merge_parent":"${mergeParent}",`;
    const payload = `{"input_hash":"${input}",${merge}"output_hash":"${output}","parent_hash":${parent === null ? 'null' : `"${parent}"`},"timestamp":"${time}","tool":${JSON.stringify(tool)}}`;
    const name = hash('sha256', `node ${Buffer.byteLength(payload)}\0${payload}`);
    insertNode.run(name, tool, input, output, parent, time, mergeParent);
    branch.tip = name;
    branch.fresh++;
  };
  const ref = (name: string, target: string): void => {
    insertRef.run(name, target);
    refs++;
  };

  const branches: Branch[] = [{ name: 'main', tip: '', clock: 0, fresh: 0 }];
  const past: Past[] = [];
  const recent: string[] = [];
  const branchEvery = Math.max(1, Math.floor(options.nodes / Math.max(1, options.branches)));
  const tagEvery = Math.max(1, Math.floor(options.nodes / Math.max(1, options.tags)));
  let active = branches[0] as Branch;
  for (let i = 0; i < options.nodes; i++) {
    if (i > 0 && i % branchEvery === 0 && branches.length < options.branches) {
      active = newBranch(branches.length, random, options, recent);
      branches.push(active);
    } else if (random.chance(0.02)) {
      // Mostly the newest few branches are worked on, as people do.
      active = random.chance(0.4) ? (branches[0] as Branch) : random.pick(branches.slice(-8));
    }
    const other = random.chance(options.merges) ? mergeable(branches, active, random) : null;
    if (other !== null) {
      const input = put(`{"merge":[${JSON.stringify(active.name)},${JSON.stringify(other.name)}]}`);
      const output = put(`{"merged_tips":["${active.tip}","${other.tip}"]}`);
      other.fresh = 0;
      merges++;
      add(active, '__merge__', input, output, other.tip);
    } else {
      const call: Call = nextCall();
      const old = past.length > 0 && random.chance(options.repeat) ? random.pick(past) : null;
      // The same call again; half of the time it answers something else.
      const tool = old === null ? call.tool : old.tool;
      const input = old === null ? put(call.input) : old.input;
      const output = old !== null && random.chance(0.5) ? old.output : put(call.output);
      add(active, tool, input, output, null);
      past[past.length < 500 ? past.length : random.int(500)] = { tool, input, output };
    }
    recent[recent.length < 64 ? recent.length : i % 64] = active.tip;
    if (options.tags > 0 && (i + 1) % tagEvery === 0 && (i + 1) / tagEvery <= options.tags) {
      const number = (i + 1) / tagEvery;
      ref(`${number % 5 === 0 ? 'checkpoint/' : 'tag/'}v${number}`, active.tip);
    }
  }
  for (const branch of branches) if (branch.tip !== '') ref(branch.name, branch.tip);
  return { nodes: options.nodes, objects, refs, merges, payloadBytes };
}

/** Another of the newest branches that got calls since it was last merged, if there is one. */
function mergeable(branches: readonly Branch[], active: Branch, random: Random): Branch | null {
  const open = branches
    .slice(-12)
    .filter((b) => b !== active && b.fresh > 0 && b.tip !== '' && b.tip !== active.tip);
  return active.tip === '' || open.length === 0 ? null : random.pick(open);
}

/** A branch from one of the recent calls, or (one in forty) a chain run anew from a root of its own. */
function newBranch(
  number: number,
  random: Random,
  options: GenerateOptions,
  recent: readonly string[],
): Branch {
  const clock = Math.round((random.next() * 2 - 1) * options.skewSeconds * 1_000_000);
  if (random.chance(0.025)) {
    return {
      name: `reexec-${random
        .int(2 ** 32)
        .toString(16)
        .padStart(8, '0')}-${number}`,
      tip: '',
      clock,
      fresh: 0,
    };
  }
  return { name: `${random.pick(branchNames)}-${number}`, tip: random.pick(recent), clock, fresh: 0 };
}

/** The time as vek writes it: six digits of microseconds, or none when they are zero (formats/vek.md §3). */
export function timestampText(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = micros - seconds * 1_000_000;
  const head = new Date(seconds * 1000).toISOString().slice(0, 19);
  return fraction === 0 ? `${head}+00:00` : `${head}.${String(fraction).padStart(6, '0')}+00:00`;
}

function numberOr(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : Number(text);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      nodes: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      branches: { type: 'string' },
      merges: { type: 'string' },
      tags: { type: 'string' },
      payload: { type: 'string' },
      repeat: { type: 'string' },
      skew: { type: 'string' },
    },
  });
  if (values.out === undefined) throw new Error('--out DIR is needed.');
  const usual = generateDefaults(Number(values.nodes), Number(values.seed));
  const started = performance.now();
  const made = generateRepository(values.out, {
    ...usual,
    branches: numberOr(values.branches, usual.branches),
    merges: numberOr(values.merges, usual.merges),
    tags: numberOr(values.tags, usual.tags),
    payload: numberOr(values.payload, usual.payload),
    repeat: numberOr(values.repeat, usual.repeat),
    skewSeconds: numberOr(values.skew, usual.skewSeconds),
  });
  const mean = Math.round(made.payloadBytes / made.objects);
  console.log(
    `${made.nodes} calls (${made.merges} merges), ${made.objects} objects, ${made.refs} refs in ${made.root}\n` +
      `payload ${(made.payloadBytes / 1e6).toFixed(1)} MB, ${mean} bytes an object; vek.db ${(made.fileBytes / 1e6).toFixed(1)} MB\n` +
      `seed ${usual.seed}, ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}

if (import.meta.main) main();
