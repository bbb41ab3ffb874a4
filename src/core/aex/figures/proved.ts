import type { GoneEntry } from '../../../contract/ledger-chain.ts';
import { ENTRY_KINDS } from '../../../contract/ledger.ts';
import type { FindingRef, LedgerFinding, LedgerFindingKind } from '../../../contract/ledger-report.ts';
import type { LedgerColumns } from '../columns.ts';
import { rowOfSeq } from '../views/rows.ts';

/** By how much what is proved is more than what the entries come to as they stand, from after a row on. */
export type ProvedStep = { readonly row: number; readonly spent: number; readonly reserved: number };

/** What a check proves about the money. Agents by name. */
export type Proved = {
  readonly steps: ReadonlyMap<string, readonly ProvedStep[]>;
  /** budgets that denials prove in place of the stored ones */
  readonly budgets: ReadonlyMap<string, number>;
  /** the findings it rests on */
  readonly by: readonly LedgerFinding[];
  /** those that touch money too, and leave open what was right */
  readonly doubted: readonly LedgerFinding[];
};

const NOTHING: Proved = { steps: new Map(), budgets: new Map(), by: [], doubted: [] };

/** What these say is about entries that the money is made of, or about a budget. */
const TOUCHING: ReadonlySet<LedgerFindingKind> = new Set([
  'entry-altered',
  'entry-replaced',
  'entry-missing',
  'tail-missing',
  'chain-broken',
  'amount-differs',
  'price-differs',
  'agent-differs',
  'budget-differs',
  'entry-unknown',
  'value-unreadable',
  'seen-longer',
  'seen-other',
  'seen-restored',
]);

const kept = new WeakMap<
  readonly LedgerFinding[],
  { readonly columns: LedgerColumns; readonly count: number; readonly proved: Proved }
>();

/**
 * What is proved of the money by the findings of a check, and nothing that is only likely: the former content of an entry
 * where that gives its hash again, missing entries with which the chain closes, a budget that denials prove.
 */
export function provedOf(columns: LedgerColumns, findings: readonly LedgerFinding[] | undefined): Proved {
  if (findings === undefined) return NOTHING;
  const before = kept.get(findings);
  if (before?.columns === columns && before.count === columns.count) return before.proved;
  const proved = prove(columns, findings);
  kept.set(findings, { columns, count: columns.count, proved });
  return proved;
}

function prove(columns: LedgerColumns, findings: readonly LedgerFinding[]): Proved {
  const instead = new Map<number, GoneEntry>();
  const between = new Map<number, GoneEntry[]>();
  const budgets = new Map<string, number>();
  const by: LedgerFinding[] = [];
  const doubted: LedgerFinding[] = [];
  for (const finding of findings) {
    const { kind, severity, was, gone = [], agent, provedMicro } = finding;
    if (severity === 'notice' || !TOUCHING.has(kind)) continue;
    const row = was === undefined || was.seq === null ? -1 : rowOfSeq(columns, was.seq);
    if (was !== undefined && was.hash !== null && row !== -1) {
      instead.set(row, was);
      if (changesMoney(columns, row, was)) by.push(finding);
    } else if (agent !== null && provedMicro !== undefined) {
      budgets.set(agent, provedMicro);
      by.push(finding);
    } else if (isWhole(finding)) {
      const next = rowFrom(columns, finding.range?.from ?? finding.seq ?? 0);
      between.set(next, [...(between.get(next) ?? []), ...gone]);
      if (gone.some(({ kind: is }) => MONEY.has(is))) by.push(finding);
    } else doubted.push(finding);
  }
  if (by.length === 0 && doubted.length === 0) return NOTHING;
  return { steps: stepsOf(columns, instead, between), budgets, by, doubted };
}

/** Entries of these kinds move money. */
const MONEY: ReadonlySet<GoneEntry['kind']> = new Set(['reserve', 'commit', 'release']);

/** Whether all that is missing is known, with its hashes. */
const isWhole = ({ kind, gone = [], range }: LedgerFinding): boolean =>
  kind === 'entry-missing' &&
  gone.length > 0 &&
  gone.every(({ hash }) => hash !== null) &&
  (range === undefined || range.to - range.from + 1 === gone.length);

