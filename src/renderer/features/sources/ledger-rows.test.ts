import { describe, expect, it } from 'vitest';
import type { LedgerOverview } from '../../../contract/ledger.ts';
import type { Source } from '../../../contract/workspace.ts';
import { depthOf, nameOf, NO_FOLDS, paneRows } from './rows.ts';

const source: Source = {
  id: 'l',
  kind: 'aex',
  name: 'aex.db',
  path: '/x/aex.db',
  state: 'ok',
  summary: '',
  problems: [],
};
const rows = (folds = NO_FOLDS, overview: LedgerOverview | null = null) =>
  paneRows([source], {}, folds, {}, {}, { l: overview });

describe('a ledger in the sources', () => {
  it('has its three views, also before it was read', () => {
    expect(rows().map(nameOf)).toEqual(['aex.db', 'Ledger', 'Accounts', 'Proof']);
    expect(rows().map(depthOf)).toEqual([1, 2, 2, 2]);
  });

  it('folds, and has no names that a filter could find', () => {
    expect(rows({ ...NO_FOLDS, closed: new Set(['l']) })).toHaveLength(1);
    expect(rows({ ...NO_FOLDS, filter: 'led' })).toEqual([]);
  });
});
