import {
  Activity,
  ArrowRightLeft,
  ChartColumnStacked,
  Columns2,
  Copy,
  Eye,
  GitBranchPlus,
  GitFork,
  GitMerge,
  LocateFixed,
  Pencil,
  Rows3,
  Tag,
  Trash2,
  TriangleAlert,
  UserRound,
  FolderSearch,
  ReceiptText,
  ScrollText,
  WalletCards,
  Shield,
  ShieldCheck,
  Waypoints,
} from 'lucide-react';
import type { MergeInProgress } from '../../../contract/merge.ts';
import type { BranchInfo, Ref } from '../../../contract/vek.ts';
import type { Source } from '../../../contract/workspace.ts';
import { checkEverything } from '../../app/check.ts';
import { verifyLedger } from '../../app/ledger-check.ts';
import { capabilities, copyText } from '../../app/capabilities.ts';
import { openAction } from '../../state/action-form.ts';
import { askToCompareRuns } from '../compare/runs/ask.ts';
import { askAbandon, openMergePreview } from '../../state/merge-form.ts';
import { revealCall } from '../../state/selection.ts';
import { openAgent, openBadLines, openRuns } from '../../state/agents.ts';
import {
  openAccounts,
  openCosts,
  openFleet,
  openGraph,
  openIntegrity,
  openLedger,
  openMerge,
  openProof,
} from '../../state/tabs.ts';
import { agentQuery } from '../runs/terms.ts';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { currentBranch } from '../merge/preview/ask.ts';
import type { PaneRow } from './rows.ts';

/** Goes to a call in the graph of its source. */
export function goToCall(source: string, hash: string): void {
  openGraph(source);
  revealCall(source, hash);
}

/** What the context menu of a row offers; empty for rows without actions. */
export function rowEntries(row: PaneRow, readOnly: string | null): readonly MenuEntry[] {
  switch (row.kind) {
    case 'branch':
      return branchEntries(row.source, row.branch, readOnly);
    case 'mark':
      return markEntries(row.source, row.mark, readOnly);
    case 'source':
      return SOURCE_ENTRIES[row.source.kind](row.source);
    case 'graph':
      return graphEntries(row.source, readOnly);
    case 'integrity':
      return integrityEntries(row.source);
    case 'merge':
      return mergeEntries(row.source, row.merge);
    case 'page':
      return row.source.kind === 'agents' ? agentsEntries(row.source) : [];
    case 'ledger':
      return ledgerEntries(row.source);
    case 'agent':
      return agentEntries(row.source, row.agent.name);
    case 'unborn':
    case 'more':
    case 'marks':
      return [];
    default:
      return row satisfies never;
  }
}

/** The actions on a branch. `readOnly` is why nothing can be written, or null. */
export function branchEntries(
  source: Source,
  branch: BranchInfo,
  readOnly: string | null,
): readonly MenuEntry[] {
  const { id } = source;
  const blocked = readOnly;
  return [
    {
      label: 'Show its newest call',
      icon: LocateFixed,
      run: () => goToCall(id, branch.hash),
      blocked: branch.present ? null : 'the call that it names is not in the store',
    },
    'separator',
    {
      label: `Switch HEAD to ${branch.name}…`,
      icon: ArrowRightLeft,
      run: () => openAction(id, { kind: 'switch', name: branch.name }),
      blocked: branch.current ? 'HEAD is here already' : blocked,
    },
    ...mergesOf(id, branch),
    comparesOf(id, branch.name, branch.current),
    {
      label: 'Fork from here…',
      icon: GitFork,
      run: () => openAction(id, { kind: 'fork', at: branch.hash }),
      blocked,
    },
    {
      label: 'New branch here…',
      icon: GitBranchPlus,
      run: () => openAction(id, { kind: 'create-branch', at: branch.hash }),
      blocked,
    },
    {
      label: 'Tag its newest call…',
      icon: Tag,
      run: () => openAction(id, { kind: 'tag', at: branch.hash }),
      blocked,
    },
    {
      label: 'Rename…',
      icon: Pencil,
      run: () => openAction(id, { kind: 'rename-branch', from: branch.name }),
      blocked,
    },
    {
      label: 'Delete branch…',
      icon: Trash2,
      danger: true,
      run: () => openAction(id, { kind: 'delete-branch', name: branch.name }),
      blocked: branch.current ? 'HEAD is on it; switch HEAD first' : blocked,
    },
    'separator',
    { label: 'Copy name', icon: Copy, run: () => void copyText(branch.name) },
    { label: 'Copy hash', icon: Copy, run: () => void copyText(branch.hash) },
  ];
}

function markEntries(source: Source, mark: Ref, blocked: string | null): readonly MenuEntry[] {
  const { id } = source;
  return [
    { label: 'Show its call', icon: LocateFixed, run: () => goToCall(id, mark.hash) },
    comparesOf(id, mark.name, false),
    {
      label: 'Fork from here…',
      icon: GitFork,
      run: () => openAction(id, { kind: 'fork', at: mark.hash }),
      blocked,
    },
    {
      label: `Merge it into ${visibleText(currentBranch(id) ?? 'the current branch')}…`,
      icon: GitMerge,
      run: () => openMergePreview(id, { into: currentBranch(id), from: mark.name }),
    },
    ...(mark.kind === 'tag'
      ? ([
          {
            label: 'Remove tag…',
            icon: Trash2,
            danger: true,
            run: () => openAction(id, { kind: 'untag', name: mark.label }),
            blocked,
          },
        ] as const)
      : []),
    'separator',
    { label: 'Copy name', icon: Copy, run: () => void copyText(mark.label) },
    { label: 'Copy hash', icon: Copy, run: () => void copyText(mark.hash) },
  ];
}

