import { beforeEach, describe, expect, it } from 'vitest';
import type {
  EntryRow,
  GroupRow,
  LedgerLine,
  LedgerView,
  LedgerWindow,
} from '../../../../contract/ledger.ts';
import { createStatementModel, type StatementSource } from './model.ts';
import { entryId, lineAt } from './windows.ts';

const VIEW: LedgerView = {
  agent: null,
  query: '',
  sort: 'newest',
  group: 'entries',
  open: [],
  days: false,
};
const line = (seq: number): LedgerLine => ({
  line: 'entry',
  inGroup: false,
  entry: { seq } as EntryRow,
});
const group = (id: string, isOpen: boolean): LedgerLine => ({
  line: 'group',
  group: { executionId: id, isOpen, lastSeq: Number(id) } as GroupRow,
});

/** A ledger with the newest entry first; `events` grows as entries are written. */
let events = 0;
const asked: number[] = [];
const linesOf = (view: LedgerView): number | readonly LedgerLine[] => {
  if (view.query === 'none') return 0;
  if (view.group === 'entries') return events;
  return Array.from({ length: 500 }, (_, index) => String(500 - index)).flatMap((id) =>
    view.open.includes(id) ? [group(id, true), line(Number(id))] : [group(id, false)],
  );
};
const source: StatementSource = {
  rows: async (view, start, count) => {
    asked.push(start);
    const all = linesOf(view);
    const total = typeof all === 'number' ? all : all.length;
    const lines =
      typeof all === 'number'
        ? Array.from({ length: Math.max(0, Math.min(count, all - start)) }, (_, at) => line(all - start - at))
        : all.slice(start, start + count);
    return {
      ok: true,
      value: { total, start, lines, sums: null, revision: events, problems: [] } satisfies LedgerWindow,
    };
  },
  locate: async (view, seq) => ({ ok: true, value: view.group === 'entries' ? events - seq : null }),
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const open = async () => {
  const model = createStatementModel(source, VIEW);
  model.setHeight(280);
  model.refresh();
  await settled();
  return model;
};
const top = (model: Awaited<ReturnType<typeof open>>) => {
  const { shown, scroll } = model.get();
  const found = shown === null ? null : lineAt(shown, Math.floor(scroll.offset / scroll.rowHeight));
  return found?.line === 'entry' ? found.entry.seq : found?.line === 'group' ? found.group.executionId : null;
};

beforeEach(() => {
  events = 1_000_000;
  asked.length = 0;
});

describe('a statement of a million entries', () => {
  it('brings an entry into sight from anywhere and keeps it selected', async () => {
    const model = await open();
    model.select(entryId(42));
    expect(await model.reveal(42)).toBe(true);
    await settled();
    const { scroll, selectedAt } = model.get();
    expect(selectedAt).toBe(999_958);
    expect(scroll.offset).toBeLessThanOrEqual(999_958 * 28);
    expect(scroll.offset + scroll.height).toBeGreaterThan(999_958 * 28);
  });

  it('begins at the top for another question, and stays where it is when a group is unfolded', async () => {
    const model = await open();
    model.setScroll((scroll) => ({ ...scroll, offset: 5000 }));
    model.show({ ...VIEW, group: 'executions' });
    await settled();
    expect(top(model)).toBe('500');
    model.setScroll((scroll) => ({ ...scroll, offset: 100 * 28 }));
    await settled();
    expect(top(model)).toBe('400');
    model.show({ ...VIEW, group: 'executions', open: ['395'] });
    await settled();
    expect(top(model)).toBe('400');
    expect(model.get()).toMatchObject({ busy: false, shown: { total: 501 } });
  });
});
