import type { RecordStore } from './open.ts';
import { rowId } from './row.ts';
import { FLAG, type AgentRecords } from './table.ts';

/** A record of a store. */
export type Place = { readonly records: AgentRecords; readonly row: number };

/** Mirrors of a delegated run, in all agents. */
export function mirrorsOf(store: RecordStore, { records, row }: Place): readonly Place[] {
  const run = records.run[row]!;
  if (run === 0 || (records.flags[row]! & FLAG.mirror) !== 0) return [];
  const { runs } = records;
  const start = runs.starts[run]!;
  const end = runs.starts[run + 1]! - 1;
  const found: Place[] = [];
  for (const other of store.tables().agents) {
    if (other.delegate === null) continue;
    const id = other.runs.find(runs.bytes, start, end);
    if (id === 0) continue;
    for (let at = 0; at < other.count; at++) {
      if (other.delegate[at] !== id || (other.flags[at]! & FLAG.mirror) === 0) continue;
      const target = store.target(other.agent, at);
      if (target?.agent === records.agent && target.row === row) found.push({ records: other, row: at });
    }
  }
  return found;
}

/** What started a record: its parent's line, or the mirror at the coordinator; null: nothing that is there. */
export function above(store: RecordStore, place: Place): Place | null {
  const { records, row } = place;
  const parent = records.parent?.[row] ?? 0;
  if (parent !== 0) {
    const own = records.family.own[parent] ?? -1;
    return own === -1 || own === row ? null : { records, row: own };
  }
  return mirrorsOf(store, place)[0] ?? null;
}

/** The id of what started a record. */
export function parentOf(store: RecordStore, records: AgentRecords, row: number): string | null {
  const place = above(store, { records, row });
  return place === null ? null : rowId(place.records, place.row);
}
