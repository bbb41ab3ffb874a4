import { describe, expect, it } from 'vitest';
import type { MergeInProgress } from '../../../contract/merge.ts';
import type { BranchInfo, VekOverview } from '../../../contract/vek.ts';
import type { Source } from '../../../contract/workspace.ts';
import { depthOf, FIRST_ROWS, NO_FOLDS, paneRows, placesOf, typedRow, type Folds } from './rows.ts';

const SOURCE: Source = {
  id: 's',
  kind: 'vek',
  name: '.vek',
  path: '/w/.vek',
  state: 'ok',
  summary: '',
  problems: [],
};
const NONE = NO_FOLDS;

const branch = (name: string): BranchInfo => ({
  name,
  hash: 'aa',
  present: true,
  current: name === 'main',
  colour: 1,
  ahead: 0,
  behind: 0,
});

const overview = (branches: readonly BranchInfo[]): VekOverview => ({
  revision: 1,
  head: { state: 'branch', branch: 'main', text: 'ref: main\n' },
  tip: null,
  branches,
  tags: [{ name: 'tag/v1', label: 'v1', kind: 'tag', hash: 'aa' }],
  checkpoints: [],
  counts: { nodes: 3, objects: 0, refs: 0 },
  schema: { version: 3, note: null },
  lock: null,
  newestMicros: null,
  problems: [],
  findings: { errors: 0, warnings: 0, notices: 0 },
  lastCheck: null,
  readOnlyReason: null,
});

const many = (count: number) => [
  branch('main'),
  ...Array.from({ length: count - 1 }, (_, index) => branch(`b${index}`)),
];

const names = (filter: string) =>
  paneRows(
    [SOURCE],
    { s: overview([branch('main'), branch('try/MAIN-2'), branch('b')]) },
    { ...NONE, filter },
  ).map((row) => row.key);

const kinds = (branches: readonly BranchInfo[], folds: Folds = NONE) =>
  paneRows([SOURCE], { s: overview(branches) }, folds).map((row) => row.kind);

const merge = (into: string, from: string): MergeInProgress => ({
  into,
  from,
  savedMicros: 1,
  settled: 0,
  open: 2,
  moved: false,
});
const shown = (...merges: readonly MergeInProgress[]) =>
  paneRows([SOURCE], { s: overview([branch('main')]) }, NONE, { s: merges }).filter(
    (row) => row.kind === 'merge' || row.kind === 'integrity',
  );

describe('rows of the sources pane', () => {
  it('merges in progress stand before the check, and name the branch that is not the same for all', () => {
    const rows = shown(merge('main', 'a'), merge('main', 'b'), merge('a', 'b'));
    expect(rows.map((row) => (row.kind === 'merge' ? row.alone : row.kind))).toEqual([
      false,
      false,
      true,
      'integrity',
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
    expect(rows.map(depthOf)).toEqual([2, 2, 2, 2]);
    expect(typedRow(rows, 0, 'merge b into a')?.key).toBe(rows[2]?.key);
    expect(shown()).toHaveLength(1);
  });

  it('a source without an overview still shows itself and its graph', () => {
    expect(paneRows([SOURCE], {}, NONE).map((row) => row.kind)).toEqual(['source', 'graph']);
  });

  it('HEAD on a branch without a call has a row of its own', () => {
    expect(kinds([branch('other')])).toEqual(['source', 'graph', 'unborn', 'branch', 'marks', 'integrity']);
    expect(kinds([branch('main')])).toEqual(['source', 'graph', 'branch', 'marks', 'integrity']);
  });

  it('folds', () => {
    expect(kinds([branch('main')], { ...NONE, closed: new Set(['s']) })).toEqual(['source']);
    expect(kinds([branch('main')], { ...NONE, marksOpen: new Set(['s']) }).at(-2)).toBe('mark');
  });

  it('a long list ends in a row that offers the rest, a little longer one does not', () => {
    const rows = paneRows([SOURCE], { s: overview(many(300)) }, NONE);
    const more = rows.find((row) => row.kind === 'more');
    expect(more?.hidden).toBe(300 - FIRST_ROWS);
    const all = { ...NONE, all: new Set([more?.key ?? '']) };
    expect(kinds(many(300), all).filter((kind) => kind === 'branch')).toHaveLength(300);
    expect(kinds(many(FIRST_ROWS + 1))).not.toContain('more');
  });

  it('looks for names in every list, and leaves out what has none', () => {
    expect(names(' Main')).toEqual(['s', 's/branch/main', 's/branch/try/MAIN-2']);
    expect(names('v1')).toEqual(['s', 's/mark/tag/v1']);
    expect(names('nothing')).toEqual([]);
  });

  it('knows where each row stands among its siblings', () => {
    const rows = paneRows(
      [SOURCE],
      { s: overview([branch('main'), branch('b')]) },
      { ...NONE, marksOpen: new Set(['s']) },
    );
    expect(placesOf(rows).map(({ at, of }) => `${at}/${of}`)).toEqual([
      '1/1',
      '1/3',
      '1/2',
      '2/2',
      '2/3',
      '1/1',
      '3/3',
    ]);
  });

  it('typing goes to the next row that begins so, around the end', () => {
    const rows = paneRows([SOURCE], { s: overview([branch('main'), branch('mend'), branch('b')]) }, NONE);
    const key = (from: number, typed: string) => typedRow(rows, from, typed)?.key;
    expect(key(2, 'm')).toBe('s/branch/mend');
    expect(key(3, 'm')).toBe('s/branch/main');
    expect(key(2, 'ma')).toBe('s/branch/main');
    expect(key(2, 'x')).toBeUndefined();
  });
});
