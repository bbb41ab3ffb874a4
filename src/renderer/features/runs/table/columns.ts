import type { RecordSort } from '../../../../contract/records.ts';

/** A column of the table of records. Those with a place of their own in the styles have it by `id`. */
export type Column = {
  readonly id: 'when' | 'agent' | 'kind' | 'status' | 'model' | 'summary' | 'tokens' | 'cost' | 'latency';
  readonly name: string;
  readonly end?: boolean;
  /** the orders that its head goes through */
  readonly sorts?: readonly RecordSort[];
};

export const COLUMNS: readonly Column[] = [
  { id: 'when', name: 'When', sorts: ['newest', 'oldest'] },
  { id: 'agent', name: 'Agent' },
  { id: 'kind', name: 'Trigger' },
  { id: 'status', name: 'Status' },
  { id: 'model', name: 'Model' },
  { id: 'summary', name: 'Summary' },
  { id: 'tokens', name: 'Tokens', end: true, sorts: ['tokens'] },
  { id: 'latency', name: 'Latency', end: true, sorts: ['latency'] },
  { id: 'cost', name: 'Cost', end: true, sorts: ['cost'] },
];

/** The order that a press on the head of a column leads to. */
export function nextSort({ sorts = [] }: Column, now: RecordSort): RecordSort | null {
  const at = sorts.indexOf(now);
  if (at >= 0 && sorts.length === 1) return 'newest';
  return sorts[(at + 1) % sorts.length] ?? null;
}

/** How the head of a column says its order to screen readers. */
export function ariaSort({ sorts = [] }: Column, now: RecordSort): 'ascending' | 'descending' | 'none' {
  if (!sorts.includes(now)) return 'none';
  return now === 'oldest' ? 'ascending' : 'descending';
}
