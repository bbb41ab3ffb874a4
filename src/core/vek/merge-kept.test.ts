import { appendFileSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeBench, failure, openBench, value, type Bench } from '../../../test/support/writes.ts';
import type { DocumentRule } from '../../contract/merge.ts';
import { limits } from '../storage/limits.ts';
import {
  dropProgress,
  listProgress,
  readProgress,
  readRules,
  saveProgress,
  saveRule,
  type KeptPlace,
  type KeptProgress,
} from './merge-kept.ts';

let benches: Bench[];
let place: KeptPlace;
const placeOf = (golden: string, dataDir?: string): KeptPlace => {
  const bench = openBench(golden);
  benches.push(bench);
  return { paths: bench.paths, dataDir: dataDir ?? bench.ctx.dataDir };
};
beforeEach(() => {
  benches = [];
  place = placeOf('empty');
});
afterEach(() => benches.forEach(closeBench));

const kept = (over: Partial<KeptProgress> = {}): KeptProgress => ({
  into: 'main',
  from: 'side',
  tips: { ours: 'a'.repeat(64), theirs: 'b'.repeat(64) },
  settled: 2,
  open: 3,
  savedMicros: 1_000,
  progress: '{"version":1}',
  ...over,
});
const folder = (): string => {
  const merges = join(place.dataDir, 'merges');
  return join(merges, readdirSync(merges)[0]!);
};
const files = (): string[] => readdirSync(folder()).map((name) => join(folder(), name));

describe('remembered rules', () => {
  it('come back as they were, for this repository only', () => {
    expect(value(readRules(place))).toEqual({ rules: new Map(), notes: [] });
    expect(existsSync(join(place.dataDir, 'merges'))).toBe(false);
    const rules: [string, DocumentRule][] = [
      ['write_file', { by: 'fields', pointers: ['/path', '/a~1b'] }],
      ['__proto__', { by: 'tool' }],
      ['工具/\n', { by: 'call' }],
      ['', { by: 'input' }],
    ];
    for (const [tool, rule] of rules) value(saveRule(place, tool, rule));
    expect(new Map(value(readRules(place)).rules)).toEqual(new Map(rules));
    value(saveRule(place, 'write_file', { by: 'call' }));
    value(saveRule(place, '', null));
    value(saveRule(place, 'never seen', null));
    const { rules: now } = value(readRules(place));
    expect([now.get('write_file'), now.has(''), now.size]).toEqual([{ by: 'call' }, false, 3]);
    expect(value(readRules(placeOf('empty', place.dataDir))).rules.size).toBe(0);
  });

  it('that can’t be read are named and left out', () => {
    value(saveRule(place, 'a', { by: 'call' }));
    value(saveRule(place, 'b', { by: 'tool' }));
    const [first] = files();
    for (const text of [
      '',
      '{"v":1,"tool":"a","rule":{"by":"magic"}}',
      '\0',
      '[',
      ' '.repeat(limits.keptRuleBytes + 1),
    ]) {
      writeFileSync(first!, text);
      const { rules, notes } = value(readRules(place));
      expect(rules.size).toBe(1);
      expect(notes).toEqual([expect.stringContaining('can’t be read')]);
    }
  });
});

describe('kept progress', () => {
  it('comes back as it was, whatever the names and the text', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, fc.nat(), fc.nat(), (into, from, progress, settled, open) => {
        const one = kept({ into, from, settled, open, progress: JSON.stringify(progress) });
        value(saveProgress(place, one));
        expect(value(readProgress(place, into, from))).toEqual(one);
        value(dropProgress(place, into, from));
        expect(value(readProgress(place, into, from))).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it('is one for each pair of branches; the latest is listed first', () => {
    value(saveProgress(place, kept({ savedMicros: 1 })));
    value(saveProgress(place, kept({ into: 'side', from: 'main', savedMicros: 3 })));
    value(saveProgress(place, kept({ from: 'other', savedMicros: 2 })));
    value(saveProgress(place, kept({ savedMicros: 4, settled: 5, open: 0, progress: '[]' })));
    value(saveRule(place, 'a', { by: 'call' }));
    const listed = value(listProgress(place));
    expect(listed.map(({ into, from, savedMicros }) => [into, from, savedMicros])).toEqual([
      ['main', 'side', 4],
      ['side', 'main', 3],
      ['main', 'other', 2],
    ]);
    expect(listed[0]).toEqual({ ...kept({ savedMicros: 4, settled: 5, open: 0 }), progress: undefined });
    expect(value(listProgress(placeOf('linear', place.dataDir)))).toEqual([]);
  });

  it('that is broken is said, and can be dropped', () => {
    for (const spoil of [
      (path: string) => truncateSync(path, 20),
      (path: string) => appendFileSync(path, 'x'),
      (path: string) => writeFileSync(path, ''),
      (path: string) => writeFileSync(path, '{"v":2}\n'),
    ]) {
      value(saveProgress(place, kept()));
      spoil(files()[0]!);
      expect(failure(readProgress(place, 'main', 'side')).kind).toBe('unreadable');
      value(listProgress(place));
      value(dropProgress(place, 'main', 'side'));
      expect(value(readProgress(place, 'main', 'side'))).toBeNull();
    }
    expect(value(listProgress(place))).toEqual([]);
  });

  it('that is too large leaves what was kept', () => {
    value(saveProgress(place, kept()));
    const large = failure(saveProgress(place, kept({ progress: 'x'.repeat(limits.keptProgressChars + 1) })));
    expect(large.kind).toBe('too-large');
    expect(value(readProgress(place, 'main', 'side'))).toEqual(kept());
  });

  it('in a folder that can’t be written is an error in words', () => {
    writeFileSync(join(place.dataDir, 'merges'), '');
    for (const result of [saveProgress(place, kept()), listProgress(place), readRules(place)])
      expect(failure<unknown>(result).message).toContain(place.dataDir);
  });
});
