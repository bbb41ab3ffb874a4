import { Filter, FilterX, Focus, FoldVertical, Hash, ListFilter, OctagonAlert } from 'lucide-react';
import type { GraphRow, GraphView } from '../../../contract/vek.ts';
import type { Command } from '../../app/commands.ts';
import { shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { cutMiddle } from './cut.ts';
import { isFailedOnly } from './filter/edit.ts';
import type { ViewActions } from './view-actions.ts';

type Context = {
  readonly view: GraphView;
  /** the selected call, as far as it is on screen */
  readonly call: GraphRow | null;
  readonly actions: ViewActions;
  readonly focusFilter: () => void;
  readonly jump: () => void;
};

/** What the palette offers while a graph is in front: its filter, focus and folds. */
export function graphCommands({ view, call, actions, focusFilter, jump }: Context): readonly Command[] {
  const group = 'Actions';
  const none = call === null ? 'select a call first' : null;
  const tool = call === null ? 'the tool of the call' : cutMiddle(visibleText(call.tool), 40) || '(no name)';
  const noTime = none ?? (call?.timeMicros === null ? 'its record has no readable time' : null);
  const detail = call === null ? {} : { detail: shortHash(call.hash) };
  const on = (run: (call: GraphRow) => void) => () => {
    if (call !== null) run(call);
  };
  const everything = view.filter === '' && view.focus.length === 0;
  return [
    { id: 'graph-filter', group, label: 'Filter the graph', icon: ListFilter, keys: '/', run: focusFilter },
    { id: 'graph-jump', group, label: 'Go to a hash', icon: Hash, keys: '#', run: jump },
    {
      id: 'graph-all',
      group,
      label: 'Show all calls',
      icon: FilterX,
      keys: 'Escape',
      blocked: everything ? 'nothing is hidden' : null,
      run: actions.all,
    },
    {
      id: 'graph-fold',
      group,
      label: view.fold === true ? 'Unfold all runs' : 'Fold runs',
      icon: FoldVertical,
      keys: 'r',
      run: actions.fold,
    },
    {
      id: 'graph-stretch',
      group,
      label:
        call !== null && call.fold !== null ? 'Unfold the selected run' : 'Fold the run of the selected call',
      keys: ' ',
      blocked: none,
      run: () => actions.stretch(call),
    },
    {
      id: 'graph-failed',
      group,
      label: isFailedOnly(view.filter) ? 'Show calls that did not fail too' : 'Show only failed calls',
      icon: OctagonAlert,
      keys: 'e',
      run: actions.failed,
    },
    {
      id: 'graph-focus',
      group,
      label: 'Focus on the branch of the selected call',
      icon: Focus,
      keys: 'mod+f',
      blocked: none,
      run: () => actions.focusCall('only'),
    },
    {
      id: 'graph-focus-add',
      group,
      label: 'Add the branch of the selected call to the focus',
      keys: 'mod+shift+f',
      blocked: none,
      run: () => actions.focusCall('add'),
    },
    {
      id: 'graph-only-tool',
      group,
      label: `Show only ${tool}`,
      icon: Filter,
      blocked: none,
      run: on(actions.onlyTool),
    },
    { id: 'graph-hide-tool', group, label: `Hide ${tool}`, blocked: none, run: on(actions.hideTool) },
    {
      id: 'graph-since',
      group,
      label: 'Show calls since the selected one',
      ...detail,
      blocked: noTime,
      run: on((at) => actions.bound('since', at)),
    },
    {
      id: 'graph-until',
      group,
      label: 'Show calls until the selected one',
      ...detail,
      blocked: noTime,
      run: on((at) => actions.bound('until', at)),
    },
  ];
}
