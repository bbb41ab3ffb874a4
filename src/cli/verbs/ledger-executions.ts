import type { ExecutionRow } from '../../core/aex/rows.ts';
import { linesAt, type GroupFacts } from '../../core/aex/views/lines.ts';
import type { LedgerViewLines } from '../../core/aex/views/view.ts';
import type { Call } from '../command.ts';
import { ledgerCall, type LedgerCall } from '../ledger-scene.ts';
import { money, number, tableEach } from '../table.ts';
import { printEach, writeList } from './ledger-print.ts';
import { moreLine, noneLine, viewOf } from './ledger-rows.ts';

/** A time as entries are stamped: UTC, whole seconds. */
function tsOf(micros: number | null): string {
  return micros === null ? '' : new Date(micros / 1000).toISOString().replace('T', ' ').slice(0, 19);
}

const COLUMNS = [
  { head: 'execution' },
  { head: 'time' },
  { head: 'agent' },
  { head: 'outcome' },
  { head: 'http', right: true },
  { head: 'reserved', right: true },
  { head: 'charged', right: true },
  { head: 'tokens', right: true },
  { head: 'entries', right: true },
  { head: 'what' },
] as const;

type Shown = { readonly group: GroupFacts; readonly row: ExecutionRow | null };

/** Prints one line for each execution that has entries, newest first. Entries of no execution are left out. */
export async function runLedgerExecutions(call: Call, file: string | undefined): Promise<number> {
  const asked = await ledgerCall(call, file);
  if (!asked.ok) return call.out.failure(asked.error);
  const at = asked.value;
  const view = viewOf(call, at, 'executions');
  if (!view.ok) return at.out.failure(view.error);
  const { made, wanted } = view.value;
  return printEach(at, (look, write) => {
    let total = 0;
    const shown = function* (): Iterable<Shown> {
      total = 0;
      for (const group of groupsOf(at, made)) {
        if (total++ < wanted) yield { group, row: look.execution(group.executionId) };
      }
    };
    if (at.out.json) {
      writeList(at.out, shown(), plain, write);
      return;
    }
    const cells = function* (): Iterable<readonly string[]> {
      for (const row of shown()) yield cellsOf(row);
    };
    if (groupsOf(at, made).next().done === true) {
      write(`${noneLine(made.view, 'executions')}\n`);
      return;
    }
    for (const text of tableEach(COLUMNS, cells)) write(`${at.out.line(text)}\n`);
    const many = Math.min(wanted, total);
    for (const text of moreLine(many, total, 'execution', 'executions')) write(`${text}\n`);
  });
}

/** Lines that are made of the view at once. */
const AT_ONCE = 2_000;

function* groupsOf({ index, facts }: LedgerCall, made: LedgerViewLines): Generator<GroupFacts, void, void> {
  for (let from = 0; from < made.total; from += AT_ONCE) {
    for (const line of linesAt(index.columns, made, facts, from, AT_ONCE)) {
      if (line.line === 'group') yield line.group;
    }
  }
}

const plain = ({ group, row }: Shown) => ({
  execution_id: group.executionId,
  agent: group.agent,
  outcome: group.outcome,
  state: row?.state ?? null,
  status_code: row?.statusCode ?? null,
  endpoint: row?.endpoint ?? null,
  model: group.model,
  detail: group.detail,
  first_seq: group.firstSeq,
  last_seq: group.lastSeq,
  entries: group.entries,
  at: tsOf(group.atMicros),
  estimated_micro: group.estimatedMicro,
  cost_micro: group.costMicro,
  prompt_tokens: group.promptTokens,
  completion_tokens: group.completionTokens,
  marks: group.marks,
});

const cellsOf = ({ group, row }: Shown): readonly string[] => [
  group.executionId.length > 24 ? group.executionId.slice(0, 12) : group.executionId,
  tsOf(group.atMicros),
  group.agent ?? '',
  [group.outcome, ...group.marks].join(' '),
  String(row?.statusCode ?? ''),
  group.estimatedMicro === null ? '' : money(group.estimatedMicro),
  group.costMicro === null ? '' : money(group.costMicro),
  group.promptTokens === null ? '' : number(group.promptTokens + (group.completionTokens ?? 0)),
  group.firstSeq === group.lastSeq ? String(group.firstSeq) : `${group.firstSeq}-${group.lastSeq}`,
  group.detail === '' ? (group.model ?? '') : group.detail,
];