/** Merging a branch into the current one, and the other way round. */
/** The way from a ref to its run beside that of the current branch. */
function comparesOf(source: string, name: string, current: boolean): MenuEntry {
  const other = currentBranch(source);
  return {
    label: current || other === null ? 'Compare with another run…' : `Compare with ${visibleText(other)}`,
    icon: Columns2,
    run: () => askToCompareRuns(source, name),
  };
}

function mergesOf(source: string, branch: BranchInfo): readonly MenuEntry[] {
  const current = currentBranch(source);
  const open = (into: string | null, from: string | null) => () => openMergePreview(source, { into, from });
  const name = visibleText(branch.name);
  if (branch.current)
    return [{ label: `Merge a branch into ${name}…`, icon: GitMerge, run: open(branch.name, null) }];
  const other = current === null ? 'the current branch' : visibleText(current);
  return [
    { label: `Merge ${name} into ${other}…`, icon: GitMerge, keys: 'm', run: open(current, branch.name) },
    ...(current === null
      ? []
      : [{ label: `Merge ${other} into ${name}…`, icon: GitMerge, run: open(branch.name, current) }]),
  ];
}

function mergeEntries({ id }: Source, { into, from }: MergeInProgress): readonly MenuEntry[] {
  return [
    { label: 'Go on resolving', icon: GitMerge, run: () => openMerge(id, into, from) },
    {
      label: 'Preview merge…',
      icon: Eye,
      run: () => openMergePreview(id, { into, from }),
    },
    'separator',
    { label: 'Abandon merge…', icon: Trash2, danger: true, run: () => askAbandon(id, into, from) },
  ];
}

function integrityEntries({ id }: Source): readonly MenuEntry[] {
  return [
    { label: 'Show integrity', icon: Shield, run: () => openIntegrity(id) },
    {
      label: 'Check everything',
      icon: ShieldCheck,
      run: () => {
        openIntegrity(id);
        void checkEverything(id);
      },
    },
  ];
}

function graphEntries(source: Source, blocked: string | null): readonly MenuEntry[] {
  const { id } = source;
  return [
    { label: 'Show the graph', icon: Waypoints, run: () => openGraph(id) },
    {
      label: 'New branch at HEAD…',
      icon: GitBranchPlus,
      run: () => openAction(id, { kind: 'create-branch', at: null }),
      blocked,
    },
  ];
}

/** The ways into a ledger. */
function ledgerEntries(source: Source): readonly MenuEntry[] {
  const { id } = source;
  return [
    { label: 'Show the ledger', icon: ScrollText, run: () => openLedger(id) },
    { label: 'Show accounts, models and tools', icon: WalletCards, run: () => openAccounts(id) },
    { label: 'Show the proof', icon: ReceiptText, run: () => openProof(id) },
    {
      label: 'Verify every entry',
      icon: ShieldCheck,
      run: () => {
        openLedger(id);
        void verifyLedger(id);
      },
    },
    'separator',
    ...pathEntries(source),
  ];
}

/** The place of a source on disk. */
function pathEntries(source: Source): readonly MenuEntry[] {
  const { reveal } = capabilities;
  return [
    { label: 'Copy path', icon: Copy, run: () => void copyText(source.path) },
    ...(reveal === null
      ? []
      : [
          {
            label: 'Reveal in file manager',
            icon: FolderSearch,
            run: () => void reveal(source.path),
          } as const,
        ]),
  ];
}

/** The ways into a folder of agents. */
function agentsEntries(source: Source): readonly MenuEntry[] {
  const { id } = source;
  return [
    { label: 'Show the fleet', icon: Activity, run: () => openFleet(id) },
    { label: 'Show costs', icon: ChartColumnStacked, run: () => openCosts(id) },
    { label: 'Show all runs', icon: Rows3, run: () => openRuns(id, '') },
    { label: 'Show what could not be read', icon: TriangleAlert, run: () => openBadLines(id) },
    'separator',
    ...pathEntries(source),
  ];
}

function agentEntries({ id }: Source, agent: string): readonly MenuEntry[] {
  return [
    { label: 'Open the agent', icon: UserRound, run: () => openAgent(id, agent) },
    { label: 'Show its costs', icon: ChartColumnStacked, run: () => openCosts(id, agent) },
    { label: 'Show its runs', icon: Rows3, run: () => openRuns(id, agentQuery(agent)) },
    'separator',
    { label: 'Copy name', icon: Copy, run: () => void copyText(agent) },
  ];
}

function sourceEntries(source: Source): readonly MenuEntry[] {
  return [
    { label: 'Show the graph', icon: Waypoints, run: () => openGraph(source.id) },
    {
      label: 'Check everything',
      icon: ShieldCheck,
      run: () => {
        openIntegrity(source.id);
        void checkEverything(source.id);
      },
    },
    'separator',
    ...pathEntries(source),
  ];
}

const SOURCE_ENTRIES: Readonly<Record<Source['kind'], (source: Source) => readonly MenuEntry[]>> = {
  vek: sourceEntries,
  agents: agentsEntries,
  aex: ledgerEntries,
};
