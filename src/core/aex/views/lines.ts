import type { GoneRow } from '../../../contract/ledger-chain.ts';
import type { DayRow, GroupRow, LedgerMark, LedgerView } from '../../../contract/ledger.ts';
import type { Severity } from '../../../contract/problem.ts';
import { textFromDays } from '../../records/time.ts';
import { NONE, type LedgerColumns } from '../columns.ts';
import { balancesOf, type Balance } from './balances.ts';
import type { LedgerFacts } from './facts.ts';
import { LINE, lineKind, lineOf, lineRow } from './line.ts';
import { TOOL_MODEL } from './match-term.ts';
import { KIND, marksOf, numberOrNull, OUTCOMES, outcomesOf, rowOfSeq, textOf } from './rows.ts';
import { rowsOfExecution, type LedgerViewLines } from './view.ts';

/** A group as far as the columns say it: without the stored text of its time and the state of the chain. */
export type GroupFacts = Omit<GroupRow, 'ts' | 'chain'> & {
  /** its entries in the order of seq; those of other agents are left out in a view of one */
  readonly rows: readonly number[];
};

/** One line of a view: which entries it stands for. */
export type ViewLine =
  | { readonly line: 'entry'; readonly row: number; readonly inGroup: boolean }
  | { readonly line: 'group'; readonly group: GroupFacts }
  | { readonly line: 'day'; readonly day: DayRow }
  | { readonly line: 'gone'; readonly gone: GoneRow };

/** The lines of a view from `start` on. */
export function linesAt(
  columns: LedgerColumns,
  made: LedgerViewLines,
  facts: LedgerFacts,
  start: number,
  count: number,
): readonly ViewLine[] {
  const group = groupReader(columns, made.view, facts);
  return Array.from(made.lines.subarray(start, start + count), (code): ViewLine => {
    const row = lineRow(code);
    switch (lineKind(code)) {
      case LINE.day: {
        const { day, ...sums } = made.days[row]!;
        return { line: 'day', day: { day: textFromDays(day), ...sums } };
      }
      case LINE.gone:
        return { line: 'gone', gone: made.gaps[row]! };
      case LINE.group:
        return { line: 'group', group: group(columns.execution[row]!) };
      default:
        return { line: 'entry', row, inGroup: lineKind(code) === LINE.inGroup };
    }
  });
}

function groupReader(
  columns: LedgerColumns,
  { agent, open }: LedgerView,
  facts: LedgerFacts,
): (number: number) => GroupFacts {
  const balances = balancesOf(columns, agent, facts);
  const isOpen = new Set(open);
  return (number) => {
    const rows = rowsOfExecution(columns, number, agent);
    return groupOf(columns, number, rows, facts, balances(rows.at(-1)!), isOpen);
  };
}

/** All entries of an execution in one line. */
function groupOf(
  columns: LedgerColumns,
  number: number,
  rows: readonly number[],
  facts: LedgerFacts,
  balance: Balance,
  open: ReadonlySet<string>,
): GroupFacts {
  const { executions, micros, seq } = columns;
  const first = rows[0]!;
  const last = rows.at(-1)!;
  const settle = executions.settle[number]!;
  const reserve = executions.reserve[number]!;
  const commit = settle !== NONE && columns.kind[settle] === KIND.commit ? settle : null;
  const asked = rows.find((row) => columns.kind[row] === KIND.deny);
  const estimating = reserve === NONE ? (asked ?? (settle === NONE ? null : settle)) : reserve;
  const executionId = executions.ids.text(number + 1)!;
  const took = micros[last]! - micros[first]!;
  const marks = new Set<LedgerMark>(rows.flatMap((row) => marksOf(columns, row, facts)));
  return {
    rows,
    executionId,
    agent: textOf(columns, columns.agent[first]!),
    outcome: OUTCOMES[outcomesOf(columns)[number]!]!,
    model: commit === null ? null : textOf(columns, columns.detail[commit]!),
    detail: detailOf(columns, rows),
    firstSeq: seq[first]!,
    lastSeq: seq[last]!,
    atMicros: numberOrNull(micros[last]!),
    tookMicros: numberOrNull(took),
    entries: rows.length,
    estimatedMicro: estimating === null ? null : numberOrNull(columns.estimated[estimating]!),
    costMicro: commit === null ? null : numberOrNull(columns.amount[commit]!),
    promptTokens: commit === null ? null : numberOrNull(columns.prompt[commit]!),
    completionTokens: commit === null ? null : numberOrNull(columns.completion[commit]!),
    ...balance,
    marks: [...marks],
    finding: worstOf(rows, columns, facts),
    isOpen: open.has(executionId),
  };
}

/** The tool of a tool run, else the reason why it was released, refused or failed; empty: neither. */
function detailOf({ kind, detail, texts }: LedgerColumns, rows: readonly number[]): string {
  let reason = '';
  for (const row of rows) {
    const text = texts.text(detail[row]!) ?? '';
    const what = kind[row]!;
    if (what === KIND.tool || what === KIND['tool-denied']) return text;
    if (what === KIND.commit && text.startsWith(TOOL_MODEL)) return text.slice(TOOL_MODEL.length);
    if (what === KIND.release || what === KIND.deny || what === KIND.fail || what === KIND.policy)
      reason = text;
  }
  return reason;
}

function worstOf(rows: readonly number[], { seq }: LedgerColumns, facts: LedgerFacts): Severity | null {
  const found = new Set(rows.map((row) => facts.findings.get(seq[row]!)));
  return (['error', 'warning', 'notice'] as const).find((severity) => found.has(severity)) ?? null;
}

/** The line of an entry in a view, or null. Where its execution is a closed group, the line of that; of one that is gone its gap. */
export function locateSeq(columns: LedgerColumns, made: LedgerViewLines, seq: number): number | null {
  const row = rowOfSeq(columns, seq);
  if (row === -1) {
    const gap = made.gaps.findIndex(({ from, to }) => from <= seq && seq <= to);
    const line = gap === -1 ? -1 : made.lines.indexOf(lineOf(LINE.gone, gap));
    return line === -1 ? null : line;
  }
  const number = columns.execution[row]!;
  let group: number | null = null;
  for (let at = 0; at < made.lines.length; at++) {
    const code = made.lines[at]!;
    const kind = lineKind(code);
    if (kind === LINE.day || kind === LINE.gone) continue;
    if (kind === LINE.group) {
      if (number !== NONE && columns.execution[lineRow(code)] === number) group = at;
    } else if (lineRow(code) === row) return at;
  }
  return group;
}
