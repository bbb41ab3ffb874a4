import type { Is } from '../../records/query.ts';
import type { Test } from './match-term.ts';
import { FLAG, NO_DAY, type AgentRecords, type TextColumn } from './table.ts';

const bits: Partial<Record<Is, number>> = {
  primary: FLAG.primary,
  child: FLAG.hasParent,
  mirror: FLAG.resolved,
  delegated: FLAG.delegated,
  blocked: FLAG.embedBlocked,
  unpriced: FLAG.unpriced,
  estimated: FLAG.estimated,
  fallback: FLAG.fallback,
  critical: FLAG.critical,
  misfiled: FLAG.misfiled,
  naive: FLAG.naive,
  stray: FLAG.stray,
  'bad-cost': FLAG.badCost,
  negative: FLAG.negativeCost,
  orphan: FLAG.orphan,
  differs: FLAG.differs,
};

const statuses: Partial<Record<Is, readonly string[]>> = {
  failed: ['error'],
  blocked: ['lock_busy'],
  skipped: ['skipped', 'deduped'],
};
const triggers: Partial<Record<Is, (trigger: string) => boolean>> = {
  helper: (trigger) => trigger === 'helper',
  judge: (trigger) => trigger === 'judgment',
  tool: (trigger) => trigger.startsWith('tool_call'),
  capture: (trigger) => trigger === 'capture_write_error',
};

const fits = (column: TextColumn, any: (name: string) => boolean): Uint8Array =>
  Uint8Array.from(column.names, (name) => (name !== null && any(name) ? 1 : 0));

/** Records that are any of these (formats/atomic-agents.md §4, §8). */
export function isTest(records: AgentRecords, any: readonly Is[], negated: boolean): Test {
  const { flags, day, hitTokens, missTokens } = records;
  const mask = any.reduce((sum, is) => sum | (bits[is] ?? 0), 0);
  const status = fits(records.status, (name) => any.some((is) => statuses[is]?.includes(name) === true));
  const trigger = fits(records.trigger, (name) => any.some((is) => triggers[is]?.(name) === true));
  const primitive = fits(records.primitive, (name) => any.includes('capture') && name === 'capture');
  const source = fits(records.costSource, (name) => any.includes('judge') && name === 'judge');
  const alone = any.includes('mirror-alone');
  const dated = any.includes('dated');
  const undated = any.includes('undated');
  const cached = any.includes('cached');
  const statusIds = records.status.ids;
  const triggerIds = records.trigger.ids;
  const primitiveIds = records.primitive.ids;
  const sourceIds = records.costSource.ids;
  const mirrors = FLAG.mirror | FLAG.resolved;
  return (rows, n) => {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      const flag = flags[row]!;
      const hit =
        (flag & mask) !== 0 ||
        status[statusIds[row]!] === 1 ||
        trigger[triggerIds[row]!] === 1 ||
        primitive[primitiveIds[row]!] === 1 ||
        source[sourceIds[row]!] === 1 ||
        (alone && (flag & mirrors) === FLAG.mirror) ||
        (dated && day[row] !== NO_DAY) ||
        (undated && day[row] === NO_DAY) ||
        (cached && hitTokens[row]! + missTokens[row]! > 0);
      if (hit !== negated) rows[kept++] = row;
    }
    return kept;
  };
}
