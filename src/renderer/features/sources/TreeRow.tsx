import {
  Activity,
  Bot,
  ChartColumnStacked,
  ChevronDown,
  ChevronRight,
  Coins,
  Database,
  Flag,
  GitBranch,
  GitMerge,
  MessageCircleQuestion,
  ReceiptText,
  Rows3,
  ScrollText,
  Shield,
  Stethoscope,
  Tag,
  UserRound,
  WalletCards,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { PointerEvent, ReactNode } from 'react';
import type { MergeInProgress } from '../../../contract/merge.ts';
import type { BranchInfo } from '../../../contract/vek.ts';
import { openMergePreview } from '../../state/merge-form.ts';
import { Badge, LaneBar } from '../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { MiddleText } from '../../ui/middle/MiddleText.tsx';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import { UnsavedTab } from '../change-sets/UnsavedTab.tsx';
import { watchBranchDrag } from '../merge/preview/branch-drag.ts';
import {
  isOpen,
  LEDGER_NAMES,
  PAGE_NAMES,
  type AgentsPage,
  type LedgerPage,
  type MoreList,
  type PaneRow,
} from './rows.ts';
import { AgentEnd, agentTitle, PageEnd, pageTitle } from './AgentWords.tsx';
import { IntegrityWord, LedgerEnd, SourceWord } from './StateWord.tsx';

export type TreeRowProps = {
  readonly row: PaneRow;
  readonly depth: number;
  /** among its siblings, from 1 */
  readonly place: { readonly at: number; readonly of: number };
  readonly focusable: boolean;
  readonly selected: boolean;
  /** the selected call is this row's */
  readonly marked: boolean;
  readonly onRun: (row: PaneRow) => void;
  readonly onFocus: (row: PaneRow) => void;
  readonly onMenu: (row: PaneRow) => void;
};

/** One row of the sources pane. */
export function TreeRow({
  row,
  depth,
  place,
  focusable,
  selected,
  marked,
  onRun,
  onFocus,
  onMenu,
}: TreeRowProps) {
  const { name, title, lead, end } = contents(row);
  const open = isOpen(row);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around the rows has the keys
    <div
      role="treeitem"
      aria-level={depth}
      aria-posinset={place.at}
      aria-setsize={place.of}
      aria-selected={selected || marked}
      {...(open === null ? {} : { 'aria-expanded': open })}
      tabIndex={focusable ? 0 : -1}
      className={`tree-row tree-depth-${depth} ${selected ? 'tree-selected' : ''} ${marked ? 'tree-marked' : ''}`}
      title={title}
      {...branchDrag(row)}
      onClick={() => onRun(row)}
      onFocus={() => onFocus(row)}
      onContextMenu={() => onMenu(row)}
    >
      {depth < 3 && <FoldMark open={open} />}
      {lead}
      <span className="tree-name truncate">{name}</span>
      <span className="tree-end">{end}</span>
    </div>
  );
}

function FoldMark({ open }: { readonly open: boolean | null }) {
  if (open === null) return <span className="tree-fold" />;
  const Icon = open ? ChevronDown : ChevronRight;
  return <Icon className="icon tree-fold" size={14} aria-hidden />;
}

type Contents = {
  readonly name: ReactNode;
  readonly title: string;
  readonly lead: ReactNode;
  readonly end: ReactNode;
};

const lead = (Icon: LucideIcon): ReactNode => <Icon className="icon" size={16} aria-hidden />;

function contents(row: PaneRow): Contents {
  switch (row.kind) {
    case 'source':
      return {
        name: <bdi>{visibleText(row.source.name)}</bdi>,
        title: `${row.source.path}\n${row.source.summary}`,
        lead: lead(SOURCE_ICONS[row.source.kind]),
        end: <SourceWord source={row.source} />,
      };
    case 'graph':
      return {
        name: 'Graph',
        title: row.calls === null ? 'Graph' : `Graph, ${formatCounted(row.calls, 'call')}`,
        lead: lead(GitBranch),
        end: row.calls === null ? null : formatCount(row.calls),
      };
    case 'unborn': {
      // of a damaged store nobody can say that the branch never had a call
      const lost = row.source.state === 'damaged';
      return {
        name: <bdi>{visibleText(row.name)}</bdi>,
        title: lost
          ? `HEAD is on ${row.name}, which is not in the store`
          : `HEAD is on ${row.name}, which has no call yet`,
        lead: <LaneBar colour={1} />,
        end: (
          <>
            {lost ? <span className="tree-bad">not in the store</span> : <span>no calls yet</span>}
            <span className="tree-head">HEAD</span>
          </>
        ),
      };
    }
    case 'branch':
      return {
        name: <MiddleText text={row.branch.name} />,
        title: branchTitle(row.branch),
        lead: <LaneBar colour={row.branch.colour} />,
        end: <BranchEnd branch={row.branch} />,
      };
    case 'more':
      return {
        name: `${formatCount(row.hidden)} more`,
        title: `Lists all ${MORE_WORDS[row.list]}`,
        lead: null,
        end: null,
      };
    case 'marks':
      return {
        name: 'Tags and checkpoints',
        title: 'Tags and checkpoints',
        lead: lead(Tag),
        end: formatCount(row.count),
      };
    case 'mark':
      return {
        name: <MiddleText text={row.mark.label} />,
        title: `${row.mark.kind} ${row.mark.name}\n${row.mark.hash}`,
        lead:
          row.mark.kind === 'checkpoint' ? (
            <Flag className="icon" size={14} aria-hidden />
          ) : (
            <Tag className="icon" size={14} aria-hidden />
          ),
        end: null,
      };
    case 'merge':
      return {
        name: <MergeName merge={row.merge} alone={row.alone} />,
        title: mergeTitle(row.merge),
        lead: lead(GitMerge),
        end: <MergeEnd merge={row.merge} />,
      };
    case 'integrity':
      return {
        name: 'Integrity',
        title: 'What a check of every hash and link found',
        lead: lead(Shield),
        end: <IntegrityWord source={row.source} />,
      };
    case 'page':
      return {
        name: PAGE_NAMES[row.page],
        title: pageTitle(row.page, row.overview),
        lead: lead(PAGE_ICONS[row.page]),
        end: <PageEnd page={row.page} overview={row.overview} />,
      };
    case 'ledger':
      return {
        name: LEDGER_NAMES[row.page],
        title: LEDGER_TITLES[row.page],
        lead: lead(LEDGER_ICONS[row.page]),
        end: <LedgerEnd source={row.source} page={row.page} overview={row.overview} />,
      };
    case 'agent':
      return {
        name: <MiddleText text={row.agent.name} />,
        title: agentTitle(row.agent),
        lead: lead(UserRound),
        end: (
          <>
            <UnsavedTab source={row.source.id} agent={row.agent.name} />
            <AgentEnd agent={row.agent} />
          </>
        ),
      };
    default:
      return row satisfies never;
  }
}

