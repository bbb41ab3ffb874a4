import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileHistory } from '../../src/core/agents/write/history.ts';
import { listEdits } from '../../src/core/agents/write/record.ts';
import { contextOf } from '../support/agent-edits.ts';
import { realPackage } from '../support/agents-peer.ts';
import type { RaceAnswer, RaceJob } from '../support/edit-racer.ts';
import { copyGolden } from '../support/goldens.ts';
import { peerPython, projectRoot } from '../support/peers.ts';
import { value } from '../support/writes.ts';

const python = peerPython();
const seconds = Number(process.env['VEKSCOPE_RACE_SECONDS'] ?? '15');
const NOTES = ['decision_print_house.md', 'project_spring_issue.md', 'reference_price_list.md'];
const PERSONA = ['persona/IDENTITY.md', 'persona/SOUL.md'];

type Wrote = { readonly wrote: readonly (readonly [path: string, marker: string])[] };
type Reads = { readonly reads: number; readonly torn: readonly string[] };

function run<T>(program: string, args: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([key]) => !key.startsWith('ATOMIC_AGENTS_')),
    );
    const child = spawn(program, args, { env: { ...env, SQLITE_USE_URI: '1' } });
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out) as T);
      else reject(new Error(err || `ended with ${String(code)}`));
    });
  });
}

const peer = <T>(job: object): Promise<T> =>
  run<T>(python!, [join(projectRoot, 'test', 'support', 'agents_writer.py'), JSON.stringify(job)]);

const racer = (job: RaceJob): Promise<RaceAnswer> =>
  run<RaceAnswer>(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(new URL('../support/edit-racer.ts', import.meta.url)),
    JSON.stringify(job),
  ]);

type Race = {
  readonly root: string;
  readonly dataDir: string;
  readonly theirs: Wrote;
  readonly ours: RaceAnswer;
  readonly reads: Reads;
};

/** Two Vekscopes, the real package and a reader, all at once on the same files. */
async function race(does: 'notes' | 'lines', paths: readonly string[]): Promise<Race> {
  const root = copyGolden('agents/fleet');
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-race-'));
  const agent = join(root, 'harbor');
  const below = does === 'notes' ? paths.map((name) => `memory/${name}`) : paths;
  const own = below.map((path) => `harbor/${path}`);
  const [theirs, reads, ...ours] = await Promise.all([
    peer<Wrote>({ do: does, agent, paths, seconds }),
    peer<Reads>({ do: 'read', agent, paths: below, seconds }),
    racer({ root, dataDir, name: 'vs1', paths: own, seconds }),
    racer({ root, dataDir, name: 'vs2', paths: own, seconds }),
  ]);
  return { root, dataDir, theirs, ours: ours.flat(), reads };
}

/** Every text that is kept in the app folder. */
function keptTexts(dataDir: string): string[] {
  const folder = join(dataDir, 'agent-edits');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /objects\/..\/[0-9a-f]{64}$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const hasLine = (text: string, marker: string): boolean =>
  new RegExp(`(?:^|[\\s'"-])${marker}(?:$|[\\s'"])`, 'm').test(text);

function expectNoStrays({ root, dataDir }: Race): void {
  const strays = [root, dataDir].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp')),
  );
  expect(strays).toEqual([]);
}

/** Says how much there was of everything. */
function told({ theirs, ours, reads }: Race): void {
  const counts: Record<string, number> = { theirs: theirs.wrote.length, reads: reads.reads };
  for (const [, , became] of ours) counts[became] = (counts[became] ?? 0) + 1;
  process.stdout.write(
    `${seconds} s: ${Object.entries(counts)
      .map(([what, n]) => `${what} ${n}`)
      .join(', ')}\n`,
  );
}

const statuses = (root: string): unknown =>
  (realPackage([{ do: 'doctor', root, agent: 'harbor' }])[0] as { name: string; status: string }[]).map(
    ({ name, status }) => [name, status],
  );

describe.skipIf(python === null)('beside the real package', () => {
  it(
    'loses no write of a note on either side, and tears none',
    async () => {
      const before = statuses(copyGolden('agents/fleet'));
      const done = await race('notes', NOTES);
      expect(done.reads.torn).toEqual([]);
      expect(done.reads.reads).toBeGreaterThan(0);
      const ok = done.ours.filter(([, , became]) => became === 'ok');
      told(done);
      expect(ok.length).toBeGreaterThan(0);
      expect(done.theirs.wrote.length).toBeGreaterThan(0);
      for (const [, , became] of done.ours) expect(['ok', 'conflict', 'locked']).toContain(became);
      // both sides hold the note's lock, so that the last text has every write that took effect
      const last = new Map(
        NOTES.map((name) => [
          `harbor/memory/${name}`,
          readFileSync(join(done.root, 'harbor/memory', name), 'utf8'),
        ]),
      );
      for (const [name, marker] of done.theirs.wrote)
        expect(hasLine(last.get(`harbor/memory/${name}`)!, marker), marker).toBe(true);
      for (const [path, marker, became] of done.ours)
        expect(hasLine(last.get(path)!, marker), `${marker}: ${became}`).toBe(became === 'ok');
      expectNoStrays(done);
      expect(statuses(done.root)).toEqual(before);
      const ctx = contextOf(done.root, done.dataDir);
      const edits = value(listEdits(ctx));
      expect(edits.filter(({ state }) => state === 'done')).toHaveLength(ok.length);
      const history = value(fileHistory(ctx, `harbor/memory/${NOTES[0]!}`));
      expect(history[0]).toMatchObject({ current: true });
      expect(history.every(({ kept }) => kept)).toBe(true);
    },
    (seconds + 120) * 1000,
  );

  it(
    'loses nothing of a program that replaces files without any lock',
    async () => {
      const done = await race('lines', PERSONA);
      expect(done.reads.torn).toEqual([]);
      told(done);
      const kept = keptTexts(done.dataDir);
      const last = new Map(
        PERSONA.map((path) => [path, readFileSync(join(done.root, 'harbor', path), 'utf8')]),
      );
      const anywhere = (path: string, marker: string): boolean =>
        hasLine(last.get(path)!, marker) || kept.some((text) => hasLine(text, marker));
      for (const [path, marker] of done.theirs.wrote)
        expect(anywhere(path, marker), `${marker} in ${path}`).toBe(true);
      // that program may write over ours, as it would over any other; then ours is in the history
      for (const [path, marker, became] of done.ours) {
        const found = hasLine(last.get(path.slice('harbor/'.length))!, marker);
        if (became === 'ok') expect(anywhere(path.slice('harbor/'.length), marker), marker).toBe(true);
        else expect(found, `${marker}: ${became}`).toBe(false);
      }
      expect(done.ours.some(([, , became]) => became === 'ok')).toBe(true);
      expectNoStrays(done);
    },
    (seconds + 120) * 1000,
  );
});
