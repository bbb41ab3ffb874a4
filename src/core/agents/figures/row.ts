import { FLAG } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';

/** The time of a record in its own offset, made of what is indexed. */
export function tsOf(records: AgentRecords, row: number): string {
  const minutes = records.offsetMinutes[row]!;
  const millis = Math.floor(records.micros[row]! / 1000) + minutes * 60_000;
  const text = new Date(millis).toISOString().slice(0, 19);
  if ((records.flags[row]! & FLAG.naive) !== 0) return text;
  const size = Math.abs(minutes);
  return `${text}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