const MORE_WORDS: Readonly<Record<MoreList, string>> = {
  branches: 'branches',
  marks: 'tags and checkpoints',
  agents: 'agents',
};

const SOURCE_ICONS: Readonly<Record<PaneRow['source']['kind'], LucideIcon>> = {
  vek: Database,
  agents: Bot,
  aex: ScrollText,
};

const LEDGER_ICONS: Readonly<Record<LedgerPage, LucideIcon>> = {
  ledger: Coins,
  accounts: WalletCards,
  proof: ReceiptText,
};

const LEDGER_TITLES: Readonly<Record<LedgerPage, string>> = {
  ledger: 'Every entry, with balances and what does not add up',
  accounts: 'Budgets, models, rates, tools and denials',
  proof: 'What a check of the ledger found, and what a stranger can check',
};

const PAGE_ICONS: Readonly<Record<AgentsPage, LucideIcon>> = {
  costs: ChartColumnStacked,
  fleet: Activity,
  runs: Rows3,
  escalations: MessageCircleQuestion,
  doctor: Stethoscope,
};

/** A branch can be dragged onto another one, here or in the graph, to merge it there. */
function branchDrag(row: PaneRow) {
  if (row.kind !== 'branch') return {};
  const source = row.source.id;
  const { name, colour } = row.branch;
  return {
    'data-branches': source,
    'data-branch': name,
    onPointerDown: (event: PointerEvent) =>
      watchBranchDrag(event.nativeEvent, {
        source,
        name,
        colour,
        onDrop: (into) => openMergePreview(source, { into, from: name }),
      }),
  };
}

/** A narrow pane has room for one of the two names; the title and the name for screen readers have both. */
function MergeName({ merge, alone }: { readonly merge: MergeInProgress; readonly alone: boolean }) {
  return (
    <>
      <span className="visually-hidden">
        Merge {hintText(merge.from)} into {hintText(merge.into)}
      </span>
      <span className="tree-merge" aria-hidden>
        {alone ? 'Merge into ' : 'Merge '}
        <MiddleText text={alone ? merge.into : merge.from} />
      </span>
    </>
  );
}

function MergeEnd({ merge: { open, moved } }: { readonly merge: MergeInProgress }) {
  if (moved) return <Badge tone="warn">moved</Badge>;
  return open > 0 ? <Badge tone="warn">{formatCount(open)} open</Badge> : <Badge tone="ok">settled</Badge>;
}

function mergeTitle({ into, from, settled, open, moved }: MergeInProgress): string {
  const lines = [
    `Merge ${hintText(from)} into ${hintText(into)}`,
    `${formatCounted(settled, 'choice')} made, ${formatCounted(open, 'conflict')} open`,
  ];
  if (moved) lines.push('A branch moved since, or is gone. The choices that still fit are kept.');
  return lines.join('\n');
}

function branchTitle(branch: BranchInfo): string {
  const lines = [branch.name, branch.hash];
  if (!branch.present) lines.push('The call that it names is not in the store.');
  if (branch.ahead !== null && branch.behind !== null && !branch.current) {
    lines.push(
      `${formatCounted(branch.ahead, 'call')} ahead of HEAD's branch, ${formatCount(branch.behind)} behind`,
    );
  }
  return lines.join('\n');
}

/** 86K of 86,297, which the title has: the name beside it needs the room. */
const shortCount = (count: number): string => (count < 10_000 ? formatCount(count) : SHORT.format(count));
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 0 });

function BranchEnd({ branch }: { readonly branch: BranchInfo }) {
  if (branch.current) {
    return (
      <>
        {!branch.present && <span className="tree-bad">points nowhere</span>}
        <span className="tree-head">HEAD</span>
      </>
    );
  }
  if (!branch.present) return <span className="tree-bad">points nowhere</span>;
  if (branch.ahead === null || branch.behind === null) return null;
  return (
    <>
      <span className="visually-hidden">
        {branch.ahead} ahead, {branch.behind} behind
      </span>
      <span aria-hidden dir="ltr">
        +{shortCount(branch.ahead)} −{shortCount(branch.behind)}
      </span>
    </>
  );
}
