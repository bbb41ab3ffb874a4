import { Ellipsis, Columns2, GitBranch, GitFork, SquareArrowOutUpRight, Tag } from 'lucide-react';
import type { CallRow } from '../../../contract/vek.ts';
import { markOrCompare } from '../../app/compare.ts';
import { openAction } from '../../state/action-form.ts';
import { setNodeTab, showAgainstMarked, useCompare } from '../../state/compare.ts';
import { openNodeTab } from '../../state/tabs.ts';
import { useOverview } from '../../state/workspace.ts';
import { Button, IconButton } from '../../ui/button/Button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu/Menu.tsx';
import { copyEntries } from '../copy/copy-menu.ts';

type Props = { readonly source: string; readonly row: CallRow; readonly inTab: boolean };

/** What can be done with the call, fixed at the bottom of the panel. */
export function NodeActions({ source, row, inTab }: Props) {
  const blocked = useOverview(source).value?.readOnlyReason ?? null;
  const marked = useCompare((state) => (state.marked?.source === source ? state.marked.hash : null));
  const more = (): readonly MenuEntry[] => [
    ...(inTab
      ? []
      : [
          {
            label: 'Open as a tab',
            icon: SquareArrowOutUpRight,
            run: () => openNodeTab(source, row.hash, row.tool),
          },
        ]),
    {
      label: 'New branch here…',
      icon: GitBranch,
      blocked,
      run: () => openAction(source, { kind: 'create-branch', at: row.hash }),
    },
    {
      label:
        marked === null
          ? 'Mark to compare'
          : marked === row.hash
            ? 'Take the mark away'
            : 'Compare with the marked call',
      icon: Columns2,
      keys: 'c',
      run: () => markOrCompare(source, row.hash, row.tool),
    },
    'separator',
    ...copyEntries(source, row.hash, row.summary.kind === 'fetch'),
  ];
  const write = { disabled: blocked !== null };
  return (
    <footer className="n-actions">
      {blocked !== null && <p className="n-blocked">{blocked}</p>}
      <div className="n-actions-row">
        <Button
          icon={Columns2}
          onClick={() =>
            marked === null || marked === row.hash ? setNodeTab('changes') : showAgainstMarked()
          }
        >
          Compare
        </Button>
        <Button icon={GitFork} {...write} onClick={() => openAction(source, { kind: 'fork', at: row.hash })}>
          Fork from here…
        </Button>
        <Button icon={Tag} {...write} onClick={() => openAction(source, { kind: 'tag', at: row.hash })}>
          Tag…
        </Button>
        <span className="n-actions-end">
          <Menu align="end" entries={more} trigger={<IconButton icon={Ellipsis} label="More actions" />} />
        </span>
      </div>
    </footer>
  );
}
