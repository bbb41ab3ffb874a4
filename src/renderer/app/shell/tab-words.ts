import {
  Activity,
  ChartColumnStacked,
  Columns2,
  GitBranch,
  GitMerge,
  ListTree,
  Receipt,
  ReceiptText,
  MessageCircleQuestion,
  Rows3,
  Shield,
  SquareFunction,
  ScrollText,
  Stethoscope,
  WalletCards,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import type { Tab } from '../../state/tabs.ts';
import { shortHash } from '../../ui/format.ts';

/** How a tab is shown: `title` on it, `full` on hover. Both may hold text of a store. */
export function tabWords(tab: Tab): {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly full: string;
} {
  switch (tab.kind) {
    case 'graph':
      return { icon: GitBranch, title: 'Graph', full: 'Graph' };
    case 'node':
      return {
        icon: SquareFunction,
        title: `${tab.title} ${shortHash(tab.hash)}`,
        full: `${tab.title} ${tab.hash}`,
      };
    case 'integrity':
      return { icon: Shield, title: 'Integrity', full: 'Integrity' };
    case 'merge':
      return { icon: GitMerge, title: `Merge ${tab.from}`, full: `Merge ${tab.from} into ${tab.into}` };
    case 'compare-calls':
      return {
        icon: Columns2,
        title: `${shortHash(tab.a)} ↔ ${shortHash(tab.b)}`,
        full: `Calls ${tab.a} and ${tab.b}`,
      };
    case 'compare-runs':
      return {
        icon: Columns2,
        title: `${runWord(tab.a)} ↔ ${runWord(tab.b)}`,
        full: `Runs ${tab.a} and ${tab.b}`,
      };
    case 'fleet':
      return { icon: Activity, title: 'Fleet', full: 'Fleet' };
    case 'costs':
      return {
        icon: ChartColumnStacked,
        title: tab.agent === null ? 'Costs' : `Costs ${tab.agent}`,
        full: tab.agent === null ? 'Costs of all agents' : `Costs of ${tab.agent}`,
      };
    case 'file-merge':
      return { icon: GitMerge, title: 'Changed on disk', full: 'Edits of files that changed on disk' };
    case 'agent':
      return { icon: UserRound, title: tab.agent, full: `Agent ${tab.agent}` };
    case 'runs':
      return { icon: Rows3, title: 'Runs', full: 'Runs' };
    case 'record':
      return { icon: ListTree, title: tab.title, full: tab.id };
    case 'escalations':
      return { icon: MessageCircleQuestion, title: 'Escalations', full: 'Escalations' };
    case 'ledger':
      return { icon: ScrollText, title: 'Ledger', full: 'Ledger' };
    case 'execution':
      return { icon: Receipt, title: tab.title, full: `Execution ${tab.id}` };
    case 'accounts':
      return { icon: WalletCards, title: 'Accounts', full: 'Accounts, models, rates and tools' };
    case 'proof':
      return { icon: ReceiptText, title: 'Proof', full: 'What a check of the ledger found' };
    case 'doctor':
      return { icon: Stethoscope, title: 'Doctor', full: 'Doctor' };
    default:
      return tab satisfies never;
  }
}

/** A run is named by a ref, or by a call's hash. */
const runWord = (run: string): string => (/^[0-9a-f]{64}$/.test(run) ? shortHash(run) : run);
