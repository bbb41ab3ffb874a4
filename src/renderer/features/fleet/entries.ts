import {
  Activity,
  Bot,
  ChartLine,
  MessageCircleQuestion,
  ReceiptText,
  SlidersHorizontal,
} from 'lucide-react';
import type { AgentBrief } from '../../../contract/fleet.ts';
import { openAgent, openRuns } from '../../state/agents.ts';
import { openCosts, openEscalations } from '../../state/tabs.ts';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { agentQuery } from '../runs/terms.ts';
import { openEvals } from './open.ts';

/** What can be done with an agent of the table, by menu and keys. */
export function agentEntries(source: string, agent: AgentBrief): readonly MenuEntry[] {
  const { name, toAnswer, errors24h, blocked7d, today, month } = agent;
  const runs = (label: string, query: string) => ({ label, run: () => openRuns(source, query) });
  return [
    { label: 'Open the agent', icon: Bot, keys: 'Enter', run: () => openAgent(source, name) },
    { label: 'Show its runs', icon: Activity, run: () => openRuns(source, agentQuery(name)) },
    { label: 'Show its costs', icon: ReceiptText, run: () => openCosts(source, name) },
    { label: 'Try another cap', icon: SlidersHorizontal, run: () => openCosts(source, name) },
    { label: 'Show its evals', icon: ChartLine, run: () => openEvals(source, name) },
    ...(toAnswer > 0
      ? [{ label: 'Show its escalations', icon: MessageCircleQuestion, run: () => openEscalations(source) }]
      : []),
    'separator',
    runs('Records of today, as its cap counts', today.query),
    runs('Records of the month, as its cap counts', month.query),
    ...(errors24h.value > 0 ? [runs('Errors of 24 hours', errors24h.query)] : []),
    ...(blocked7d.value > 0 ? [runs('Blocked runs of 7 days', blocked7d.query)] : []),
  ];
}