function changesMoney({ kind, estimated, amount }: LedgerColumns, row: number, was: GoneEntry): boolean {
  const is = ENTRY_KINDS[kind[row]!]!;
  if (is !== was.kind) return MONEY.has(is) || MONEY.has(was.kind);
  if (!MONEY.has(is)) return false;
  const cost = was.kind === 'commit' && (was.costMicro ?? 0) !== (amount[row]! || 0);
  return cost || (was.estimatedMicro ?? 0) !== (estimated[row]! || 0);
}

type Sums = { spent: number; reserved: number };
type Both = { readonly is: Sums; readonly was: Sums; readonly steps: ProvedStep[] };

/** Replays the agents that are meant twice: as entries stand, and by what is proved. */
function stepsOf(
  columns: LedgerColumns,
  instead: ReadonlyMap<number, GoneEntry>,
  between: ReadonlyMap<number, readonly GoneEntry[]>,
): ReadonlyMap<string, readonly ProvedStep[]> {
  const { texts, agent, kind, estimated, amount, count } = columns;
  const byId = new Map<number, Both>();
  const byName = new Map<string, Both>();
  for (const { agent: name } of [...instead.values(), ...[...between.values()].flat()]) {
    if (name === null || name === '' || byName.has(name)) continue;
    const both: Both = { is: { spent: 0, reserved: 0 }, was: { spent: 0, reserved: 0 }, steps: [] };
    byName.set(name, both);
    const id = texts.findText(name);
    if (id !== 0) byId.set(id, both);
  }
  if (byName.size === 0) return new Map();
  const step = (both: Both, row: number): void => {
    const spent = both.was.spent - both.is.spent;
    const reserved = both.was.reserved - both.is.reserved;
    const last = both.steps.at(-1);
    if (spent !== (last?.spent ?? 0) || reserved !== (last?.reserved ?? 0)) {
      both.steps.push({ row, spent, reserved });
    }
  };
  for (let row = 0; row <= count; row++) {
    for (const gone of between.get(row) ?? []) {
      const both = byName.get(gone.agent ?? '');
      if (both === undefined) continue;
      settle(both.was, gone.kind, gone.estimatedMicro ?? 0, gone.costMicro ?? 0);
      step(both, Math.min(row, count - 1));
    }
    if (row === count) break;
    const both = byId.get(agent[row]!);
    if (both === undefined) continue;
    const is = ENTRY_KINDS[kind[row]!]!;
    const [micro, cost] = [estimated[row]! || 0, amount[row]! || 0];
    const was = instead.get(row);
    settle(both.is, is, micro, cost);
    if (was === undefined) settle(both.was, is, micro, cost);
    else settle(both.was, was.kind, was.estimatedMicro ?? 0, was.costMicro ?? 0);
    step(both, row);
  }
  return new Map(
    [...byName].filter(([, { steps }]) => steps.length > 0).map(([name, { steps }]) => [name, steps]),
  );
}

/** The rules of the balance replay (formats/aex.md §7). */
function settle(sums: Sums, kind: GoneEntry['kind'], estimated: number, cost: number): void {
  if (kind === 'reserve') sums.reserved += estimated;
  if (kind === 'commit') sums.spent += cost;
  if ((kind === 'commit' || kind === 'release') && estimated > 0) {
    sums.reserved = Math.max(0, sums.reserved - estimated);
  }
}

/** The first row whose number is not below this one. */
export function rowFrom({ seq, count }: LedgerColumns, number: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seq[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The step that counts after a row; null: what stands there is what is proved. */
export function stepAt(steps: readonly ProvedStep[] | undefined, row: number): ProvedStep | null {
  if (steps === undefined) return null;
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle]!.row <= row) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1] ?? null;
}

/** What makes a finding the same one in a later report. */
export const refOf = ({ kind, seq, executionId, agent, expected }: LedgerFinding): FindingRef => ({
  kind,
  seq,
  executionId,
  agent,
  expected,
});
