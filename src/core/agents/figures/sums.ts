import type { Sum } from '../../../contract/records.ts';
import type { AgentRecords } from '../records/table.ts';
import { sumOver } from './digest.ts';
import type { Digest } from './digest.ts';
import type { Span } from './days.ts';
import { microsOf } from './numbers.ts';

/** A sum in the making: money in billionths, so that it is exact until it is rounded once. */
export type Adding = { lines: number; input: number; output: number; nanos: number };

export function nothing(): Adding {
  return { lines: 0, input: 0, output: 0, nanos: 0 };
}

/** Adds one record. */
export function addRow(to: Adding, records: AgentRecords, row: number): void {
  to.lines += 1;
  to.input += records.inputTokens[row]!;
  to.output += records.outputTokens[row]!;
  to.nanos += records.costNanos[row]!;
}

/** Adds or (`times` -1) takes away a whole sum. */
export function addSum(to: Adding, other: Adding, times: 1 | -1 = 1): void {
  to.lines += times * other.lines;
  to.input += times * other.input;
  to.output += times * other.output;
  to.nanos += times * other.nanos;
}

/** The sum as the contract has it, rounded once. */
export function sumOf(adding: Adding): Sum {
  return {
    lines: adding.lines,
    inputTokens: adding.input,
    outputTokens: adding.output,
    costMicros: microsOf(adding.nanos),
  };
}

/** The sum of an agent over a window, `once`: without delegated runs that count at their target. */
export function sumOfSpan(digest: Digest, span: Span, once: boolean): Adding {
  const of = (columns: Digest['all']): Adding => ({
    lines: sumOver(digest, columns.lines, span),
    input: sumOver(digest, columns.input, span),
    output: sumOver(digest, columns.output, span),
    nanos: sumOver(digest, columns.nanos, span),
  });
  const sum = of(digest.all);
  if (once) addSum(sum, of(digest.resolvedMirrors), -1);
  return sum;
}
