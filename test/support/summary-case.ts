import { expect } from 'vitest';
import type { CallSummary, ToolKind } from '../../src/contract/vek.ts';
import { jsonOf } from '../../src/core/json/build.ts';
import type { Plain } from '../../src/core/json/build.ts';
import { summariseCall } from '../../src/core/vek/summary.ts';

/** A call and how it must read; an `outText` that begins with `!` is of a call that failed. */
export type SummaryCase = readonly [
  tool: string,
  input: Plain,
  output: Plain,
  kind: ToolKind,
  inText: string,
  outText: string,
];

/** Checks the summary of one case. */
export function expectCase([tool, input, output, kind, inText, outText]: SummaryCase): void {
  const failed = outText.startsWith('!');
  const wanted: CallSummary = { kind, input: inText, output: failed ? outText.slice(1) : outText, failed };
  expect(summariseCall(tool, jsonOf(input), jsonOf(output))).toEqual(wanted);
}

/** A text block as MCP and Anthropic write it. */
export function text(value: string): Plain {
  return { type: 'text', text: value };
}
