import { NONE, type LedgerColumns } from '../columns.ts';
import type { NumberRange } from '../query/numbers.ts';
import type { ExecutionValue, LedgerTerm, NameKey } from '../query/query.ts';
import { numberOfText, textsFrom, textsWith } from '../../columns/pool-search.ts';
import type { LedgerFacts } from './facts.ts';
import { keep, type Compiled, type Test } from './keep.ts';
import { isTest } from './match-is.ts';
import { KIND, kindTable, OUTCOMES, outcomesOf, REASON_KINDS } from './rows.ts';
import { ENTRY_KINDS, type EntryKind, type Outcome } from '../../../contract/ledger.ts';

const DAY = 86_400e6;

/** A term made ready for the entries of a ledger. */
export function compileTerm(columns: LedgerColumns, term: LedgerTerm, facts: LedgerFacts): Compiled {
  const { negated } = term;
  switch (term.kind) {
    case 'text':
      return textTest(columns, term.text, negated);
    case 'is':
      return isTest(columns, term.any, negated, facts);
    case 'outcome':
      return outcomeTest(columns, term.any, term.absent, negated);
    case 'name':
      return nameTest(columns, term.key, term.any, negated);
    case 'execution':
      return executionTest(columns, term.any, negated);
    case 'day': {
      const ranges = term.any.map(({ from, to }) => ({
        from: from === null ? null : from * DAY,
        to: to === null ? null : (to + 1) * DAY,
        over: false,
        under: true,
      }));
      return rangeTest(columns.micros, ranges, false, negated);
    }
    case 'at':
      return rangeTest(
        columns.micros,
        term.any.map((range) => ({ ...range, over: false, under: true })),
        false,
        negated,
      );
    case 'number':
      return rangeTest(numbersOf(columns, term.key), term.any, term.absent, negated);
  }
}

type Numbers = { readonly [row: number]: number } | ((row: number) => number);

function numbersOf(columns: LedgerColumns, key: 'seq' | 'cost' | 'reserved' | 'tokens'): Numbers {
  const { kind, amount, prompt, completion } = columns;
  switch (key) {
    case 'seq':
      return columns.seq;
    case 'reserved':
      return columns.estimated;
    case 'cost': {
      const costs = kindTable('commit', 'tool');
      return (row) => (costs[kind[row]!] === 1 ? amount[row]! : Number.NaN);
    }
    case 'tokens':
      return (row) => (kind[row] === KIND.commit ? tokensOf(prompt[row]!, completion[row]!) : Number.NaN);
  }
}

/** NaN only where the settlement names neither. */
const tokensOf = (prompt: number, completion: number): number =>
  Number.isNaN(prompt) ? completion : prompt + (completion || 0);

/** NaN is in no range; `absent`: it fits all the same. */
function rangeTest(
  numbers: Numbers,
  ranges: readonly NumberRange[],
  absent: boolean,
  negated: boolean,
): Test {
  const fits = (value: number): boolean =>
    Number.isNaN(value)
      ? absent
      : ranges.some(
          ({ from, to, over, under }) =>
            (from === null || (over ? value > from : value >= from)) &&
            (to === null || (under ? value < to : value <= to)),
        );
  return typeof numbers === 'function'
    ? keep((row) => fits(numbers(row)) !== negated)
    : keep((row) => fits(numbers[row]!) !== negated);
}

function nameTest(columns: LedgerColumns, key: NameKey, any: readonly string[], negated: boolean): Compiled {
  const { kind, detail } = columns;
  switch (key) {
    case 'agent':
      return idTest(columns.agent, textsOf(columns, any), negated);
    case 'type': {
      const types = textsOf(columns, any);
      const kinds = kindTable(...any.filter((word): word is EntryKind => isKind(word)));
      const { type } = columns;
      return keep((row) => (types[type[row]!] === 1 || kinds[kind[row]!] === 1) !== negated);
    }
    case 'model':
      return detailTest(columns, kindTable('commit'), textsOf(columns, any), negated);
    case 'reason':
      return detailTest(columns, kindTable(...REASON_KINDS), textsOf(columns, any), negated);
    case 'tool': {
      const runs = kindTable('tool', 'tool-denied');
      const names = textsOf(columns, any);
      const models = textsOf(
        columns,
        any.filter((name) => name !== '').map((name) => `${TOOL_MODEL}${name}`),
      );
      return keep((row) => {
        const what = kind[row]!;
        const hit =
          runs[what] === 1 ? names[detail[row]!] === 1 : what === KIND.commit && models[detail[row]!] === 1;
        return hit !== negated;
      });
    }
  }
}

