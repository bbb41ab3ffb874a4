import type { BranchInfo, GraphRow, GraphView } from '../../../contract/vek.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { clearSelection, getSelection } from '../../state/selection.ts';
import { announce } from '../../ui/announce.ts';
import { formatCounted } from '../../ui/format.ts';
import { branchOf } from './branch-of.ts';
import type { Cursor } from './cursor.ts';
import { bounded, failedOnly, hideTool, isFailedOnly, onlyTool } from './filter/edit.ts';
import { isWider } from './filter/terms.ts';
import type { GraphModel } from './model.ts';
import { setGraphView, showView } from './sources.ts';
import { withClosed, withOpened } from './stretch.ts';

/** What a person can do with the view of a graph, from the toolbar, keys, menus and the palette alike. */
export type ViewActions = {
  readonly filter: (text: string) => void;
  readonly focus: (names: readonly string[]) => void;
  /** On the branch of the selected call, or with it beside the others; again leaves. */
  readonly focusCall: (how: 'only' | 'add') => void;
  readonly fold: () => void;
  /** Opens the folded stretch of a row, or folds the opened one around it again; null: the selected row. */
  readonly stretch: (call: GraphRow | null) => void;
  readonly onlyTool: (call: GraphRow) => void;
  readonly hideTool: (call: GraphRow) => void;
  readonly bound: (bound: 'since' | 'until', call: GraphRow) => void;
  readonly failed: () => void;
  /** Everything again: no filter, no focus. */
  readonly all: () => void;
  /** One step back: out of the filter, out of the focus, out of the selection. */
  readonly back: () => void;
};

type Context = {
  readonly source: string;
  readonly model: GraphModel;
  readonly cursor: Cursor;
  readonly branches: readonly BranchInfo[];
  /** all tools, empty while they are not known */
  readonly tools: readonly string[];
  readonly say: (text: string) => void;
};

/** The actions on the view of a source. */
export function viewActions({ source, model, cursor, branches, tools, say }: Context): ViewActions {
  const now = (): GraphView => model.get().view;
  const selected = (): string | null => {
    const selection = getSelection();
    return selection?.source === source ? selection.hash : null;
  };

  /** The call to keep in sight: one that is shown, or one that comes back because less is hidden. */
  const kept = (next: GraphView): string | null => {
    const hash = selected();
    if (hash === null || model.rowOf(hash) !== null) return hash;
    const old = now();
    const wider =
      isWider(next.filter, old.filter) &&
      (next.focus.length === 0 ||
        (old.focus.length > 0 && old.focus.every((name) => next.focus.includes(name))));
    return wider ? hash : null;
  };
  const set = (change: Partial<GraphView>): void => {
    const next = { ...now(), ...change };
    setGraphView(source, next, kept(next));
  };
  const setFolds = async (next: GraphView, hash: string | null): Promise<void> => {
    const there = await showView(source, next, hash);
    if (there && hash !== null) await cursor.settle(hash);
  };

  const fold = (): void => {
    const view = now();
    const on = view.fold !== true;
    void setFolds({ ...view, fold: on, open: [] }, selected()).then(() => {
      const { shown } = model.get();
      if (!on) return announce('Runs are unfolded');
      return shown !== null && shown.total === shown.calls
        ? say('No run is long enough to fold: only long ones without a fork, merge or name are.')
        : announce('Runs are folded');
    });
  };
  const close = async (call: GraphRow): Promise<void> => {
    const view = now();
    const closed = await withClosed(view, (asked) =>
      attempt(api.vek.locate({ source, view: asked, hash: call.hash })),
    );
    if (!closed.ok) say(closed.error.message);
    else if (closed.value === null)
      say('This call does not fold: only long runs without a fork, merge or name do.');
    else {
      await setFolds(closed.value, call.hash);
      announce('Folded');
    }
  };
  const focus = (names: readonly string[]): void => set({ focus: [...names] });

  return {
    filter: (filter) => set({ filter }),
    focus,
    focusCall: (how) => {
      const call = cursor.current();
      const name = call === null ? null : branchOf(call, model, branches);
      const old = now().focus;
      if (name === null) {
        if (old.length > 0 && how === 'only') focus([]);
        else say('Select a call of a branch first.');
        return;
      }
      if (how === 'only') focus(old.length === 1 && old[0] === name ? [] : [name]);
      else focus(old.includes(name) ? old.filter((other) => other !== name) : [...old, name].slice(-64));
    },
    fold,
    stretch: (row) => {
      const call = row ?? cursor.current();
      if (call === null) say('Select a call first.');
      else if (now().fold !== true) fold();
      else if (call.fold === null) void close(call);
      else {
        void setFolds(withOpened(now(), call.hash), call.hash);
        announce(`${formatCounted(call.fold.calls, 'call')} unfolded`);
      }
    },
    onlyTool: (call) => set({ filter: onlyTool(now().filter, call.tool, tools) }),
    hideTool: (call) => set({ filter: hideTool(now().filter, call.tool, tools) }),
    bound: (bound, call) => {
      if (call.timeMicros !== null) set({ filter: bounded(now().filter, bound, call.timeMicros) });
    },
    failed: () => set({ filter: failedOnly(now().filter, !isFailedOnly(now().filter)) }),
    all: () => set({ filter: '', focus: [] }),
    back: () => {
      const { filter, focus: names } = now();
      if (filter !== '') set({ filter: '' });
      else if (names.length > 0) focus([]);
      else clearSelection();
    },
  };
}
