import { FLAG } from '../records/table.ts';
import type { AgentRecords, LogFile } from '../records/table.ts';
import { monthOf, textOf } from './days.ts';

/** What one log file comes to for the guardrails: by its place, actors only (formats/atomic-agents.md §6). */
export type FileSpend = {
  readonly file: LogFile;
  readonly nanos: number;
  /** more than half of its lines are corrupt, or it can't be read: today the call is refused, else it is left out */
  readonly unreliable: string | null;
  /** negative costs stand in it: they are corrupt lines here, and in the sums of §7 */
  readonly negatives: boolean;
};

const kept = new WeakMap<AgentRecords, { readonly count: number; readonly spend: readonly FileSpend[] }>();

/** The spending of each log file, made once for a state of the records. */
export function fileSpend(records: AgentRecords): readonly FileSpend[] {
  const known = kept.get(records);
  if (known !== undefined && known.count === records.count) return known.spend;
  const nanos = new Float64Array(records.files.length);
  const negatives = new Uint8Array(records.files.length);
  const actors = records.costSource.names.map((name) => name === null || name === 'actor');
  const { file, flags, costNanos } = records;
  const source = records.costSource.ids;
  for (let row = 0; row < records.count; row++) {
    if (!actors[source[row]!]!) continue;
    if ((flags[row]! & FLAG.negativeCost) !== 0) negatives[file[row]!] = 1;
    else nanos[file[row]!]! += costNanos[row]!;
  }
  const spend = records.files.map((of, at) => ({
    file: of,
    nanos: nanos[at]!,
    unreliable: unreliable(of),
    negatives: negatives[at] === 1,
  }));
  kept.set(records, { count: records.count, spend });
  return spend;
}

function unreliable(file: LogFile): string | null {
  if (file.unreadable !== null) return `${file.path} can't be read (${file.unreadable})`;
  if (file.corruptLines * 2 <= file.nonEmptyLines) return null;
  return `${file.corruptLines} of ${file.nonEmptyLines} lines of ${file.path} are corrupt`;
}

/** The spending of a day or a month by the place of the files. */
export type PeriodSpend = {
  readonly nanos: number;
  /** today's file can't be relied on: the total is taken as 0 and calls are refused where a cap holds */
  readonly blind: string | null;
  /** older files that are left out of the month */
  readonly leftOut: readonly FileSpend[];
  /** corrupt lines in files that are counted all the same */
  readonly corrupt: readonly LogFile[];
  readonly negatives: boolean;
};

/** The files of a month are those of its folder, whatever their names. */
export function spentInMonth(records: AgentRecords, today: number): PeriodSpend {
  const month = monthOf(today);
  return spentIn(
    fileSpend(records).filter(({ file }) => file.month === month),
    today,
  );
}

/** The file of a day is `log/YYYY-MM/YYYY-MM-DD.jsonl`. */
export function spentOnDay(records: AgentRecords, day: number, today: number): PeriodSpend {
  return spentIn(
    fileSpend(records).filter(({ file }) => isFileOf(file, day)),
    today,
  );
}

/** Whether a file is the one that the runtime writes to on a day. */
export function isFileOf(file: LogFile, day: number): boolean {
  return file.day === day && file.month === textOf(day).slice(0, 7);
}

function spentIn(files: readonly FileSpend[], today: number): PeriodSpend {
  const blind = files.find(({ file, unreliable: why }) => why !== null && isFileOf(file, today));
  const leftOut = files.filter(({ file, unreliable: why }) => why !== null && !isFileOf(file, today));
  const counted = files.filter(({ unreliable: why }) => why === null);
  return {
    nanos: blind === undefined ? counted.reduce((sum, { nanos }) => sum + nanos, 0) : 0,
    blind: blind?.unreliable ?? null,
    leftOut,
    corrupt: counted.filter(({ file }) => file.corruptLines > 0).map(({ file }) => file),
    negatives: counted.some(({ negatives }) => negatives),
  };
}
