import type { GraphRow, GraphView } from '../../../contract/vek.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { getSelection, select } from '../../state/selection.ts';
import { edgesIn } from './chunks.ts';
import { clamp } from './geometry.ts';
import type { GraphModel } from './model.ts';
import { pageRows } from './scroll.ts';
import { showView } from './sources.ts';
import { withOpened } from './stretch.ts';
import { visibleRows } from './window.ts';

/** The keyboard's hold on the rows of one source: what is selected, and where a key leads from there. */
export type Cursor = {
  readonly current: () => GraphRow | null;
  readonly move: (by: number | 'page-up' | 'page-down' | 'first' | 'last') => Promise<void>;
  readonly step: (to: 'parent' | 'child') => Promise<void>;
  /** Goes to the second parent of a merge. */
  readonly stepMerge: () => Promise<void>;
  /**
   * Scrolls to a call and selects it; `hash` may be a prefix. A stretch that it is folded into opens. Returns what
   * went wrong in words, or null.
   */
  readonly jump: (hash: string) => Promise<string | null>;
  /** Selects the row at a position and shows it. */
  readonly go: (row: number) => void;
  /** Once the rows of the view are there: selects the row that stands for a call, which may be a folded one. */
  readonly settle: (hash: string) => Promise<void>;
};

/** `say` tells the person something small that needs no answer. */
export function createCursor(source: string, model: GraphModel, say: (text: string) => void): Cursor {
  let target: number | null = null;
  let waiting: (() => void) | null = null;

  const selected = (): string | null => {
    const selection = getSelection();
    return selection?.source === source ? selection.hash : null;
  };

  const endWaiting = (): void => {
    waiting?.();
    waiting = null;
    target = null;
  };

  const selectRow = (row: number, how: 'step' | 'jump'): void => {
    endWaiting();
    model.show(row, how);
    const call = model.at(row);
    if (call !== null) {
      select(source, call.hash);
      return;
    }
    target = row;
    waiting = model.subscribe(() => {
      const late = model.at(row);
      if (late === null) return;
      endWaiting();
      select(source, late.hash);
    });
  };

  /** Calls `look` after each change of the model, until that ends the waiting or the person goes elsewhere. */
  const waitFor = (hash: string, look: () => void): void => {
    const { view } = model.get();
    waiting = model.subscribe(() => {
      const over = selected() !== hash || model.get().view !== view;
      if (over) endWaiting();
      else look();
    });
  };

  /**
   * Selects a call that the engine found at `row`, which may be a row of a newer or an older revision than the one on
   * screen: until the call itself is there nothing else is taken for it.
   */
  const selectCall = (hash: string, row: number, how: 'step' | 'jump'): void => {
    endWaiting();
    select(source, hash);
    const near = model.rowOf(hash);
    model.show(near ?? row, how);
    if (near !== null) return;
    target = row;
    waitFor(hash, () => {
      const late = model.rowOf(hash);
      if (late === null) return;
      endWaiting();
      if (late !== row) model.show(late, how);
    });
  };

  /** Selects a call that the engine's index does not know yet, and goes to it once it does. */
  const selectUnread = (hash: string): void => {
    endWaiting();
    select(source, hash);
    const before = model.get().shown?.revision;
    waitFor(hash, () => {
      if (model.get().shown?.revision === before) return;
      endWaiting();
      void jump(hash);
    });
  };

  const currentRow = async (): Promise<number | null> => {
    if (target !== null) return target;
    const hash = selected();
    if (hash === null) return null;
    const near = model.rowOf(hash);
    if (near !== null) return near;
    const found = await locate(hash);
    return found.ok ? found.value.row : null;
  };

  const locate = (hash: string) => attempt(api.vek.locate({ source, view: model.get().view, hash }));

  const jump = async (hash: string): Promise<string | null> => {
    let found = await locate(hash);
    if (found.ok && found.value.folded) {
      await showView(source, withOpened(model.get().view, found.value.hash), null);
      found = await locate(found.value.hash);
    }
    if (!found.ok) return found.error.message;
    const { hash: call, row, folded } = found.value;
    if (row !== null) {
      if (folded) selectRow(row, 'jump');
      else selectCall(call, row, 'jump');
      return null;
    }
    if (showsAll(model.get().view)) {
      selectUnread(call);
      return null;
    }
    select(source, call);
    return `${call.slice(0, 8)} is hidden by the filter. Esc shows all calls.`;
  };

  return {
    current: () => {
      const hash = selected();
      const row = hash === null ? null : model.rowOf(hash);
      return row === null ? null : model.at(row);
    },
    move: async (by) => {
      const { shown, scroll } = model.get();
      if (shown === null || shown.total === 0) return;
      const last = shown.total - 1;
      if (by === 'first') return selectRow(0, 'step');
      if (by === 'last') return selectRow(last, 'step');
      const from = await currentRow();
      if (from === null) return selectRow(clamp(visibleRows(scroll).start, 0, last), 'step');
      const rows = by === 'page-up' ? -pageRows(scroll) : by === 'page-down' ? pageRows(scroll) : by;
      selectRow(clamp(from + rows, 0, last), 'step');
    },
    step: async (to) => {
      const hash = selected();
      if (hash === null) return;
      const found = await attempt(api.vek.step({ source, view: model.get().view, hash, to }));
      if (!found.ok) {
        say(found.error.message);
        return;
      }
      if (found.value.row === null)
        say(`The ${to === 'parent' ? 'parent' : 'next call'} is hidden by the filter.`);
      else selectCall(found.value.hash, found.value.row, 'step');
    },
    stepMerge: async () => {
      const hash = selected();
      const row = hash === null ? null : model.rowOf(hash);
      const { shown } = model.get();
      if (row === null || shown === null) return;
      const merge = edgesIn(shown, { start: row, end: row + 1 }).find(
        (edge) => edge.from === row && edge.role === 'merge',
      );
      if (merge === undefined) say('This call has one parent only.');
      else if (merge.style === 'missing') say('The second parent is not in the store.');
      else selectRow(merge.to, 'step');
    },
    jump,
    go: (row) => selectRow(row, 'jump'),
    settle: async (hash) => {
      const found = await locate(hash);
      if (!found.ok || found.value.row === null) return;
      if (found.value.folded) selectRow(found.value.row, 'jump');
      else selectCall(found.value.hash, found.value.row, 'jump');
    },
  };
}

/** Whether nothing is hidden: what has no row in such a view was not read into it yet. */
const showsAll = ({ filter, focus }: GraphView): boolean => filter === '' && focus.length === 0;
