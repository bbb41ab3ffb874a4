import type { RecordMark, RecordRow } from '../../../contract/records.ts';
import { microsOf } from './match.ts';
import type { RecordStore } from './open.ts';
import { FLAG, NO_DAY, type AgentRecords } from './table.ts';

/** The id of a record or of a line that is none: agent, path below the agent's folder, `#`, offset. */
export const idAt = (agent: string, path: string, offset: number): string => `${agent}/${path}#${offset}`;

export const rowId = (records: AgentRecords, row: number): string =>
  idAt(records.agent, records.files[records.file[row]!]!.path, records.offset[row]!);

/** Takes an id apart; null where it is none. */
export function readId(
  id: string,
): { readonly agent: string; readonly path: string; readonly offset: number } | null {
  const match = /^([^/]+)\/(.+)#(\d+)$/s.exec(id);
  return match === null ? null : { agent: match[1]!, path: match[2]!, offset: Number(match[3]) };
}

/** The row that begins at an offset of a log, or -1. */
export function rowAt(records: AgentRecords, path: string, offset: number): number {
  const file = records.files.find((one) => one.path === path);
  let low = file?.from ?? 0;
  let high = (file?.to ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = records.offset[middle]!;
    if (at === offset) return middle;
    if (at < offset) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const marks: readonly (readonly [number, RecordMark])[] = [
  [FLAG.naive, 'naive'],
  [FLAG.misfiled, 'misfiled'],
  [FLAG.badCost, 'bad-cost'],
  [FLAG.fallback, 'fallback'],
  [FLAG.critical, 'critical'],
  [FLAG.estimated, 'estimated'],
  [FLAG.unpriced, 'unpriced'],
  [FLAG.differs, 'differs'],
  [FLAG.orphan, 'orphan'],
];

/** What is unusual about a row. */
export function marksOf(records: AgentRecords, row: number): readonly RecordMark[] {
  const flags = records.flags[row]!;
  const found = marks.filter(([bit]) => (flags & bit) !== 0).map(([, mark]) => mark);
  if (records.day[row] === NO_DAY) found.unshift('undated');
  if ((flags & FLAG.mirror) !== 0) found.push((flags & FLAG.resolved) === 0 ? 'mirror-alone' : 'mirror');
  return found;
}

/** How many records name the run of this row as their parent; its own children do not count for a child. */
export function childrenOf(records: AgentRecords, row: number): number {
  const run = records.run[row]!;
  return run !== 0 && run !== (records.parent?.[row] ?? 0) ? (records.family.children[run] ?? 0) : 0;
}

/** The stored line of a row, or null where it can't be read any more. */
export function lineOf(store: RecordStore, records: AgentRecords, row: number): Buffer | null {
  const path = records.files[records.file[row]!]!.path;
  return store.agent(records.agent)?.readBytes(path, records.offset[row]!, records.length[row]!) ?? null;
}

/** A record as a row: what the columns hold, and the texts of its line as it stands in the log at this moment. */
export function toRow(store: RecordStore, records: AgentRecords, row: number): RecordRow {
  const line = lineOf(store, records, row);
  return rowOf(records, row, line === null ? null : objectOf(line));
}

export function rowOf(
  records: AgentRecords,
  row: number,
  value: Readonly<Record<string, unknown>> | null,
): RecordRow {
  const flags = records.flags[row]!;
  const micros = records.micros[row]!;
  const latency = records.latencyMs[row]!;
  const text = (key: string): string | null => (typeof value?.[key] === 'string' ? value[key] : null);
  const logged = (flags & (FLAG.hasCost | FLAG.badCost)) !== 0;
  return {
    id: rowId(records, row),
    agent: records.agent,
    ts: text('ts'),
    atMicros: Number.isNaN(micros) ? null : micros,
    runId: records.runs.text(records.run[row]!),
    parentRunId: records.runs.text(records.parent?.[row] ?? 0),
    trigger: records.trigger.names[records.trigger.ids[row]!] ?? null,
    primitive: records.primitive.names[records.primitive.ids[row]!] ?? null,
    status: records.status.names[records.status.ids[row]!] ?? null,
    model: records.model.names[records.model.ids[row]!] ?? null,
    summary: value === null ? 'This line of the log is no longer what was read.' : (text('summary') ?? ''),
    tool: records.tool.names[records.tool.ids[row]!] ?? null,
    inputTokens: records.inputTokens[row]!,
    outputTokens: records.outputTokens[row]!,
    costMicros: logged ? microsOf(records.costNanos[row]!) : null,
    latencyMs: Number.isNaN(latency) ? null : latency,
    costSource: records.costSource.names[records.costSource.ids[row]!] ?? null,
    marks: marksOf(records, row),
    children: childrenOf(records, row),
  };
}

/** A line as an object, or null. */
export function objectOf(line: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
