import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileHistory } from '../../src/core/agents/write/history.ts';
import { listEdits } from '../../src/core/agents/write/record.ts';
import { recoverEdits } from '../../src/core/agents/write/recover.ts';
import { closeEditBench, contextOf, FILES, save, type EditBench } from '../support/agent-edits.ts';
import {
  crashScenarios,
  isKept,
  nowIn,
  possibleTexts,
  prepare,
  runEditChild,
  stepsOf,
  strayFiles,
  type CrashScenario,
} from '../support/agents-crash.ts';
import { twoAtATime } from '../support/crash.ts';
import type { EditJob } from '../support/edit-child.ts';
import { value } from '../support/writes.ts';

/** Every file is wholly one of the texts it may have. */
function expectWhole(bench: EditBench, scenario: CrashScenario, at: string): void {
  for (const path of Object.keys(scenario.texts))
    expect(possibleTexts(scenario, path), `${path}, ${at}`).toContain(nowIn(bench, path));
}

/** Recovers, and checks that what is there afterwards is consistent and is what the record says. */
function expectRecovered(
  bench: EditBench,
  scenario: CrashScenario,
  at: string,
  wrote: readonly string[],
): void {
  const ctx = contextOf(bench.root, bench.dataDir);
  const said = value(recoverEdits(ctx));
  expectWhole(bench, scenario, at);
  expect(strayFiles(bench), at).toEqual([]);
  expect(value(recoverEdits(contextOf(bench.root, bench.dataDir))), at).toEqual([]);
  const [edit] = value(listEdits(ctx));
  const paths = Object.keys(scenario.texts);
  const now = paths.map((path) => nowIn(bench, path));
  const old = paths.map((path) => FILES[path] ?? null);
  const wanted = paths.map((path) => scenario.texts[path]!);
  if (edit !== undefined) expect(edit.state, at).not.toBe('pending');
  const took = edit?.state === 'done' || edit?.state === 'completed';
  if (edit?.state === 'completed' && !at.includes('recover-recorded'))
    expect(said.join(), at).toContain('left half done');
  // what others wrote last stays, and everything they wrote is kept
  const theirs = new Map<string, string>();
  for (const { at: point, path, text } of scenario.foreign ?? []) {
    if (!wrote.includes(point)) continue;
    theirs.set(path, text);
    expect(nowIn(bench, path) === text || isKept(bench, text), `${text} after ${at}`).toBe(true);
  }
  for (const [i, path] of paths.entries()) {
    const want = theirs.get(path) ?? (took ? wanted[i] : old[i]);
    expect(now[i], `${path}, ${at}`).toBe(want);
    const current = value(fileHistory(ctx, path)).filter((version) => version.current);
    if (now[i] !== null) expect(current, `${path}, ${at}`).toHaveLength(1);
  }
  value(save(contextOf(bench.root, bench.dataDir), { 'ada/persona/SOUL.md': 'Afterwards.\n' }));
  expect(nowIn(bench, 'ada/persona/SOUL.md')).toBe('Afterwards.\n');
}

/** The points of a write up to one of them, as far as others write there. */
function reached(steps: readonly { point: string }[], end: number): string[] {
  return steps.slice(0, end + 1).map(({ point }) => point);
}

describe.each(crashScenarios)('$name', (scenario) => {
  const jobOf = ({ root, dataDir }: EditBench, plan: EditJob['plan']): EditJob => ({
    root,
    dataDir,
    ...(plan === undefined ? {} : { plan }),
    ...(scenario.foreign === undefined ? {} : { foreign: scenario.foreign }),
  });

  it('is whole and can be ended, wherever the process is killed', async () => {
    const first = prepare(scenario);
    const steps = stepsOf(jobOf(first.bench, first.plan));
    expectRecovered(first.bench, scenario, 'the end', reached(steps, steps.length));
    closeEditBench(first.bench);
    expect(steps.length).toBeGreaterThan(5);
    await twoAtATime([...steps.entries()], async ([i, { point, nth }]) => {
      const { bench, plan } = prepare(scenario);
      const ended = await runEditChild({ ...jobOf(bench, plan), killAt: point, killNth: nth });
      expect(ended.signal, `${point}: ${ended.out}${ended.err}`).toBe('SIGKILL');
      expectWhole(bench, scenario, point);
      expectRecovered(bench, scenario, point, reached(steps, i));
      closeEditBench(bench);
    });
  }, 240_000);

  it('is ended by the next recovery where a recovery is killed', async () => {
    const first = prepare(scenario);
    const steps = stepsOf(jobOf(first.bench, first.plan));
    closeEditBench(first.bench);
    // the moments at which files have moved, and the record does not say so yet
    const moved = [...steps.entries()].filter(([, { point }]) => /exchanged|compared/.test(point));
    const moments = moved.filter((_, i) => i === Math.floor(moved.length / 2) || i === moved.length - 1);
    expect(moments.length).toBeGreaterThan(0);
    await twoAtATime(moments, async ([i, { point, nth }]) => {
      const killed = async () => {
        const { bench, plan } = prepare(scenario);
        await runEditChild({ ...jobOf(bench, plan), killAt: point, killNth: nth });
        return bench;
      };
      const probing = await killed();
      const recovery = stepsOf({ root: probing.root, dataDir: probing.dataDir });
      closeEditBench(probing);
      for (const step of recovery) {
        const bench = await killed();
        const at = `${point}, then ${step.point}`;
        const ended = await runEditChild({
          root: bench.root,
          dataDir: bench.dataDir,
          killAt: step.point,
          killNth: step.nth,
        });
        expect(ended.signal, `${at}: ${ended.out}${ended.err}`).toBe('SIGKILL');
        expectWhole(bench, scenario, at);
        expectRecovered(bench, scenario, at, reached(steps, i));
        closeEditBench(bench);
      }
    });
  }, 240_000);
});

