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
    expect(steps.length).toBeGreaterThan(8);
    await twoAtATime([...steps.entries()], async ([i, { point, nth }]) => {
      const { bench, plan } = prepare(scenario);
      const ended = await runEditChild({ ...jobOf(bench, plan), killAt: point, killNth: nth });
      expect(ended.signal, `${point}: ${ended.out}${ended.err}`).toBe('SIGKILL');
      expectWhole(bench, scenario, point);
      expectRecovered(bench, scenario, point, reached(steps, i));
      closeEditBench(bench);
    });
  });

  it('is ended by the next recovery where a recovery is killed', async () => {
    const first = prepare(scenario);
    const steps = stepsOf(jobOf(first.bench, first.plan));
    closeEditBench(first.bench);
    // the moments at which files have moved, and the record does not say so yet
    const moved = [...steps.entries()].filter(([, { point }]) =>
      /exchanged|displaced|given-back/.test(point),
    );
    const moments = moved.filter((_, i) => i % Math.ceil(moved.length / 4) === 0 || i === moved.length - 1);
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
