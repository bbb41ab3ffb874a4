import { describe, expect, it } from 'vitest';
import type { BranchInfo, VekOverview } from '../../../contract/vek.ts';
import type { Source } from '../../../contract/workspace.ts';
import { FIRST_ROWS, paneRows, type Folds } from './rows.ts';

const SOURCE: Source = {
  id: 's',
  kind: 'vek',
  name: '.vek',
  path: '/w/.vek',
  state: 'ok',
  summary: '',
  problems: [],
};
const NONE: Folds = { closed: new Set(), marksOpen: new Set(), all: new Set() };

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
  lastCheck: null,
  readOnlyReason: null,
});

const kinds = (branches: readonly BranchInfo[], folds: Folds = NONE) =>
  paneRows([SOURCE], { s: overview(branches) }, folds).map((row) => row.kind);

describe('rows of the sources pane', () => {
  it('a source without an overview still shows itself and its graph', () => {
    expect(paneRows([SOURCE], {}, NONE).map((row) => row.kind)).toEqual(['source', 'graph']);
  });

  it('HEAD on a branch without a call has a row of its own', () => {
    expect(kinds([branch('other')])).toEqual(['source', 'graph', 'unborn', 'branch', 'marks']);
    expect(kinds([branch('main')])).toEqual(['source', 'graph', 'branch', 'marks']);
  });

  it('folds', () => {
    expect(kinds([branch('main')], { ...NONE, closed: new Set(['s']) })).toEqual(['source']);
    expect(kinds([branch('main')], { ...NONE, marksOpen: new Set(['s']) }).at(-1)).toBe('mark');
  });

  it('a long list ends in a row that offers the rest', () => {
    const many = [
      branch('main'),
      ...Array.from({ length: FIRST_ROWS + 9 }, (_, index) => branch(`b${index}`)),
    ];
    const rows = paneRows([SOURCE], { s: overview(many) }, NONE);
    const more = rows.find((row) => row.kind === 'more');
    expect(more?.hidden).toBe(10);
    const all = { ...NONE, all: new Set([more?.key ?? '']) };
    expect(kinds(many, all).filter((kind) => kind === 'branch')).toHaveLength(FIRST_ROWS + 10);
  });
});
