import { asOf } from '../../core/agents/days.ts';
import { spanOf, spentOn } from '../../core/agents/overview.ts';
import type { Scene } from './scene.ts';

/** One line about a root of agents: 4 agents, 2,593 records, $1.49 today. */
export function summaryLine({ root, tables }: Scene): string {
  const { dated } = spanOf(tables);
  const micros = spentOn(tables, asOf(null).today);
  return [
    root.single === null ? counted(root.agents.length, 'agent') : `agent ${root.single}`,
    counted(dated, 'record'),
    `$${(micros / 1e6).toFixed(2)} today`,
  ].join(', ');
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
