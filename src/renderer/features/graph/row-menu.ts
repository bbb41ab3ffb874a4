import {
  Copy,
  CornerDownRight,
  Focus,
  GitBranch,
  GitFork,
  PencilLine,
  SquareArrowOutUpRight,
  Tag,
  Trash2,
} from 'lucide-react';
import type { GraphRow } from '../../../contract/vek.ts';
import { openAction } from '../../state/action-form.ts';
import { openNodeTab } from '../../state/tabs.ts';
import { shortHash } from '../../ui/format.ts';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { copyCallAsJson, copyHash } from './copy-json.ts';

/** Everything a person can do with one call. `blocked` is why writing is not possible, or null. */
export function rowMenu(
  source: string,
  call: GraphRow,
  blocked: string | null,
  onFocusBranch: ((name: string) => void) | null,
  branch: string | null,
): readonly MenuEntry[] {
  const write = { blocked };
  const branches = call.refs.filter((ref) => ref.kind === 'branch');
  const tags = call.refs.filter((ref) => ref.kind === 'tag');
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
  for (const ref of branches) {
    entries.push('separator');
    if (!ref.head) {
      entries.push({
        label: `Switch HEAD to ${visibleText(ref.label)}…`,
        icon: CornerDownRight,
        run: () => openAction(source, { kind: 'switch', name: ref.name }),
        ...write,
      });
    }
    entries.push({
      label: `Rename ${visibleText(ref.label)}…`,
      icon: PencilLine,
      run: () => openAction(source, { kind: 'rename-branch', from: ref.name }),
      ...write,
    });
    entries.push({
      label: `Delete ${visibleText(ref.label)}…`,
      icon: Trash2,
      danger: true,
      run: () => openAction(source, { kind: 'delete-branch', name: ref.name }),
      blocked: blocked ?? (ref.head ? 'HEAD is on this branch' : null),
    });
  }
  for (const ref of tags) {
    entries.push({
      label: `Remove tag ${visibleText(ref.label)}…`,
      icon: Trash2,
      danger: true,
      run: () => openAction(source, { kind: 'untag', name: ref.label }),
      ...write,
    });
  }
  entries.push(
    'separator',
    { label: 'Copy hash', icon: Copy, run: () => void copyHash(call.hash) },
    { label: 'Copy short hash', run: () => void copyHash(shortHash(call.hash)) },
    { label: 'Copy as JSON', run: () => void copyCallAsJson(source, call.hash) },
  );
  if (onFocusBranch !== null && branch !== null) {
    entries.push('separator', {
      label: `Focus on ${visibleText(branch)}`,
      icon: Focus,
      keys: 'mod+f',
      run: () => onFocusBranch(branch),
    });
  }
  return entries;
}
