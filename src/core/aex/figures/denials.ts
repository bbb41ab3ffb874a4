import type { DenialReason } from '../../../contract/ledger-accounts.ts';
import type { EntryKind, LedgerFigure } from '../../../contract/ledger.ts';
import type { LedgerColumns } from '../columns.ts';
import { ledgerQuery, ledgerTerm } from '../query/query.ts';
import { KIND } from '../views/rows.ts';
import { tallyOf } from './tally.ts';

/** Which entries refuse something, and what is said of them. */
const REFUSALS: readonly (readonly [kind: EntryKind, what: DenialReason['kind']])[] = [
  ['deny', 'budget'],
  ['policy', 'policy'],
  ['release', 'release'],
  ['fail', 'failed'],
  ['tool-denied', 'tool'],
];

/**
 * How often was refused, released and failed for what reason, most first; of tool runs by tool, since their entries are
 * told apart by that. Refusals by a rate limit have no entry: they stand in the older stream only.
 */
export function denialsOf(columns: LedgerColumns): readonly DenialReason[] {
  return REFUSALS.flatMap(([kind, what]) =>
    [...countsByText(columns, kind)].map(([reason, count]) => ({
      reason,
      kind: what,
      count,
      query: ledgerQuery(`type:${kind}`, ledgerTerm(kind === 'tool-denied' ? 'tool' : 'reason', reason)),
    })),
  ).sort((a, b) => b.count - a.count);
}

/** Runs and failed runs of each tool that has entries. */
export function toolRuns(
  columns: LedgerColumns,
): ReadonlyMap<string, { readonly runs: LedgerFigure; readonly failures: LedgerFigure }> {
  const runs = countsByText(columns, 'tool');
  const failures = countsByText(columns, 'tool-denied');
  return new Map(
    [...new Set([...runs.keys(), ...failures.keys()])].map((tool) => [
      tool,
      {
        runs: { value: runs.get(tool) ?? 0, query: ledgerQuery('type:tool', ledgerTerm('tool', tool)) },
        failures: {
          value: failures.get(tool) ?? 0,
          query: ledgerQuery('type:tool-denied', ledgerTerm('tool', tool)),
        },
      },
    ]),
  );
}

function countsByText(columns: LedgerColumns, kind: EntryKind): ReadonlyMap<string, number> {
  const byText = new Map<string, number>();
  for (const [id, many] of tallyOf(columns).details[KIND[kind]]!) {
    const text = columns.texts.text(id) ?? '';
    byText.set(text, (byText.get(text) ?? 0) + many);
  }
  return byText;
}