describe('a crash in the middle of an exchange', () => {
  const SOUL = 'ada/persona/SOUL.md';
  const scenario: CrashScenario = { name: '', texts: { [SOUL]: 'New soul.\n' } };

  /** A write that was killed before its exchange, and then what an exchange may leave under both names. */
  async function left(inFile: string | null, ready: string | null): Promise<EditBench> {
    const { bench, plan } = prepare(scenario);
    const { root, dataDir } = bench;
    const ended = await runEditChild({ root, dataDir, plan, killAt: 'file0-compared' });
    expect(ended.signal).toBe('SIGKILL');
    const folder = join(root, 'ada/persona');
    const name = readdirSync(folder).find((one) => one.endsWith('.tmp'))!;
    for (const [path, text] of [
      [join(folder, 'SOUL.md'), inFile],
      [join(folder, name), ready],
    ] as const) {
      if (text === null) rmSync(path);
      else writeFileSync(path, text);
    }
    return bench;
  }

  const OLD = FILES[SOUL]!;
  it.each([
    ['ours in the file, the old one displaced', 'New soul.\n', OLD, 'New soul.\n', 'completed'],
    ['ours in the file, that of another displaced', 'New soul.\n', 'theirs\n', 'theirs\n', 'abandoned'],
    ['the old one in the file, ours ready', OLD, 'New soul.\n', OLD, 'rolled-back'],
    ['that of another in the file, ours ready', 'theirs\n', 'New soul.\n', 'theirs\n', 'abandoned'],
    ['no file, ours ready', null, 'New soul.\n', null, 'abandoned'],
    [
      'that of another in the file, and of yet another displaced',
      'theirs 2\n',
      'theirs\n',
      'theirs 2\n',
      'abandoned',
    ],
    ['no file, that of another displaced', null, 'theirs\n', null, 'abandoned'],
  ])('%s', async (_name, inFile, ready, wanted, state) => {
    const bench = await left(inFile, ready);
    value(recoverEdits(contextOf(bench.root, bench.dataDir)));
    const ctx = contextOf(bench.root, bench.dataDir);
    expect(nowIn(bench, SOUL)).toBe(wanted);
    expect(strayFiles(bench)).toEqual([]);
    expect(value(listEdits(ctx)).map((edit) => edit.state)).toEqual([state]);
    for (const text of [inFile, ready])
      if (text !== null) expect(text === wanted || isKept(bench, text), text).toBe(true);
    closeEditBench(bench);
  });

  it('is ended by the next recovery where a recovery is killed', async () => {
    const probing = await left('New soul.\n', 'theirs\n');
    const steps = stepsOf({ root: probing.root, dataDir: probing.dataDir });
    expect(steps.map(({ point }) => point)).toContain('clear-given-back');
    closeEditBench(probing);
    for (const { point, nth } of steps) {
      const bench = await left('New soul.\n', 'theirs\n');
      const { root, dataDir } = bench;
      const ended = await runEditChild({ root, dataDir, killAt: point, killNth: nth });
      expect(ended.signal, point).toBe('SIGKILL');
      value(recoverEdits(contextOf(root, dataDir)));
      expect(nowIn(bench, SOUL), point).toBe('theirs\n');
      expect(strayFiles(bench), point).toEqual([]);
      closeEditBench(bench);
    }
  });

  it('knows which of two texts of others is newer, once they were noted', async () => {
    const bench = await left('New soul.\n', 'theirs 1\n');
    const { root, dataDir } = bench;
    // the recovery puts the first one back, and a newer one is written in that moment
    const ended = await runEditChild({
      root,
      dataDir,
      foreign: [{ at: 'clear-displaced', path: SOUL, text: 'theirs 2\n' }],
      killAt: 'clear-given-back',
    });
    expect(ended.signal).toBe('SIGKILL');
    expect(nowIn(bench, SOUL)).toBe('theirs 1\n');
    value(recoverEdits(contextOf(root, dataDir)));
    expect(nowIn(bench, SOUL)).toBe('theirs 2\n');
    expect(isKept(bench, 'theirs 1\n')).toBe(true);
    expect(strayFiles(bench)).toEqual([]);
    closeEditBench(bench);
  });
});
