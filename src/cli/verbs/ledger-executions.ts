import { lookAtLedger } from '../../core/aex/store.ts';
import { linesAt } from '../../core/aex/views/lines.ts';
import type { Call } from '../command.ts';
import { ledgerCall } from '../ledger-scene.ts';
import { EXIT } from '../output.ts';
import { money, number, tableLines } from '../table.ts';
import { moreLine, viewOf } from './ledger-rows.ts';

/** A time as entries are stamped: UTC, whole seconds. */
function tsOf(micros: number | null): string {
  return micros === null ? '' : new Date(micros / 1000).toISOString().replace('T', ' ').slice(0, 19);
}

/** Prints one line for each execution that has entries, newest first. Entries of no execution are left out. */
export async function runLedgerExecutions(call: Call, file: string | undefined): Promise<number> {
  const asked = await ledgerCall(call, file);
  if (!asked.ok) return call.out.failure(asked.error);
  const at = asked.value;
  const view = viewOf(call, at, 'executions');
  if (!view.ok) return at.out.failure(view.error);
  const { made, wanted } = view.value;
  const groups = linesAt(at.index.columns, made, at.facts, 0, made.total).flatMap((line) =>
    line.line === 'group' ? [line.group] : [],
  );
  const shown = groups.slice(0, wanted);
  const rows = lookAtLedger(at.paths, (look) => shown.map(({ executionId }) => look.execution(executionId)));
  if (!rows.ok) return at.out.failure(rows.error);
  at.out.answer(
    shown.map((group, i) => ({
      execution_id: group.executionId,
      agent: group.agent,
      outcome: group.outcome,
      state: rows.value[i]?.state ?? null,
      status_code: rows.value[i]?.statusCode ?? null,
      endpoint: rows.value[i]?.endpoint ?? null,
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
    })),
    () => [
      ...tableLines(
        [
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
        ],
        shown.map((group, i) => [
          group.executionId.length > 24 ? group.executionId.slice(0, 12) : group.executionId,
          tsOf(group.atMicros),
          group.agent ?? '',
          [group.outcome, ...group.marks].join(' '),
          String(rows.value[i]?.statusCode ?? ''),
          group.estimatedMicro === null ? '' : money(group.estimatedMicro),
          group.costMicro === null ? '' : money(group.costMicro),
          group.promptTokens === null ? '' : number(group.promptTokens + (group.completionTokens ?? 0)),
          group.firstSeq === group.lastSeq ? String(group.firstSeq) : `${group.firstSeq}-${group.lastSeq}`,
          group.detail === '' ? (group.model ?? '') : group.detail,
        ]),
      ),
      ...moreLine(shown.length, groups.length, 'execution', 'executions'),
    ],
  );
  return EXIT.fine;
}
