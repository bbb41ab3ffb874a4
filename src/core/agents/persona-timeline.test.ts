import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileVersion } from '../../contract/edits.ts';
import { timelineOf, type PathHistory } from './persona-timeline.ts';

const version = (sha256: string | null, atMicros: number, more: Partial<FileVersion> = {}): FileVersion => ({
  sha256,
  atMicros,
  bytes: 1,
  how: 'seen',
  edit: null,
  title: 'Changed by another program',
  label: null,
  current: false,
  kept: true,
  ...more,
});
const saved = (
  sha256: string | null,
  atMicros: number,
  edit: string,
  label: string | null = null,
): FileVersion => version(sha256, atMicros, { how: 'saved', edit, title: `Save ${edit}`, label });
const newestFirst = (path: string, ...versions: FileVersion[]): PathHistory => ({
  path,
  versions: versions.toReversed(),
});
const S = 1_000_000;

describe('the timeline of a persona', () => {
  it('begins with what was first seen, whatever the times of the files are', () => {
    const [only, ...others] = timelineOf([
      newestFirst('SOUL.md', version('a', 5 * S)),
      newestFirst('model.md', version('m', 900 * S)),
    ]);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ number: 1, how: 'first', fromMicros: null, toMicros: null, changed: [] });
    expect(only!.files).toEqual([
      { path: 'SOUL.md', sha256: 'a' },
      { path: 'model.md', sha256: 'm' },
    ]);
  });

  it('takes one write of several files as one version, with its label', () => {
    const timeline = timelineOf([
      newestFirst('SOUL.md', version('a', 0), saved('b', 10 * S, 'one', 'softer')),
      newestFirst('model.md', version('m', 0), saved('n', 10 * S + 5, 'one', 'softer')),
    ]);
    expect(timeline).toHaveLength(2);
    expect(timeline[0]!.toMicros).toBe(10 * S);
    expect(timeline[1]).toMatchObject({
      number: 2,
      how: 'saved',
      label: 'softer',
      fromMicros: 10 * S,
      toMicros: null,
      changed: ['SOUL.md', 'model.md'],
    });
  });

  it('keeps two writes apart that follow each other at once, and joins what others wrote at about one time', () => {
    const apart = timelineOf([
      newestFirst('SOUL.md', version('a', 0), saved('b', 10 * S, 'one'), saved('c', 10 * S + 1, 'two')),
    ]);
    expect(apart.map(({ title }) => title)).toEqual(['As it was first seen', 'Save one', 'Save two']);
    const joined = timelineOf([
      newestFirst('SOUL.md', version('a', 0), version('b', 10 * S)),
      newestFirst('model.md', version('m', 0), version('n', 11 * S)),
    ]);
    expect(joined).toHaveLength(2);
  });

  it('a file that Vekscope made was not there before, and one that is put back is the same version again', () => {
    const timeline = timelineOf([
      newestFirst('USER.md', saved('u', 10 * S, 'make'), saved(null, 20 * S, 'undo')),
      newestFirst('SOUL.md', version('a', 0)),
    ]);
    expect(timeline.map(({ files }) => files[0]!.sha256)).toEqual([null, 'u', null]);
    expect(timeline[0]!.id).toBe(timeline[2]!.id);
    expect(timeline[0]!.id).not.toBe(timeline[1]!.id);
  });

  it('leaves out what the agent keeps for itself and what changes nothing', () => {
    const timeline = timelineOf([
      newestFirst('SOUL.md', version('z', 0, { how: 'agent' }), version('a', 1), version('a', 50 * S)),
    ]);
    expect(timeline).toHaveLength(1);
  });

  it('has no gap and no overlap, and every version differs from the one before', () => {
    const entry = fc.record({
      sha: fc.constantFrom('a', 'b', 'c', null),
      at: fc.integer({ min: 1, max: 500 }),
    });
    const history = fc.array(entry, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(history, { minLength: 1, maxLength: 4 }), (files) => {
        const timeline = timelineOf(
          files.map((entries, i) =>
            newestFirst(
              `${i}.md`,
              ...entries.toSorted((a, b) => a.at - b.at).map(({ sha, at }) => version(sha, at * S)),
            ),
          ),
        );
        expect(timeline[0]!.fromMicros).toBeNull();
        expect(timeline.at(-1)!.toMicros).toBeNull();
        for (const [i, one] of timeline.entries()) {
          expect(one.number).toBe(i + 1);
          if (i === 0) continue;
          expect(timeline[i - 1]!.toMicros).toBe(one.fromMicros);
          expect(one.changed.length).toBeGreaterThan(0);
          expect(one.id).not.toBe(timeline[i - 1]!.id);
        }
        const last = files.map((entries) => entries.toSorted((a, b) => a.at - b.at).at(-1)!.sha);
        expect(timeline.at(-1)!.files.map(({ sha256 }) => sha256)).toEqual(last);
      }),
    );
  });
});
