import type { LedgerFacet, LedgerFacetKey } from '../../../contract/ledger.ts';
import { textFromDays } from '../../records/time.ts';
import { NONE, type LedgerColumns } from '../columns.ts';
import { withLedgerTerm, withoutLedgerTerm } from '../query/query.ts';
import { IS_WORDS } from '../query/words.ts';
import { limits } from '../../storage/limits.ts';
import type { LedgerFacts } from './facts.ts';
import { isTest } from './match-is.ts';
import { rowsOfQuery } from './match.ts';
import { TOOL_MODEL } from './match-term.ts';
import { costOf, KIND, kindTable, OUTCOMES, outcomesOf, REASON_KINDS } from './rows.ts';

/**
 * How the entries of a query are spread over the values of a key, most first and so many as `limits.ledgerFacets`; days
 * all and in their order. An empty value: entries that could have one and have none. Entries that can't have one are in no facet.
 */
export function facetsOf(
  columns: LedgerColumns,
  input: { readonly agent: string | null; readonly query: string; readonly key: LedgerFacetKey },
  facts: LedgerFacts,
): readonly LedgerFacet[] {
  const { key, query } = input;
  if (key === 'is') return oddFacets(columns, input, facts);
  const { valueAt, textAt } = valuesOf(columns, key);
  const groups = new Map<number, { entries: number; spentMicro: number }>();
  for (const row of rowsOfQuery(columns, query, facts, input.agent)) {
    const value = valueAt(row);
    if (Number.isNaN(value)) continue;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, { entries: 1, spentMicro: costOf(columns, row) });
    else {
      group.entries += 1;
      group.spentMicro += costOf(columns, row);
    }
  }
  const byText = new Map<string, { entries: number; spentMicro: number }>();
  for (const [value, group] of groups) {
    const text = textAt(value);
    const same = byText.get(text);
    if (same === undefined) byText.set(text, group);
    else {
      same.entries += group.entries;
      same.spentMicro += group.spentMicro;
    }
  }
  const sorted = [...byText].sort(
    ([a, one], [b, other]) =>
      (key === 'day' ? 0 : other.entries - one.entries) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const most = key === 'day' ? sorted : sorted.slice(0, limits.ledgerFacets);
  return most.map(([value, { entries, spentMicro }]) => ({
    value,
    query: withLedgerTerm(query, key, value),
    entries,
    spentMicro,
  }));
}

/** What is unusual, in the order in which it is told; what no entry is stands in it with 0. An `is:` of the query is replaced. */
function oddFacets(
  columns: LedgerColumns,
  { agent, query }: { readonly agent: string | null; readonly query: string },
  facts: LedgerFacts,
): readonly LedgerFacet[] {
  const among = rowsOfQuery(columns, withoutLedgerTerm(query, 'is'), facts, agent);
  return IS_WORDS.map(({ value }) => {
    const fits = isTest(columns, [value], false, facts);
    const rows = fits === 'none' ? new Uint32Array(0) : among.slice();
    const entries = typeof fits === 'function' ? fits(rows, rows.length) : rows.length;
    let spentMicro = 0;
    for (let at = 0; at < entries; at++) spentMicro += costOf(columns, rows[at]!);
    return { value, query: withLedgerTerm(query, 'is', value), entries, spentMicro };
  });
}

type Values = {
  /** a number for the value of a row; NaN: it can't have one */
  readonly valueAt: (row: number) => number;
  readonly textAt: (value: number) => string;
};

function valuesOf(columns: LedgerColumns, key: Exclude<LedgerFacetKey, 'is'>): Values {
  const { kind, detail, execution, micros, texts } = columns;
  const textAt = (id: number): string => texts.text(id) ?? '';
  switch (key) {
    case 'agent':
      return { valueAt: (row) => columns.agent[row]!, textAt };
    case 'type':
      return { valueAt: (row) => columns.type[row]!, textAt };
    case 'model':
      return { valueAt: (row) => (kind[row] === KIND.commit ? detail[row]! : Number.NaN), textAt };
    case 'reason': {
      const reasons = kindTable(...REASON_KINDS);
      return { valueAt: (row) => (reasons[kind[row]!] === 1 ? detail[row]! : Number.NaN), textAt };
    }
    case 'tool':
      return toolValues(columns);
    case 'outcome': {
      const codes = outcomesOf(columns);
      return {
        valueAt: (row) => (execution[row] === NONE ? Number.NaN : codes[execution[row]!]!),
        textAt: (code) => OUTCOMES[code]!,
      };
    }
    case 'day':
      return { valueAt: (row) => Math.floor(micros[row]! / 86_400e6), textAt: textFromDays };
  }
}

/** Tools by the texts of their runs; a settlement that names a tool as its model belongs to its runs. */
function toolValues({ kind, detail, texts }: LedgerColumns): Values {
  const runs = kindTable('tool', 'tool-denied');
  const models = new Map<number, boolean>();
  const isTool = (id: number): boolean => {
    const known = models.get(id);
    if (known !== undefined) return known;
    const text = texts.text(id) ?? '';
    const is = text.length > TOOL_MODEL.length && text.startsWith(TOOL_MODEL);
    models.set(id, is);
    return is;
  };
  // settlements are told apart from runs by their sign
  return {
    valueAt: (row) => {
      if (runs[kind[row]!] === 1) return detail[row]!;
      return kind[row] === KIND.commit && isTool(detail[row]!) ? -detail[row]! : Number.NaN;
    },
    textAt: (value) => (value < 0 ? texts.text(-value)!.slice(TOOL_MODEL.length) : (texts.text(value) ?? '')),
  };
}
