import { facetsOf } from '../../core/aex/views/facets.ts';
import { ledgerQuery } from '../../core/aex/query/query.ts';
import { fail } from '../../core/result.ts';
import type { Call } from '../command.ts';
import { ledgerCall } from '../ledger-scene.ts';
import { counted, EXIT } from '../output.ts';
import { money, number, tableLines } from '../table.ts';

const BY = ['day', 'agent', 'model'] as const;
type By = (typeof BY)[number];

/** Prints what settlements come to, by the entries of the log. */
export async function runLedgerSpend(call: Call, file: string | undefined): Promise<number> {
  const { by = 'day', query, agent } = call.options;
  if (!isBy(by)) {
    return call.out.failure(
      fail('bad-request', `--by takes day, agent or model, not “${String(by)}”.`, 'For example: --by agent')
        .error,
    );
  }
  const asked = await ledgerCall(call, file);
  if (!asked.ok) return call.out.failure(asked.error);
  const { out, index, facts } = asked.value;
  const filter = ledgerQuery('is:settlement', typeof query === 'string' ? query : '');
  const rows = facetsOf(
    index.columns,
    { agent: typeof agent === 'string' ? agent : null, query: filter, key: by },
    facts,
  );
  const sum = rows.reduce((all, { spentMicro }) => all + spentMicro, 0);
  const count = rows.reduce((all, { entries }) => all + entries, 0);
  out.answer(
    rows.map(({ value, entries, spentMicro }) => ({
      [by]: value === '' ? null : value,
      n: entries,
      cost_micro: spentMicro,
    })),
    () => [
      ...tableLines(
        [{ head: by }, { head: 'settlements', right: true }, { head: 'spent', right: true }],
        rows.map(({ value, entries, spentMicro }) => [
          value === '' ? '(none)' : value,
          number(entries),
          money(spentMicro),
        ]),
      ),
      `${counted(count, 'settlement')}, ${money(sum)}.`,
    ],
  );
  return EXIT.fine;
}

const isBy = (by: unknown): by is By => BY.includes(by as By);
