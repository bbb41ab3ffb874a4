import { Copy, Columns2, Link2 } from 'lucide-react';
import { looksLikeLink, parseLink } from '../../../contract/link.ts';
import { useCommands, type Command } from '../../app/commands.ts';
import { compareSideBySide, markOrCompare, whyNotSideBySide } from '../../app/compare.ts';
import { openLink, sourceOfLink } from '../../app/links.ts';
import { showInspector } from '../../app/shell/panes.ts';
import { setCompareWith, setNodeTab, useCompare } from '../../state/compare.ts';
import { getSelection } from '../../state/selection.ts';
import { nearestVek, useWorkspaceStore } from '../../state/workspace.ts';
import { shortHash } from '../../ui/format.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import { copyCall } from '../copy/copy-call.ts';
import { copyKinds } from '../copy/copy-menu.ts';
import { callKeys } from './use-node-keys.ts';

/** What can be done with the selected call beside writing, in the palette and on the rows of the graph. */
export function useCallCommands(): void {
  useCommands(callCommands);
  useShortcuts(
    { name: 'graph-rows', label: 'Graph' },
    callKeys(() => {
      const selection = getSelection();
      return selection === null ? null : { ...selection, tool: '' };
    }),
  );
}

function callCommands(query: string): readonly Command[] {
  const { workspace } = useWorkspaceStore.getState();
  // among agents alone there is no call to select
  const none = workspace !== null && nearestVek() === null;
  return [...linkCommands(query), ...(none ? [] : selectionCommands())];
}

function selectionCommands(): readonly Command[] {
  const selection = getSelection();
  const group = 'Actions';
  const blocked = selection === null ? 'select a call first' : null;
  const detail = selection === null ? {} : { detail: shortHash(selection.hash) };
  const on = (run: (source: string, hash: string) => void) => () => {
    if (selection !== null) run(selection.source, selection.hash);
  };
  const copy = ({ kind, label, keys }: (typeof copyKinds)[number]): Command => ({
    id: `copy-${kind}`,
    group,
    label: label.startsWith('Copy as')
      ? label.replace('Copy as', 'Copy the selected call as')
      : `${label} of the selected call`,
    icon: kind === 'link' ? Link2 : Copy,
    blocked,
    ...detail,
    ...(keys === undefined ? {} : { keys }),
    run: on((source, hash) => void copyCall(source, hash, kind)),
  });
  const { marked } = useCompare.getState();
  const changes = on(() => {
    setCompareWith(null);
    setNodeTab('changes');
    showInspector();
  });
  return [
    {
      id: 'call-changes',
      group,
      label: 'Compare with the call before',
      icon: Columns2,
      blocked,
      ...detail,
      run: changes,
    },
    {
      id: 'call-mark',
      group,
      label:
        marked === null
          ? 'Mark the selected call to compare it'
          : `Compare with the marked call ${shortHash(marked.hash)}`,
      icon: Columns2,
      keys: 'c',
      blocked,
      ...detail,
      run: on((source, hash) => markOrCompare(source, hash, '')),
    },
    {
      id: 'call-side-by-side',
      group,
      label: 'Compare side by side with the marked call',
      icon: Columns2,
      keys: 'shift+c',
      blocked:
        selection === null ? 'select a call first' : whyNotSideBySide(selection.source, selection.hash),
      ...detail,
      run: on(compareSideBySide),
    },
    ...copyKinds.map(copy),
  ];
}

/** The entry that follows a pasted link. */
function linkCommands(query: string): readonly Command[] {
  if (!looksLikeLink(query)) return [];
  const link = parseLink(query);
  const base = { id: 'follow-link', group: 'Calls', icon: Link2, answer: true } as const;
  if (link === null) {
    const blocked = 'a link has the folder, a # and 64 digits';
    return [{ ...base, label: 'Not a whole link to a call', blocked, run: () => undefined }];
  }
  const here = sourceOfLink(useWorkspaceStore.getState().workspace, link) !== null;
  return [
    {
      ...base,
      label: here
        ? `Go to call ${shortHash(link.hash)}`
        : `Open its folder and go to call ${shortHash(link.hash)}`,
      ...(here ? {} : { detail: link.path }),
      run: () => void openLink(query),
    },
  ];
}
