import {
  CornerDownRight,
  EyeOff,
  Columns2,
  Focus,
  GitBranch,
  GitFork,
  GitMerge,
  ListFilter,
  PencilLine,
  SquareArrowOutUpRight,
  Tag,
  Tags,
  Trash2,
  UnfoldVertical,
} from 'lucide-react';
import type { GraphRow } from '../../../contract/vek.ts';
import { compareRunsUpTo, compareSideBySide, markOrCompare, whyNotSideBySide } from '../../app/compare.ts';
import { openAction } from '../../state/action-form.ts';
import { openNodeTab } from '../../state/tabs.ts';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { copyEntries } from '../copy/copy-menu.ts';
import { askToMerge, currentBranch } from '../merge/preview/ask.ts';
import { cutMiddle } from './cut.ts';
import type { ViewActions } from './view-actions.ts';

/** What the menu of a row can do beside writing. */
export type RowMenuActions = {
  readonly view: ViewActions;
  /** shows all names of the call; null where the row has them all */
  readonly names: (() => void) | null;
};

/** Of how many branches, and of how many tags, the menu offers what can be written; the sources pane has them all. */
const MOST_NAMES = 3;

/** Everything a person can do with one call. `blocked` is why writing is not possible, or null. */
export function rowMenu(
  source: string,
  call: GraphRow,
  blocked: string | null,
  actions: RowMenuActions,
  branch: string | null,
): readonly MenuEntry[] {
  const write = { blocked };
  const branches = call.refs
    .filter((ref) => ref.kind === 'branch')
    .toSorted((a, b) => Number(b.head) - Number(a.head))
    .slice(0, MOST_NAMES);
  const tags = call.refs.filter((ref) => ref.kind === 'tag').slice(0, MOST_NAMES);
  const entries: MenuEntry[] = [
    {
      label: 'Open',
      icon: SquareArrowOutUpRight,
      keys: 'Enter',
      run: () => openNodeTab(source, call.hash, call.tool),
    },
    'separator',
    {
      label: 'Fork from here…',
      icon: GitFork,
      keys: 'f',
      run: () => openAction(source, { kind: 'fork', at: call.hash }),
      ...write,
    },
    {
      label: 'New branch here…',
      icon: GitBranch,
      keys: 'b',
      run: () => openAction(source, { kind: 'create-branch', at: call.hash }),
      ...write,
    },
    {
      label: 'Tag…',
      icon: Tag,
      keys: 't',
      run: () => openAction(source, { kind: 'tag', at: call.hash }),
      ...write,
    },
  ];
  const current = currentBranch(source);
  for (const ref of branches) {
    entries.push('separator');
    entries.push({
      label: ref.head
        ? `Merge a branch into ${shortName(ref.label)}…`
        : `Merge ${shortName(ref.label)} into ${current === null ? 'the current branch' : shortName(current)}…`,
      icon: GitMerge,
      ...(ref === (branches.find(({ head }) => !head) ?? ref) ? { keys: 'm' } : {}),
      run: () => askToMerge(source, ref.name),
    });
    if (!ref.head) {
      entries.push({
        label: `Switch HEAD to ${shortName(ref.label)}…`,
        icon: CornerDownRight,
        run: () => openAction(source, { kind: 'switch', name: ref.name }),
        ...write,
      });
    }
    entries.push({
      label: `Rename ${shortName(ref.label)}…`,
      icon: PencilLine,
      run: () => openAction(source, { kind: 'rename-branch', from: ref.name }),
      ...write,
    });
    entries.push({
      label: `Delete ${shortName(ref.label)}…`,
      icon: Trash2,
      danger: true,
      run: () => openAction(source, { kind: 'delete-branch', name: ref.name }),
      blocked: blocked ?? (ref.head ? 'HEAD is on this branch' : null),
    });
  }
  for (const ref of tags) {
    entries.push({
      label: `Remove tag ${shortName(ref.label)}…`,
      icon: Trash2,
      danger: true,
      run: () => openAction(source, { kind: 'untag', name: ref.label }),
      ...write,
    });
  }
  entries.push(
    'separator',
    {
      label: 'Mark, or compare with the marked call',
      icon: Columns2,
      keys: 'c',
      run: () => markOrCompare(source, call.hash, call.tool),
    },
    {
      label: 'Compare side by side with the marked call',
      icon: Columns2,
      keys: 'shift+c',
      blocked: whyNotSideBySide(source, call.hash),
      run: () => compareSideBySide(source, call.hash),
    },
    {
      label: 'Compare the runs up to the marked call and this one',
      icon: Columns2,
      blocked: whyNotSideBySide(source, call.hash),
      run: () => compareRunsUpTo(source, call.hash),
    },
    'separator',
    ...copyEntries(source, call.hash, call.summary.kind === 'fetch', 'row'),
  );
  entries.push('separator', ...viewEntries(call, actions, branch));
  return entries;
}

const shortName = (name: string): string => cutMiddle(visibleText(name), 40);

/** Shows less of the graph, by what this call is. */
function viewEntries(
  call: GraphRow,
  { view, names }: RowMenuActions,
  branch: string | null,
): readonly MenuEntry[] {
  const tool = cutMiddle(visibleText(call.tool), 32) || '(no name)';
  const noTime = call.timeMicros === null ? 'the record has no readable time' : null;
  return [
    ...(call.fold === null
      ? []
      : [{ label: 'Unfold the run', icon: UnfoldVertical, keys: ' ', run: () => view.stretch(call) }]),
    ...(names === null ? [] : [{ label: `Show all ${call.refs.length} names`, icon: Tags, run: names }]),
    ...(branch === null
      ? []
      : [
          {
            label: `Only branch ${cutMiddle(visibleText(branch), 32)}`,
            icon: Focus,
            keys: 'mod+f',
            run: () => view.focus([branch]),
          },
        ]),
    { label: `Show only ${tool}`, icon: ListFilter, run: () => view.onlyTool(call) },
    { label: `Hide ${tool}`, icon: EyeOff, run: () => view.hideTool(call) },
    { label: 'Since this call', blocked: noTime, run: () => view.bound('since', call) },
    { label: 'Until this call', blocked: noTime, run: () => view.bound('until', call) },
    { label: 'Only failed calls', keys: 'e', run: view.failed },
  ];
}
