import { Copy, Ellipsis, GitBranch, GitFork, SquareArrowOutUpRight, Tag } from 'lucide-react';
import type { GraphRow } from '../../../contract/vek.ts';
import { openAction } from '../../state/action-form.ts';
import { openNodeTab } from '../../state/tabs.ts';
import { useOverview } from '../../state/workspace.ts';
import { Button, IconButton } from '../../ui/button/Button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu/Menu.tsx';
import { copyCallAsJson, copyHash } from '../graph/copy-json.ts';

type Props = { readonly source: string; readonly row: GraphRow; readonly inTab: boolean };

/** What can be done with the call, fixed at the bottom of the inspector. */
export function NodeActions({ source, row, inTab }: Props) {
  const blocked = useOverview(source).value?.readOnlyReason ?? null;
  const more = (): readonly MenuEntry[] => [
    ...(inTab
      ? []
      : [
          {
            label: 'Open as a tab',
            icon: SquareArrowOutUpRight,
            keys: 'Enter',
            run: () => openNodeTab(source, row.hash, row.tool),
          },
        ]),
    {
      label: 'New branch here…',
      icon: GitBranch,
      blocked,
      run: () => openAction(source, { kind: 'create-branch', at: row.hash }),
    },
    'separator',
    { label: 'Copy hash', icon: Copy, run: () => void copyHash(row.hash) },
    { label: 'Copy as JSON', run: () => void copyCallAsJson(source, row.hash) },
  ];
  return (
    <footer className="n-actions">
      <Button
        icon={GitFork}
        disabled={blocked !== null}
        onClick={() => openAction(source, { kind: 'fork', at: row.hash })}
      >
        Fork from here…
      </Button>
      <Button
        icon={Tag}
        disabled={blocked !== null}
        onClick={() => openAction(source, { kind: 'tag', at: row.hash })}
      >
        Tag…
      </Button>
      {blocked !== null && (
        <span className="n-blocked truncate" title={blocked}>
          {blocked}
        </span>
      )}
      <span className="n-actions-end">
        <Menu align="end" entries={more} trigger={<IconButton icon={Ellipsis} label="More actions" />} />
      </span>
    </footer>
  );
}
