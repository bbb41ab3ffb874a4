import { accountsOf } from '../../core/aex/figures/accounts.ts';
import type { AccountRow } from '../../core/aex/rows.ts';
import { fail } from '../../core/result.ts';
import type { Call } from '../command.ts';
import { ledgerCall, type LedgerCall } from '../ledger-scene.ts';
import { EXIT, safeLine } from '../output.ts';
import { exactMoney, money, number, tableLines } from '../table.ts';
import { agentsThere } from './ledger-rows.ts';

type Balance = {
  readonly row: AccountRow;
  readonly replayed: { readonly spentMicro: number; readonly reservedMicro: number };
};

/** Prints what each agent has, by its row and by the replay of the log (formats/aex.md §7). */
export async function runLedgerBalances(call: Call, file: string | undefined): Promise<number> {
  const asked = await ledgerCall(call, file);
  if (!asked.ok) return call.out.failure(asked.error);
  const at = asked.value;
  const only = call.options['agent'];
  const rows = at.accounts.filter(({ name }) => typeof only !== 'string' || name === only);
  if (rows.length === 0 && typeof only === 'string') {
    return at.out.failure(
      fail('not-found', `There is no agent “${only}” in ${at.paths.db}.`, agentsThere(at.accounts)).error,
    );
  }
  const figures = accountsOf(
    at.index.columns,
    rows.map(({ name }) => name),
  );
  const balances = rows.map((row): Balance => ({
    row,
    replayed: figures.get(row.name)?.replayed ?? { spentMicro: 0, reservedMicro: 0 },
  }));
  at.out.answer(balances.map(plain), () => lines(at, balances));
  return EXIT.fine;
}

/** An amount with all its digits, however large; null: there is none. */
function exactly({ large, ...row }: AccountRow, amount: keyof AccountRow['large']): bigint | null {
  const digits = large[amount];
  if (digits !== undefined) return BigInt(digits);
  return row[amount] === null ? null : BigInt(row[amount]);
}

function left(row: AccountRow): bigint {
  const [budget, spent, reserved] = AMOUNTS.map((amount) => exactly(row, amount) ?? 0n);
  return budget! - spent! - reserved!;
}

const sumOf = (balances: readonly Balance[], amount: keyof AccountRow['large']): bigint =>
  balances.reduce((sum, { row }) => sum + (exactly(row, amount) ?? 0n), 0n);

const AMOUNTS = ['budgetMicro', 'spentMicro', 'reservedMicro'] as const;

function plain({ row, replayed }: Balance) {
  return {
    name: row.name,
    budget_micro: exactly(row, 'budgetMicro'),
    spent_micro: exactly(row, 'spentMicro'),
    reserved_micro: exactly(row, 'reservedMicro'),
    remaining_micro: left(row),
    tokens_used_prompt: row.promptTokens,
    tokens_used_completion: row.completionTokens,
    rpm_limit: row.rpmLimit,
    lifecycle_state: row.lifecycleState,
    replayed_spent_micro: replayed.spentMicro,
    replayed_reserved_micro: replayed.reservedMicro,
  };
}

const differs = ({ row, replayed }: Balance): boolean =>
  row.spentMicro !== replayed.spentMicro || row.reservedMicro !== replayed.reservedMicro;

const amount = (micro: bigint | null): string => (micro === null ? '?' : exactMoney(micro));

function lines({ out }: LedgerCall, balances: readonly Balance[]): string[] {
  if (balances.length === 0) return ['There are no agents.'];
  const table = tableLines(
    [
      { head: 'agent' },
      { head: 'state' },
      { head: 'budget', right: true },
      { head: 'spent', right: true },
      { head: 'reserved', right: true },
      { head: 'left', right: true },
      { head: 'tokens', right: true },
      { head: 'by the log' },
    ],
    balances.map((balance) => {
      const { row, replayed } = balance;
      return [
        row.name,
        row.lifecycleState ?? '',
        amount(exactly(row, 'budgetMicro')),
        amount(exactly(row, 'spentMicro')),
        amount(exactly(row, 'reservedMicro')),
        exactMoney(left(row)),
        number((row.promptTokens ?? 0) + (row.completionTokens ?? 0)),
        differs(balance)
          ? `spent ${money(replayed.spentMicro)}, reserved ${money(replayed.reservedMicro)}`
          : 'the same',
      ];
    }),
  );
  const wrong = balances.filter(differs);
  return [
    ...table.map((line, at) => (at > 0 && differs(balances[at - 1]!) ? out.paint(line, 'red') : line)),
    '',
    `${exactMoney(sumOf(balances, 'spentMicro'))} spent of ${exactMoney(sumOf(balances, 'budgetMicro'))}.`,
    ...(wrong.length === 0
      ? []
      : [
          `${wrong.map(({ row }) => safeLine(row.name)).join(', ')}: the log adds up to something else. \`vekscope ledger verify\` says where.`,
        ]),
  ];
}
