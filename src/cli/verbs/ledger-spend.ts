import { spendBy, SPEND_BY, type SpendBy } from '../../core/aex/figures/spend.ts';
import { fail } from '../../core/result.ts';
import type { Call } from '../command.ts';
import { ledgerCall } from '../ledger-scene.ts';
import { counted, EXIT } from '../output.ts';
import { money, number, tableLines } from '../table.ts';
import { agentOf } from './ledger-rows.ts';

/** Prints what settlements come to, by the entries of the log. */
export async function runLedgerSpend(call: Call, file: string | undefined): Promise<number> {
  const { by = 'day' } = call.options;
  if (!isBy(by)) {
    return call.out.failure(
      fail('bad-request', `--by takes day, agent or model, not “${String(by)}”.`, 'For example: --by agent')
        .error,
    );
  }
  const asked = await ledgerCall(call, file);
  if (!asked.ok) return call.out.failure(asked.error);
  const { out, index } = asked.value;
  const agent = agentOf(call, asked.value);
  if (!agent.ok) return out.failure(agent.error);
  const rows = spendBy(index.columns, by, agent.value);
  const sum = rows.reduce((all, { spentMicro }) => all + spentMicro, 0);
  const count = rows.reduce((all, { settlements }) => all + settlements, 0);
  out.answer(
    rows.map(({ key, settlements, spentMicro }) => ({
      [by]: key === '' ? null : key,
      n: settlements,
      cost_micro: spentMicro,
    })),
    () =>
      rows.length === 0
        ? ['Nothing was charged.']
        : [
            ...tableLines(
              [{ head: by }, { head: 'settlements', right: true }, { head: 'spent', right: true }],
              rows.map(({ key, settlements, spentMicro }) => [
                key === '' ? '(none)' : key,
                number(settlements),
                money(spentMicro),
              ]),
            ),
            `${counted(count, 'settlement')}, ${money(sum)}.`,
          ],
  );
  return EXIT.fine;
}

const isBy = (by: unknown): by is SpendBy => SPEND_BY.includes(by as SpendBy);
