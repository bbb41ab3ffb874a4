import type { NameKey } from '../../records/query.ts';
import { providerOf } from '../prices.ts';
import type { Test } from './match-term.ts';
import type { AgentRecords, PoolColumn, TextColumn } from './table.ts';
import type { TextPool } from '../../columns/text-pool.ts';

const plain = (name: string | null): string => name ?? '';

type Ids = Uint16Array | Uint32Array;

/** Records with one of these values; an empty one means those without any. */
export function nameTest(
  records: AgentRecords,
  key: Exclude<NameKey, 'agent'>,
  any: readonly string[],
  negated: boolean,
): Test | 'all' | 'none' {
  const named = (column: TextColumn, valueOf: (name: string | null) => string): Test =>
    idTest(
      column.ids,
      Uint8Array.from(column.names, (name) => (any.includes(valueOf(name)) ? 1 : 0)),
      negated,
    );
  switch (key) {
    case 'provider':
      return named(records.model, providerOf);
    case 'source':
      return named(records.costSource, (name) => name ?? 'actor');
    case 'model':
    case 'trigger':
    case 'primitive':
    case 'status':
    case 'tool':
      return named(records[key], plain);
    case 'run':
    case 'parent':
      return pooled(records.runs, records[key], any, negated);
    case 'mandate':
    case 'conversation':
    case 'workflow':
      return pooled(records.texts, records[key], any, negated);
  }
}

function pooled(
  pool: TextPool,
  column: PoolColumn,
  any: readonly string[],
  negated: boolean,
): Test | 'all' | 'none' {
  if (column === null) return any.includes('') !== negated ? 'all' : 'none';
  const wanted = new Uint8Array(pool.size);
  let found = false;
  for (const text of any) {
    const id = text === '' ? 0 : pool.findText(text);
    if (id === 0 && text !== '') continue;
    wanted[id] = 1;
    found = true;
  }
  if (!found) return negated ? 'all' : 'none';
  return idTest(column, wanted, negated);
}

/** Rows whose number in a column is wanted. */
export function idTest(ids: Ids, wanted: Uint8Array, negated: boolean): Test {
  const kept = negated ? 0 : 1;
  return (rows, n) => {
    let to = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      if (wanted[ids[row]!] === kept) rows[to++] = row;
    }
    return to;
  };
}