/** How the settlement of a tool run names its model (formats/aex.md §4). */
export const TOOL_MODEL = 'tool:';

const isKind = (word: string): word is EntryKind => (ENTRY_KINDS as readonly string[]).includes(word);

/** For every text whether it is one of these; an empty one also means that there is none. */
function textsOf({ texts }: LedgerColumns, any: readonly string[]): Uint8Array {
  const wanted = new Uint8Array(texts.size);
  for (const text of any) {
    const id = texts.findText(text);
    if (id !== 0 || text === '') wanted[id] = 1;
    if (text === '') wanted[0] = 1;
  }
  return wanted;
}

function detailTest(
  { kind, detail }: LedgerColumns,
  kinds: Uint8Array,
  wanted: Uint8Array,
  negated: boolean,
): Test {
  return keep((row) => (kinds[kind[row]!] === 1 && wanted[detail[row]!] === 1) !== negated);
}

function idTest(ids: Uint32Array, wanted: Uint8Array, negated: boolean): Compiled {
  if (!wanted.includes(1)) return negated ? 'all' : 'none';
  const fits = negated ? 0 : 1;
  return (rows, n) => {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      if (wanted[ids[row]!] === fits) rows[kept++] = row;
    }
    return kept;
  };
}

function executionTest(
  { executions, execution }: LedgerColumns,
  any: readonly ExecutionValue[],
  negated: boolean,
): Compiled {
  const { ids } = executions;
  const none = any.some(({ text }) => text === '');
  let wanted: Uint8Array | null = null;
  for (const { text, exact } of any) {
    if (text === '') continue;
    if (!exact) {
      const hits = textsFrom(ids, text);
      if (wanted === null || hits === null) wanted ??= hits;
      else for (let id = 0; id < hits.length; id++) wanted[id]! |= hits[id]!;
      continue;
    }
    const id = numberOfText(ids, text);
    if (id === 0) continue;
    wanted ??= new Uint8Array(ids.size);
    wanted[id] = 1;
  }
  if (wanted === null && !none) return negated ? 'all' : 'none';
  const hits = wanted ?? new Uint8Array(ids.size);
  return keep((row) => {
    const number = execution[row]!;
    return (number === NONE ? none : hits[number + 1] === 1) !== negated;
  });
}

function outcomeTest(
  columns: LedgerColumns,
  any: readonly Outcome[],
  absent: boolean,
  negated: boolean,
): Test {
  const codes = outcomesOf(columns);
  const wanted = Uint8Array.from(OUTCOMES, (outcome) => (any.includes(outcome) ? 1 : 0));
  const { execution } = columns;
  return keep((row) => {
    const number = execution[row]!;
    return (number === NONE ? absent : wanted[codes[number]!] === 1) !== negated;
  });
}

/** Entries with this text in their type, detail, agent or execution, whatever the case. */
function textTest(columns: LedgerColumns, text: string, negated: boolean): Compiled {
  const { type, detail, agent, execution } = columns;
  const inTexts = textsWith(columns.texts, text);
  const inIds = textsWith(columns.executions.ids, text);
  if (inTexts === null && inIds === null) return negated ? 'all' : 'none';
  const texts = inTexts ?? new Uint8Array(columns.texts.size);
  return keep((row) => {
    const number = execution[row]!;
    const hit =
      texts[type[row]!] === 1 ||
      texts[detail[row]!] === 1 ||
      texts[agent[row]!] === 1 ||
      (inIds !== null && number !== NONE && inIds[number + 1] === 1);
    return hit !== negated;
  });
}
