import type { Severity } from '../../../contract/problem.ts';
import { FLAG, NONE, type LedgerColumns } from '../columns.ts';
import type { Is } from '../query/words.ts';
import type { LedgerFacts, TokenPrice } from './facts.ts';
import { keep, type Compiled } from './keep.ts';
import { DENIED_KINDS, isExpired, isOpen, KIND, kindTable, rowOfSeq } from './rows.ts';

const FLAGS: Partial<Record<Is, number>> = {
  overrun: FLAG.overrun,
  free: FLAG.free,
  recovered: FLAG.recovered,
  'clock-back': FLAG.clockBack,
  odd: FLAG.oddPayload,
  inexact: FLAG.inexact,
};

/** Entries that are one of these. */
export function isTest(
  columns: LedgerColumns,
  any: readonly Is[],
  negated: boolean,
  facts: LedgerFacts,
): Compiled {
  const mask = any.reduce((bits, word) => bits | (FLAGS[word] ?? 0), 0);
  const { flags } = columns;
  const others = any.filter((word) => FLAGS[word] === undefined).map((word) => test(columns, word, facts));
  if (others.length === 0) return keep((row) => ((flags[row]! & mask) !== 0) !== negated);
  if (others.length === 1 && mask === 0) {
    const only = others[0]!;
    return keep((row) => only(row) !== negated);
  }
  return keep((row) => ((flags[row]! & mask) !== 0 || others.some((fits) => fits(row))) !== negated);
}

function test(columns: LedgerColumns, word: Is, facts: LedgerFacts): (row: number) => boolean {
  const { kind, micros, execution, executions } = columns;
  switch (word) {
    case 'settlement':
      return (row) => kind[row] === KIND.commit;
    case 'denied': {
      const denied = kindTable(...DENIED_KINDS);
      return (row) => denied[kind[row]!] === 1;
    }
    case 'open':
      return (row) => isOpen(columns, row);
    case 'expired':
      return (row) => isExpired(columns, row, facts);
    case 'settled':
      return (row) => execution[row] !== NONE && executions.settle[execution[row]!] !== NONE;
    case 'unlinked':
      return (row) => execution[row] === NONE;
    case 'undated':
      return (row) => Number.isNaN(micros[row]!);
    case 'other-price':
      return otherPrice(columns, facts.prices);
    case 'finding':
      return found(columns, facts, null);
    case 'error':
    case 'warning':
    case 'notice':
      return found(columns, facts, word);
    default: {
      const flag = FLAGS[word]!;
      return (row) => (columns.flags[row]! & flag) !== 0;
    }
  }
}

function found(
  columns: LedgerColumns,
  facts: LedgerFacts,
  severity: Severity | null,
): (row: number) => boolean {
  const rows = new Uint8Array(columns.count);
  for (const [seq, worst] of facts.findings) {
    const row = severity === null || worst === severity ? rowOfSeq(columns, seq) : -1;
    if (row !== -1) rows[row] = 1;
  }
  return (row) => rows[row] === 1;
}

/** Settlements of a model with a price whose cost is not tokens times it. Without a price or a number none is meant. */
function otherPrice(
  { kind, detail, amount, prompt, completion, texts }: LedgerColumns,
  prices: ReadonlyMap<string, TokenPrice> | null,
): (row: number) => boolean {
  const input = new Float64Array(texts.size).fill(Number.NaN);
  const output = new Float64Array(texts.size);
  for (const [model, price] of prices ?? []) {
    const id = texts.findText(model);
    if (id === 0) continue;
    input[id] = price.inputMicro;
    output[id] = price.outputMicro;
  }
  return (row) => {
    if (kind[row] !== KIND.commit) return false;
    const id = detail[row]!;
    const off = prompt[row]! * input[id]! + completion[row]! * output[id]! - amount[row]!;
    return !Number.isNaN(off) && off !== 0;
  };
}
