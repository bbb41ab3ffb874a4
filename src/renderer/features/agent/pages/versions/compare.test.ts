import { describe, expect, it } from 'vitest';
import type { PersonaVersion, VersionFigures } from '../../../../../contract/edits.ts';
import { changedTexts, compareFigures, LEAST_RUNS } from './compare.ts';
import { versionAt, versionName } from './since.ts';

const figures = (more: Partial<VersionFigures> = {}): VersionFigures => ({
  query: 'agent:q at:..2026',
  runs: 100,
  primary: 50,
  errors: 2,
  costMicros: 1_000_000,
  costPerRunMicros: 20_000,
  evals: { count: 40, passed: 30, failed: 10, mean: 4.1, hardFails: 1 },
  ...more,
});
const says = (a: Partial<VersionFigures>, b: Partial<VersionFigures>) =>
  Object.fromEntries(compareFigures(figures(a), figures(b)).map((row) => [row.id, row.says]));

describe('two versions side by side', () => {
  it('stand with their differences, each with the records it is made of', () => {
    const rows = compareFigures(
      figures(),
      figures({ query: 'agent:q at:2026..', costPerRunMicros: 25_000, errors: 5 }),
    );
    const of = (id: string) => rows.find((row) => row.id === id)!;
    expect(of('errors')).toMatchObject({
      a: { text: '2 (2.0\u00A0%)', query: 'agent:q at:..2026 status:error' },
      b: { text: '5 (5.0\u00A0%)', query: 'agent:q at:2026.. status:error' },
      change: '+3.0 points',
    });
    expect(of('per-run')).toMatchObject({ change: '+$0.005000', says: '25 % dearer' });
    expect(of('primary').b.query).toBe('agent:q at:2026.. is:primary');
  });

  it('say nothing from few runs or evals', () => {
    const few = says(
      {},
      {
        runs: LEAST_RUNS - 1,
        primary: 3,
        errors: 15,
        evals: { count: 2, passed: 0, failed: 2, mean: 1, hardFails: 0 },
      },
    );
    expect(few.errors).toMatch(/^too few to tell/);
    expect(few['per-run']).toMatch(/^too few to tell/);
    expect(few.passed).toMatch(/^too few to tell/);
    expect(few.mean).toMatch(/^too few to tell/);
    const none = { runs: 0, primary: 0, errors: 0, costMicros: 0, costPerRunMicros: null };
    expect(says(none, none).errors).toBe('no record under either');
  });

  it('call a difference one only where chance would hardly give it', () => {
    expect(says({ errors: 2 }, { errors: 5 }).errors).toBe('no more than chance would give');
    expect(says({ errors: 2 }, { errors: 30 }).errors).toBe('more errors than chance would give');
    expect(says({ errors: 30 }, { errors: 2 }).errors).toBe('fewer errors than chance would give');
    expect(says({ errors: 0 }, { errors: 0 }).errors).toBe('no more than chance would give');
  });
});

const persona = (
  number: number,
  fromMicros: number | null,
  files: Readonly<Record<string, string | null>>,
): PersonaVersion => ({
  id: String(number),
  number,
  label: null,
  title: '',
  fromMicros,
  toMicros: null,
  how: 'seen',
  files: Object.entries(files).map(([path, sha256]) => ({ path, sha256 })),
  changed: [],
  figures: figures(),
});

describe('versions', () => {
  const list = [
    persona(3, 30, { a: '2', c: '1' }),
    persona(2, 20, { a: '1', b: '1' }),
    persona(1, null, { a: '1', b: null }),
  ];

  it('were in force from their beginning to that of the next', () => {
    expect([5, 20, 29, 30, 99].map((at) => versionAt(list, at)?.number)).toEqual([1, 2, 2, 3, 3]);
    expect(versionAt(list.slice(0, 1), 5)).toBeNull();
  });

  it('differ in the texts that came, went or changed', () => {
    expect(changedTexts(list[1]!, list[0]!)).toEqual([
      { path: 'a', before: '1', after: '2' },
      { path: 'b', before: '1', after: null },
      { path: 'c', before: null, after: '1' },
    ]);
    expect(changedTexts(list[1]!, list[1]!)).toEqual([]);
    expect(changedTexts(list[2]!, list[1]!).map(({ path }) => path)).toEqual(['b']);
  });

  it('are called by their label, else by what began them', () => {
    expect(versionName(list[0]!)).toBe('Version 3');
    expect(versionName({ ...list[0]!, title: 'Save x', label: 'Warmer' })).toBe('Version 3 · Warmer');
  });
});
