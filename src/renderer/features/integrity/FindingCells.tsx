/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { ChevronRight } from 'lucide-react';
import type { Finding } from '../../../contract/integrity.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount, formatCounted, formatDateTime } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import type { FindingAction } from './actions.ts';
import { KindIcon } from './kind-icon.tsx';
import type { FindingRow } from './rows.ts';
import { KIND_WORDS, titleOf, type FindingScene } from './words.ts';

/** Actions that stand in a row; the menu has all. */
const SHOWN_ACTIONS = 2;

type FindingCellsProps = {
  readonly finding: Finding;
  readonly member: boolean;
  readonly scene: FindingScene;
  readonly actions: readonly FindingAction[];
  readonly active: boolean;
};

/** What is broken, what it means, what can be done; a member of a group in one line. */
export function FindingCells({ finding, member, scene, actions, active }: FindingCellsProps) {
  const words = KIND_WORDS[finding.kind];
  const shown = actions.filter((action) => action.quiet !== true);
  const some = shown.slice(0, member ? 1 : SHOWN_ACTIONS);
  const blocked = some.find((action) => typeof action.blocked === 'string')?.blocked;
  return (
    <>
      <div role="gridcell" className="in-what">
        <KindIcon kind={finding.kind} severity={finding.severity} size={member ? 14 : 16} />
        <div className="in-what-words">
          {!member && <p className="in-title">{titleOf(finding)}</p>}
          <p className="in-where">
            <bdi>{words.where(finding)}</bdi>
          </p>
        </div>
      </div>
      <div role="gridcell" className="in-means">
        {member && scene.part === null ? <When finding={finding} /> : words.means(finding, scene)}
      </div>
      <div role="gridcell" className="in-can">
        {some.map(({ label, icon, run, blocked: why }) => (
          <Button
            key={label}
            look="link"
            size="small"
            tabIndex={active ? 0 : -1}
            disabled={typeof why === 'string'}
            onClick={run}
            {...(icon === undefined ? {} : { icon })}
          >
            {label}
          </Button>
        ))}
        {typeof blocked === 'string' && <p className="in-blocked">{blocked}</p>}
        {some.length === 0 && <p className="in-none">Nothing to do here</p>}
      </div>
    </>
  );
}

type GroupCellsProps = {
  readonly row: Extract<FindingRow, { type: 'group' }>;
  readonly active: boolean;
  readonly onToggle: (kind: string) => void;
};

/** Many findings of a kind as one row that opens. */
export function GroupCells({ row, active, onToggle }: GroupCellsProps) {
  const { group, first, branches, open } = row;
  const words = KIND_WORDS[group.kind];
  return (
    <>
      <div role="gridcell" className="in-what">
        <KindIcon kind={group.kind} severity={group.severity} />
        <p className="in-title">{words.many(formatCount(group.count))}</p>
      </div>
      <div role="gridcell" className="in-means">
        {branches.length > 0 && <p>{branchesWords(branches)}</p>}
        <p>{words.means(first, { part: null })}</p>
      </div>
      <div role="gridcell" className="in-can">
        <Button
          look="link"
          size="small"
          icon={ChevronRight}
          className={open ? 'in-open' : ''}
          tabIndex={active ? 0 : -1}
          onClick={() => onToggle(group.kind)}
        >
          {open ? 'Show them as one row' : `Show each of the ${formatCount(group.count)}`}
        </Button>
      </div>
    </>
  );
}

/** Branches of a group that are named. */
const NAMED_BRANCHES = 2;

/** `On main 2,900, on agent-3 60, on 4 more branches.` */
function branchesWords(branches: readonly { readonly name: string; readonly count: number }[]): string {
  const named = branches
    .slice(0, NAMED_BRANCHES)
    .map(({ name, count }) => `on ${visibleText(name)} ${formatCount(count)}`);
  const rest = branches.length - named.length;
  if (rest > 0) named.push(`on ${formatCounted(rest, 'more branch', 'more branches')} the rest`);
  const text = named.join(', ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** In a group, where every row means the same: when it was recorded. */
function When({ finding: { timeMicros } }: { readonly finding: Finding }) {
  const zone = useSettings((state) => state.time);
  return timeMicros === null ? null : formatDateTime(timeMicros, zone);
}
